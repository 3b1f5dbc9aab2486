import type { Scope, Side } from '../../facts.ts';
import { TITLE_WORDS } from '../../vocabulary/documents.ts';
import { ENVIRONMENTS, namesEnvironment, namesMachine } from '../../vocabulary/environments.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import { PORT } from '../../vocabulary/portColumns.ts';
import { FORBIDDEN, FREE, INTERNAL, PLANNED, RESERVED, type SpokenRole, spokenRole } from '../../vocabulary/roles.ts';
import {
  BLOCKS,
  CLASH,
  ENVIRONMENT_FILLERS,
  IN_USE,
  INSIDE,
  MIGRATION,
  OUTSIDE,
  RETIRED_SERVICES,
  SILENT,
} from '../../vocabulary/sections.ts';
import { type Heading, isFile } from './headings.ts';
import { clean } from './inline.ts';
import { nameOf, outsideParentheses } from './names.ts';

/**
 * What the headings above a statement, and the words that introduce it, say about it. All fields are there in every one:
 * each row of a table looks at its own.
 */
export interface Context {
  /** The titles of the headings above, outermost first. */
  readonly section: readonly string[];
  /** What the innermost heading is about. */
  readonly subject: string | undefined;
  /** The list item above, where it is a mere name: whatever stands below it is about that. */
  readonly item: string | undefined;
  /** The words because of which nothing is assigned here. */
  readonly silent: string | undefined;
  /** This tells of a clash between services. */
  readonly clash: boolean;
  /** Old ports and moves are told here. */
  readonly migration: boolean;
  readonly role: SpokenRole | 'former' | undefined;
  readonly scope: Scope;
  readonly side: Side | undefined;
  readonly internal: boolean;
  /** Of what is told here only a part ever runs. */
  readonly excused: boolean;
}

/** The context outside all headings. */
export const start: Context = {
  section: [],
  subject: undefined,
  item: undefined,
  silent: undefined,
  clash: false,
  migration: false,
  role: undefined,
  scope: {},
  side: undefined,
  internal: false,
  excused: false,
};

/** More words than this are a sentence, in which "reserved" and "available" say little about the ports below. */
const LABEL = 6;

const silentWord = anyPhrase(SILENT);
const clashWord = anyPhrase(CLASH);
const migrationWord = anyPhrase(MIGRATION);
const internalWord = anyPhrase(INTERNAL);
const insideWord = anyPhrase(INSIDE);
const outsideWord = anyPhrase(OUTSIDE);
const portWord = anyPhrase(PORT);
const registryWord = anyPhrase(TITLE_WORDS);
const inUse = anyPhrase(IN_USE);
const blockWord = anyPhrase(BLOCKS);
/** The words that say something of what stands below them. Most headings have none. */
const tellingWord = anyPhrase([
  ...[...SILENT, ...CLASH, ...MIGRATION, ...INSIDE, ...OUTSIDE, ...IN_USE, ...ENVIRONMENTS],
  ...[...FORBIDDEN, ...RESERVED, ...PLANNED, ...FREE, ...INTERNAL, ...RETIRED_SERVICES],
]);
const retiredWord = anyPhrase(RETIRED_SERVICES);
const environmentFiller = wholePhrase(ENVIRONMENT_FILLERS);

/** The context below a heading. The document's own title says nothing about single ports. */
export function below(context: Context, heading: Heading, isTitle: boolean): Context {
  const { title, ports } = heading;
  const section = title ? [...context.section, title] : context.section;
  // Its words name folders, and tell nothing about the ports.
  if (isFile(title)) return { ...context, section, scope: { ...context.scope, path: title } };
  const told = isTitle ? context : tell(context, title, ports.length === 1, false);
  const isTold = isTitle || told.scope.environment !== context.scope.environment;
  const machine = isTold ? undefined : machineIn(title);
  if (machine !== undefined) return { ...told, scope: { ...told.scope, machine }, section, subject: machine };
  return { ...told, section, subject: title || context.subject };
}

/** The context of what a label, a line that ends in a colon or a list item above introduces. */
export function introducedBy(context: Context, words: string): Context {
  return words === '' ? context : tell(context, words, false, words.split(/\s+/).length > LABEL);
}

/** The context below a list item. */
export function belowItem(context: Context, words: string): Context {
  const inner = introducedBy(context, words);
  const name = words.replace(/[:：]$/, '');
  const item = NAME.test(name) ? name : undefined;
  return item === inner.item ? inner : { ...inner, item };
}

/** A few words without numbers, as `Auth Service`; no sentence. */
const NAME = /^[\p{L}\p{N}_./-]{1,40}(?: [\p{L}\p{N}_./()-]{1,40}){0,3}$/u;

/**
 * @param own a heading that names its own port is about a service, whatever else its words mean
 * @param prose the words are a sentence rather than a label
 */
function tell(context: Context, words: string, own: boolean, prose: boolean): Context {
  const bare = outsideParentheses(words);
  if (!tellingWord.test(words) && (bare === words || !tellingWord.test(bare))) return untold(context, words);
  const role = roleIn(words, prose);
  return {
    ...context,
    ...quiet(context, words, bare, role !== undefined && role !== 'former', own),
    migration: context.migration || migrationWord.test(words),
    role: role ?? (inUse.test(words) ? undefined : context.role),
    scope: { ...context.scope, ...placeIn(bare) },
    side: insideWord.test(words) ? 'container' : outsideWord.test(words) ? 'host' : context.side,
    internal: context.internal || internalWord.test(words),
  };
}

/** The context below words that tell nothing, unless they announce ports and so end a silence. */
function untold(context: Context, words: string): Context {
  if (context.silent === undefined && !context.clash) return context;
  return announcesPorts(words) ? { ...context, ...SPEAKING } : context;
}

/** Whether the words silence what stands below them, or let it speak again. */
function quiet(
  context: Context,
  words: string,
  bare: string,
  speaks: boolean,
  own: boolean,
): Pick<Context, 'silent' | 'clash'> {
  const { silent, clash } = context;
  if (clashWord.test(bare)) return { silent: words, clash: true };
  if (speaks) return SPEAKING;
  if (!own && silentWord.test(bare)) return { silent: words, clash };
  return announcesPorts(words) ? SPEAKING : { silent, clash };
}

const SPEAKING = { silent: undefined, clash: false };

function announcesPorts(words: string): boolean {
  return portWord.test(words) && registryWord.test(words);
}

/**
 * "Available services" are no free ports, "reserved ports (in use)" are simply assigned, and so are those in "the
 * following ports are reserved for our services".
 */
function roleIn(words: string, prose: boolean): Context['role'] {
  const role = spokenRole(words) ?? (retiredWord.test(words) ? 'former' : undefined);
  if (prose && role !== 'forbidden') return undefined;
  if (role === 'free' && !blockWord.test(words)) return undefined;
  return role === 'reserved' && inUse.test(words) ? undefined : role;
}

/** `quay-2 (10.0.0.12)`, `Server quay-2 – 10.0.0.12`: the ports below are those of one machine. */
function machineIn(title: string): string | undefined {
  if (!/\d\.\d/.test(title)) return undefined;
  const [address, ...others] = title.match(ADDRESS) ?? [];
  if (address === undefined || others.length > 0) return undefined;
  return nameOf(clean(title.replace(address, ' ').replace(/[()（）]/g, ' '))) ?? address;
}

const ADDRESS = /(?<![\d.])(?!0\.0\.0\.0|127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.:/])/g;

/** `Development Ports`, `Staging`, `Production Server` and `Entorno de pruebas` name the place in which their ports are used. */
function placeIn(bare: string): Scope {
  const all = bare.replace(/[:：]/g, ' ').trim().split(/\s+/);
  const words = all.filter((word) => namesEnvironment(word) || !environmentFiller.test(word));
  const names =
    words.length <= 3 &&
    words.some(namesEnvironment) &&
    words.every((word) => namesEnvironment(word) || namesMachine(word));
  return names ? { environment: words.join(' ') } : {};
}
