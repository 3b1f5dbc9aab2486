import { Recent } from '../recent.ts';
import { emptyWords, genericWords, kin, looseWords, synonyms } from '../vocabulary/names.ts';
import { stages } from '../vocabulary/stages.ts';

/**
 * The words of a name: `human_taskService (v2)` gives human, task, service, v, 2. Camel case, digits and every sign
 * that is no letter part words; accents and case are dropped, and well-known spellings are made one.
 */
export function wordsOf(name: string): readonly string[] {
  return spelled(name).words;
}

/** The key of a name as it is: the first that {@link nameKeys} gives, if any. */
export function wholeKey(name: string): string {
  return spelled(name).whole;
}

/** Whether a name is made of kinds of things only (`API`, `web frontend`), so that it names no particular service. */
export function isGeneric(name: string): boolean {
  return spelled(name).isGeneric;
}

/** What follows from a name alone. */
interface Spelled {
  readonly words: readonly string[];
  /** The words as one, the same text each time that the name is asked for. */
  readonly whole: string;
  readonly isGeneric: boolean;
}

function spelled(name: string): Spelled {
  return name.length > LONGEST ? spell(name.slice(0, LONGEST)) : known.kept(name, spell);
}

function spell(name: string): Spelled {
  const words = partsOf(name);
  const isGeneric = words.every((word) => genericWords.has(word) || isNumeral(word));
  return { words, whole: words.join(''), isGeneric };
}

/** Longer texts are hardly names: only their beginning counts, as all beginnings of a name are asked for. */
const LONGEST = 200;
/** The words of names are asked for many times over, also while all files are compared. */
const known = new Recent<Spelled>(32_000);

function partsOf(name: string): string[] {
  return (plainWords(name) ?? wordsInAnyScript(name)).map(spelledAsOne);
}

function spelledAsOne(word: string): string {
  return synonyms.get(word) ?? word;
}

function wordsInAnyScript(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/(\p{Ll})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter(Boolean);
}

/** The same words of a name in ASCII, many times faster; `undefined` for any other name. */
function plainWords(name: string): string[] | undefined {
  const words: string[] = [];
  const lower = name.toLowerCase();
  let start = 0;
  let before = 0;
  /** The first place at which a hump may begin: one of a single letter leaves its end to no other. */
  let hump = 1;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 127) return undefined;
    const kind = kindOf(code);
    const isHump = kind === UPPER && before === LOWER && i >= hump && kindOf(name.charCodeAt(i + 1)) === LOWER;
    if (isHump) hump = i + 3;
    if (isHump || (before & LETTER) !== (kind & LETTER) || (before & DIGIT) !== (kind & DIGIT)) {
      if (before !== 0) words.push(lower.slice(start, i));
      start = i;
    }
    before = kind;
  }
  if (before !== 0) words.push(lower.slice(start));
  return words;
}

const DIGIT = 1;
const LETTER = 2;
const LOWER = LETTER;
const UPPER = LETTER | 4;

/** What kind of character a code in ASCII is; 0 for one that is neither letter nor digit. */
function kindOf(code: number): number {
  if (code >= 97) return code <= 122 ? LOWER : 0;
  if (code >= 65) return code <= 90 ? UPPER : 0;
  return code >= 48 && code <= 57 ? DIGIT : 0;
}

/** How well two names agree: the lower, the better. `prefixOff` also stands for a stage taken off the end. */
export const Rank = {
  alias: 0,
  same: 1,
  emptyWordsOff: 2,
  prefixOff: 3,
  looseWordsOff: 4,
  numbered: 5,
  image: 6,
  folder: 7,
} as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

/**
 * The keys under which a name is filed and looked up: two names mean the same service when they share a key, and the
 * higher of the two ranks says how sure that is.
 * @param prefixes first words that name the project and not the service
 */
export function nameKeys(name: string, prefixes: ReadonlySet<string> = noPrefixes): Map<string, Rank> {
  const all = wordsOf(name);
  const keys = new Map<string, Rank>();
  if (all.every((word) => !mayBeLeftOut.has(word) && !prefixes.has(word))) {
    return all.length > 0 ? keys.set(wholeKey(name), Rank.same) : keys;
  }
  const add = (words: readonly string[], rank: Rank) => {
    const key = words.join('');
    if (key && !keys.has(key)) keys.set(key, rank);
  };
  const plain = withoutEmptyWords(all);
  add(all, Rank.same);
  if (plain !== all) add(plain, Rank.emptyWordsOff);
  const forms = [plain];
  if (prefixes.has(plain[0] ?? '') && plain.length > 1) forms.push(plain.slice(1));
  for (const words of [...forms]) if (words.length > 2 && stageWords.has(words.at(-1)!)) forms.push(words.slice(0, -1));
  for (const words of forms) if (words !== plain) add(words, Rank.prefixOff);
  for (const words of forms) {
    if (!words.some((word) => looseWords.has(word))) continue;
    const bare = words.filter((word) => !looseWords.has(word));
    if (!bare.every((word) => genericWords.has(word))) add(bare, Rank.looseWordsOff);
  }
  return keys;
}

/** The key of a name as it is, but for words that say nothing: the best that {@link nameKeys} gives of its own words. */
export function mainKey(name: string): string {
  const all = wordsOf(name);
  return withoutEmptyWords(all).join('') || all.join('');
}

function withoutEmptyWords(words: readonly string[]): readonly string[] {
  return words.some((word) => emptyWords.has(word)) ? words.filter((word) => !emptyWords.has(word)) : words;
}

const noPrefixes: ReadonlySet<string> = new Set();
/** What is made for tests is an instance of its own, with ports of its own. */
const stageWords: ReadonlySet<string> = new Set(
  Object.entries(stages).flatMap(([stage, words]) => (stage === 'test' ? [] : words)),
);

/** The words without which a name may be found as well, prefixes apart. */
const mayBeLeftOut: ReadonlySet<string> = new Set([...emptyWords, ...looseWords, ...stageWords]);

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
  const numbered = sameNumber(x, y);
  if (numbered !== undefined) return numbered;
  const [few, many] = x.length <= y.length ? [x, y] : [y, x];
  if (few.every((word) => many.includes(word))) return true;
  if (few[0] === many[0] && !common.has(few[0]!) && !isNumeral(few[0]!)) return true;
  if (beginsWithWordsOf(x, y) || beginsWithWordsOf(y, x)) return true;
  return few.some((word) => isTelling(word) && !common.has(word) && many.some((other) => alike(word, other)));
}

/** `adguardhome` begins with the first words of `AdGuard DNS`. */
function beginsWithWordsOf([whole, ...others]: readonly string[], words: readonly string[]): boolean {
  if (others.length > 0 || words.length < 2 || isNumeral(words[1]!)) return false;
  const start = `${words[0]}${words[1]}`;
  return start.length > 5 && whole!.startsWith(start);
}

/** Whether two names bear different numbers in the same place (`kb-4`, `kb-26`), so that they are certainly two services. */
export function areNumberedApart(a: string, b: string): boolean {
  return sameNumber(withoutEmpty(a), withoutEmpty(b)) === false;
}

/** Whether a text speaks of a service by one of its telling words. */
export function isMentioned(name: string, text: string | undefined, common: ReadonlySet<string>): boolean {
  const said = text === undefined ? [] : wordsOf(text);
  return withoutEmpty(name).some(
    (word) => isTelling(word) && !common.has(word) && said.some((other) => alike(word, other)),
  );
}

/** `kb-4-x` and `kb4-y` bear one number, `kb-4` and `kb-26` two; `undefined` where they are not numbered alike. */
function sameNumber(x: readonly string[], y: readonly string[]): boolean | undefined {
  const numbers = numbersOf(y);
  const pairs = [...numbersOf(x)].flatMap(([word, number]) =>
    numbers.has(word) ? [number === numbers.get(word)] : [],
  );
  return pairs.length === 0 ? undefined : pairs.every((isSame) => isSame);
}

/** The words that are followed by a number, with that number. */
function numbersOf(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    const next = words[i + 1] ?? '';
    if (isNumber(next) && !isNumber(word) && !numbers.has(word)) numbers.set(word, Number(next));
  }
  return numbers;
}

function isNumber(word: string): boolean {
  return /^\d+$/.test(word);
}

/** Whether a word is a number in any script. Most words begin with a letter, and no expression is needed to tell. */
function isNumeral(word: string): boolean {
  return kindOf(word.charCodeAt(0)) !== LOWER && /^\p{N}+$/u.test(word);
}

function withoutEmpty(name: string): string[] {
  return wordsOf(name).filter((word, i, all) => !emptyWords.has(word) && (isNumber(word) || all.indexOf(word) === i));
}

function isTelling(word: string): boolean {
  return !genericWords.has(word) && !isNumeral(word) && (word.length > 2 || /[^\x20-\x7e]/.test(word));
}

/** The same word, or one the beginning of the other: doc and documentation, order and orders. */
function alike(a: string, b: string): boolean {
  if (a === b || kin.some((family) => family.has(a) && family.has(b))) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}
