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

/** What a document's name and title say about its standing. */
export interface Announcement {
  readonly named: boolean;
  /** A decision record or the like, in which ports are mentioned in passing. */
  readonly record: boolean;
  readonly titled: boolean;
  readonly title?: string;
}

const portWord = anyPhrase(PORT);
const titleWord = anyPhrase(TITLE_WORDS);
const ownWord = anyPhrase(OWN_WORDS);

/** How much of a document is looked through for what it says of itself. */
const OPENING = 4000;

/** @param title the first heading, without markup */
export function announcementOf(path: string, title: string | undefined): Announcement {
  const titled = title !== undefined && portWord.test(title) && titleWord.test(title);
  return { named: isNamed(path), record: isRecord(path), titled, ...(title !== undefined && { title }) };
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

function isNamed(path: string): boolean {
  return DOCUMENT_NAME.test(basename(path));
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
export function isWeak({ named, titled, record }: Announcement): boolean {
  return record || (!named && !titled);
}

/** Whether that is so for every document with this path whose title announces no ports. */
export function isWeakUntitled(path: string): boolean {
  return isRecord(path) || !isNamed(path);
}

/** The standing of a document with these claims, by what it announces and by what it says of itself. */
export function documentOf(text: string, path: string, told: Announcement, claims: readonly Claim[]): DocumentKind {
  const { named, titled, title } = told;
  const opening = ownCopy(text.slice(0, OPENING));
  const spoken = standingIn(path, title, opening);
  const repeats = repetitionIn(text, path, opening, titled) ?? spoken.repeats;
  const canonical = ownWord.test(opening) && portWord.test(opening);
  let tables = 0;
  for (const { form } of claims) if (form === 'table') tables++;
  const registry = !repeats && (named || titled);
  const because = [
    named && 'its name says that it lists ports',
    titled && `its title is “${title}”`,
    canonical && 'it calls itself the source of truth for ports',
    spoken.replaces && `it says that it replaces ${spoken.replaces}`,
    tables > 0 && `${tables} of its table cells assign ports`,
    repeats,
  ].filter((reason) => typeof reason === 'string');
  return {
    authority: registry ? 'registry' : 'reference',
    ...(registry && (canonical || spoken.replaces) && { canonical: true as const }),
    ...(title !== undefined && { title }),
    because,
  };
}
