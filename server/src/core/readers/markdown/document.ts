import type { Claim, DocumentKind } from '../../facts.ts';
import { basename } from '../../path.ts';
import { ownCopy } from '../../text.ts';
import {
  DENIALS,
  DOCUMENT_NAME,
  OTHER_DOCUMENTS,
  OWN_WORDS,
  REFERENCE_NAMES,
  REPORT_NAMES,
  SELF,
  TITLE_WORDS,
} from '../../vocabulary/documents.ts';
import { anyPhrase } from '../../vocabulary/phrases.ts';
import { PORT } from '../../vocabulary/portColumns.ts';
import { standingIn } from '../standing.ts';

/** What a document's name, title and own words say about its standing, before its claims are known. */
export interface Evidence {
  readonly named: boolean;
  /** A decision record or the like, in which ports are mentioned in passing. */
  readonly record: boolean;
  readonly titled: boolean;
  readonly canonical: boolean;
  /** Why the document only repeats another one. */
  readonly repeats?: string;
  /** Another document in whose place this one holds. */
  readonly replaces?: string;
  readonly title?: string;
}

const portWord = anyPhrase(PORT);
const titleWord = anyPhrase(TITLE_WORDS);
const ownWord = anyPhrase(OWN_WORDS);

/** How much of a document is looked through for what it says of itself. */
const OPENING = 4000;

/** Gathers the evidence. `title` is the first heading, without markup. */
export function evidenceOf(text: string, path: string, title: string | undefined): Evidence {
  const name = basename(path);
  const opening = ownCopy(text.slice(0, OPENING));
  const titled = title !== undefined && portWord.test(title) && titleWord.test(title);
  const spoken = standingIn(path, title, opening);
  const repeats = repetitionIn(text, path, opening, titled) ?? spoken.repeats;
  return {
    named: DOCUMENT_NAME.test(name),
    record: isRecord(path),
    titled,
    canonical: ownWord.test(opening) && portWord.test(opening),
    ...(repeats && { repeats }),
    ...(spoken.replaces && { replaces: spoken.replaces }),
    ...(title !== undefined && { title }),
  };
}

/** Why a document only repeats what another one, or nobody, decides. */
function repetitionIn(text: string, path: string, opening: string, titled: boolean): string | undefined {
  const name = basename(path);
  if (isRecord(path)) return `${name} is a kind of document that repeats what others decide`;
  if (REPORT_NAMES.test(name) && !titled) return 'its name says that it reports how ports were at one time';
  if (DENIALS.test(opening)) return 'it says of itself that it does not govern';
  const other = SELF.test(opening) ? undefined : otherDocument(text, name);
  return other && `it refers to ${other} for the canonical ports`;
}

/** READMEs, instructions to agents, decision records. */
function isRecord(path: string): boolean {
  return REFERENCE_NAMES.test(basename(path)) || /(?:^|\/)(?:adrs?|decisions)\//i.test(path);
}

/** Another document of ports that this one calls canonical. */
function otherDocument(text: string, name: string): string | undefined {
  for (let at = nextFile(text, 0); at >= 0; ) {
    const end = text.indexOf('\n', at);
    const line = ownCopy(text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end));
    for (const [, other] of line.matchAll(OTHER_DOCUMENTS)) {
      if (other!.toLowerCase() !== name.toLowerCase()) return other;
    }
    at = end < 0 ? -1 : nextFile(text, end);
  }
  return undefined;
}

/** Where the ending of a file's name stands next. Lines without one are not worth a closer look. */
function nextFile(text: string, from: number): number {
  FILE_ENDING.lastIndex = from;
  return FILE_ENDING.exec(text)?.index ?? -1;
}

const FILE_ENDING = /\.(?:mdx?|ya?ml|json)/gi;

/** Whether only forms that nothing but a port assignment has may be read. */
export function isWeak({ named, titled, record }: Evidence): boolean {
  return record || (!named && !titled);
}

/** The standing of a document with these claims. */
export function documentOf(evidence: Evidence, claims: readonly Claim[]): DocumentKind {
  let tables = 0;
  for (const { form } of claims) if (form === 'table') tables++;
  const registry = !evidence.repeats && (evidence.named || evidence.titled);
  const because = [
    evidence.named && 'its name says that it lists ports',
    evidence.titled && `its title is “${evidence.title}”`,
    evidence.canonical && 'it calls itself the source of truth for ports',
    evidence.replaces && `it says that it replaces ${evidence.replaces}`,
    tables > 0 && `${tables} of its table cells assign ports`,
    evidence.repeats,
  ].filter((reason) => typeof reason === 'string');
  return {
    authority: registry ? 'registry' : 'reference',
    ...(registry && (evidence.canonical || evidence.replaces) && { canonical: true as const }),
    ...(evidence.title !== undefined && { title: evidence.title }),
    because,
  };
}
