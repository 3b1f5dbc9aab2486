import { emptyWords, genericWords, looseWords, synonyms } from '../vocabulary/names.ts';

/**
 * The words of a name: `human_taskService (v2)` gives human, task, service, v, 2. Camel case, digits and every sign
 * that is no letter part words; accents and case are dropped, and well-known spellings are made one.
 */
export function wordsOf(name: string): string[] {
  const known = wordCache.get(name);
  if (known) return known;
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(\p{Ll})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter(Boolean)
    .map((word) => synonyms.get(word) ?? word);
  if (wordCache.size > 50_000) wordCache.clear();
  wordCache.set(name, words);
  return words;
}
const wordCache = new Map<string, string[]>();

/** How well two names agree: the lower, the better. */
export const Rank = { alias: 0, same: 1, emptyWordsOff: 2, prefixOff: 3, looseWordsOff: 4, image: 5 } as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

/**
 * The keys under which a name is filed and looked up: two names mean the same service when they share a key, and the
 * higher of the two ranks says how sure that is.
 * @param prefixes first words that name the project and not the service
 */
export function nameKeys(name: string, prefixes: ReadonlySet<string> = noPrefixes): Map<string, Rank> {
  const keys = new Map<string, Rank>();
  const add = (words: readonly string[], rank: Rank) => {
    const key = words.join('');
    if (key && !keys.has(key)) keys.set(key, rank);
  };
  const all = wordsOf(name);
  const plain = all.filter((word) => !emptyWords.has(word));
  add(all, Rank.same);
  add(plain, Rank.emptyWordsOff);
  const short = prefixes.has(plain[0] ?? '') && plain.length > 1 ? plain.slice(1) : undefined;
  if (short) add(short, Rank.prefixOff);
  for (const words of short ? [plain, short] : [plain]) {
    const bare = words.filter((word) => !looseWords.has(word));
    if (bare.length < words.length && !bare.every((word) => genericWords.has(word))) add(bare, Rank.looseWordsOff);
  }
  return keys;
}
const noPrefixes: ReadonlySet<string> = new Set();

/** Whether a name is made of kinds of things only (`API`, `web frontend`), so that it names no particular service. */
export function isGeneric(name: string): boolean {
  return wordsOf(name).every((word) => genericWords.has(word) || /^\p{N}+$/u.test(word));
}

/**
 * Whether two names might well mean the same service: one holds all words of the other, or they share a telling word.
 * Deliberately generous: a "no" must be certain, because findings rest on it.
 * @param common words that many services of the same registry share, and that therefore tell nothing
 */
export function mayBeSame(a: string, b: string, common: ReadonlySet<string> = noPrefixes): boolean {
  const x = withoutEmpty(a);
  const y = withoutEmpty(b);
  if (x.length === 0 || y.length === 0) return true;
  if (x.join('') === y.join('')) return true;
  const [few, many] = x.length <= y.length ? [x, y] : [y, x];
  if (few.every((word) => many.includes(word))) return true;
  return few.some((word) => isTelling(word) && !common.has(word) && many.some((other) => alike(word, other)));
}

function withoutEmpty(name: string): string[] {
  return wordsOf(name).filter((word) => !emptyWords.has(word));
}

function isTelling(word: string): boolean {
  return !genericWords.has(word) && !/^\p{N}+$/u.test(word) && (word.length > 2 || /[^\x20-\x7e]/.test(word));
}

/** The same word, or one the beginning of the other: doc and documentation, order and orders. */
function alike(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}
