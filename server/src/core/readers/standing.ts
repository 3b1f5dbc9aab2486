import { basename } from '../path.ts';
import { MADE_FROM, REPLACED_BY, REPLACES, RETIRED, RETIRED_NAMES, STATUS_LABELS } from '../vocabulary/documents.ts';
import { anyPhrase } from '../vocabulary/phrases.ts';

/** What a document says of its standing beside others, in words that say why. */
export interface Standing {
  /** Another document in whose place it holds. */
  readonly replaces?: string;
  /** Why it decides nothing. */
  readonly repeats?: string;
}

const retired = anyPhrase(RETIRED);
const retiredName = anyPhrase(RETIRED_NAMES);
const label = anyPhrase(STATUS_LABELS);

const FILE = '[^.\\n]{0,60}?([\\w/-]{1,80}\\.(?:mdx?|markdown|ya?ml|json|toml|env|csv|tsx?|jsx?|py|go))(?!\\w)';

/** Finds the name of a file close behind words for a relation. */
function toFile(phrases: readonly string[]): (text: string) => string | undefined {
  const relation = anyPhrase(phrases);
  let pattern: RegExp | undefined;
  return (text) => {
    if (!relation.test(text)) return undefined;
    pattern ??= new RegExp(`(?:${relation.pattern.source})${FILE}`, 'iu');
    return pattern.exec(text)?.[1];
  };
}

const replacedBy = toFile(REPLACED_BY);
const replaces = toFile(REPLACES);
const madeFrom = toFile(MADE_FROM);

/** How many lines of a document may hold a notice about the whole of it. */
const TOP = 20;
/** A notice is short. What is longer tells of something else by the way. */
const LONGEST_STATE = 80;

/**
 * What a document says of its standing.
 * @param opening its first lines
 */
export function standingIn(path: string, title: string | undefined, opening: string): Standing {
  const repeats = retirement(path, title, opening) ?? origin(opening);
  if (repeats !== undefined) return { repeats };
  const replaced = replaces(opening);
  return replaced === undefined ? {} : { replaces: replaced };
}

function retirement(path: string, title: string | undefined, opening: string): string | undefined {
  const stem = basename(path).replace(/\.\w+$/, '');
  if (retiredName.test(stem) || retiredName.test(stem.split('.').at(-1)!))
    return 'its name says that it is kept for the record';
  const inTitle = title === undefined ? undefined : retired.exec(title)?.[0];
  if (inTitle !== undefined) return `its title says “${inTitle}”`;
  const successor = replacedBy(opening);
  if (successor !== undefined) return `it says that ${successor} has replaced it`;
  const notice = opening.split(/\r\n?|\n/, TOP).find(isNotice);
  return notice === undefined ? undefined : `it says “${retired.exec(notice)![0]}”`;
}

/** `Status: superseded`, `> **DEPRECATED**: …`, `⚠️ ARCHIVED`. */
function isNotice(line: string): boolean {
  const state = retired.exec(line.slice(0, LONGEST_STATE));
  if (!state) return false;
  const before = line.slice(0, state.index).replace(/[^\p{L}\p{N}:：]/gu, '');
  const after = line.slice(state.index + state[0].length).replace(/[*_`]/g, '');
  if (/[:：]$/.test(before)) return label.test(before);
  return before === '' && /^[>*_\s#]*[^\s\p{L}\p{N}]/u.test(line) && /^\s*(?:[^\s\p{L}\p{N}]|$)/u.test(after);
}

/** What is made from a file of a kind that is no registry here is the only one that can be read. */
const UNREAD = /\.(?:toml|csv|[tj]sx?|py|go)$/;

function origin(opening: string): string | undefined {
  const source = madeFrom(opening);
  return source === undefined || UNREAD.test(source) ? undefined : `it is taken from ${source}`;
}
