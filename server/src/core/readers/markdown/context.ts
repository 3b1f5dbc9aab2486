import type { Scope, Side } from '../../facts.ts';
import { PORT } from '../../vocabulary/columns.ts';
import { TITLE_WORDS } from '../../vocabulary/documents.ts';
import { ENVIRONMENTS, namesMachine } from '../../vocabulary/environments.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import { INTERNAL, type SpokenRole, spokenRole } from '../../vocabulary/roles.ts';
import { CLASH, IN_USE, INSIDE, MIGRATION, OUTSIDE, SILENT } from '../../vocabulary/sections.ts';
import type { Heading } from './headings.ts';

/** What the headings above a statement, and the words that introduce it, say about it. */
export interface Context {
  /** The titles of the headings above, outermost first. */
  readonly section: readonly string[];
  /** Whose details the section tells. */
  readonly subject?: Heading;
  /** Nothing is assigned here. */
  readonly silent: boolean;
  /** This tells of a clash between services. */
  readonly clash: boolean;
  /** Old ports and moves are told here. */
  readonly migration: boolean;
  readonly role?: SpokenRole;
  readonly scope: Scope;
  readonly side?: Side;
  readonly internal: boolean;
}

/** More words than this are a sentence, in which "reserved" and "available" say little about the ports below. */
const LABEL = 6;

interface Layer {
  readonly text: string;
  /** A heading that names its own port is about a service, whatever else its words mean. */
  readonly own: boolean;
  readonly prose: boolean;
}

const silentWord = anyPhrase(SILENT);
const clashWord = anyPhrase(CLASH);
const migrationWord = anyPhrase(MIGRATION);
const internalWord = anyPhrase(INTERNAL);
const insideWord = anyPhrase(INSIDE);
const outsideWord = anyPhrase(OUTSIDE);
const portWord = anyPhrase(PORT);
const registryWord = anyPhrase(TITLE_WORDS);
const inUse = anyPhrase(IN_USE);
const freePorts = /\b(?:ports?|ranges?|slots?|portas?|puertos?)\b|端口|ポート|포트|порт|范围|대역/iu;
const environmentOnly = wholePhrase(
  ENVIRONMENTS.flatMap((word) => [word, `${word} environment`, `${word} ports`, `${word} server`]),
);
const environmentWord = anyPhrase(ENVIRONMENTS);

/** The context of what stands under these headings, and under these introducing words if there are any. */
export function contextOf(headings: readonly Heading[], introductions: readonly string[]): Context {
  const title = headings[0]?.level === 1 ? headings[0].title : undefined;
  const layers: readonly Layer[] = [
    ...headings.map(({ title, ports }) => ({ text: title, own: ports.length === 1, prose: false })),
    ...introductions.map((text) => ({ text, own: false, prose: text.split(/\s+/).length > LABEL })),
  ];
  const state = { silent: false, clash: false, migration: false, internal: false };
  let role: SpokenRole | undefined;
  let side: Side | undefined;
  let scope: Scope = {};
  for (const { text, own, prose } of layers) {
    if (text === title) continue;
    const spoken = roleOf(text, prose);
    if (clashWord.test(outsideParentheses(text))) Object.assign(state, { clash: true, silent: true });
    else if (spoken || (portWord.test(text) && registryWord.test(text)))
      Object.assign(state, { silent: false, clash: false });
    else if (!own && silentWord.test(outsideParentheses(text))) state.silent = true;
    if (migrationWord.test(text)) state.migration = true;
    if (internalWord.test(text)) state.internal = true;
    role = spoken ?? (inUse.test(text) ? undefined : role);
    side = insideWord.test(text) ? 'container' : outsideWord.test(text) ? 'host' : side;
    scope = { ...scope, ...placeIn(text) };
  }
  const section = headings.map((heading) => heading.title).filter(Boolean);
  const subject = headings.at(-1);
  return { section, ...state, scope, ...(role && { role }), ...(side && { side }), ...(subject && { subject }) };
}

function outsideParentheses(text: string): string {
  return text.replace(/[（(][^()（）]*[)）]/g, ' ');
}

/** "The following ports are reserved for our services" assigns them. "Available services" are no free ports, and reserved ports that are in use are simply assigned. */
function roleOf(text: string, prose: boolean): SpokenRole | undefined {
  const role = spokenRole(text);
  if (prose && role !== 'forbidden') return undefined;
  if (role === 'free' && !freePorts.test(text)) return undefined;
  return role === 'reserved' && inUse.test(text) ? undefined : role;
}

/** `Development Ports`, `Staging (Future)` and `Production Server (10.0.0.4:22)` name where their ports are used. */
function placeIn(text: string): Scope {
  const bare = outsideParentheses(text)
    .replace(/[:：]\s*$/, '')
    .trim();
  if (
    environmentOnly.test(bare) ||
    (environmentWord.test(bare) && bare.split(/\s+/).every((word) => environmentWord.test(word)))
  ) {
    return {
      environment:
        environmentWord.exec(bare)?.[0] === undefined ? bare : bare.replace(/\s+(?:ports|environment|services)$/i, ''),
    };
  }
  if (bare.split(/\s+/).length <= 3 && environmentWord.test(bare) && namesMachine(bare)) return { environment: bare };
  return {};
}
