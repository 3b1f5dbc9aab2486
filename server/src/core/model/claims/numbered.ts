import { push } from '../../grouped.ts';
import { defaultPorts } from '../../vocabulary/images.ts';
import { emptyWords, genericWords } from '../../vocabulary/names.ts';
import { Rank, wordsOf } from '../names.ts';
import type { KnownAs, Match, Statement } from '../statement.ts';

/** `kb-5-drug-rules` is the fifth of the scheme `kb`, and `drug rules` the words that follow. */
interface NumberedName {
  readonly scheme: string;
  readonly number: number;
  readonly rest: readonly string[];
}

interface Entry<S> {
  readonly statement: S;
  readonly rest: readonly string[];
  readonly owner: string;
}

/** The owners whose names bear a number of a scheme, as in `pier-4-crane` and `pier-5`. */
export class NumberedNames<S extends Statement> {
  readonly #byNumber = new Map<string, Entry<S>[]>();
  readonly #numbers = new Map<string, Set<number>>();
  readonly #order: (a: S, b: S) => number;

  /** @param order in which order statements are given back */
  constructor(order: (a: S, b: S) => number) {
    this.#order = order;
  }

  /**
   * @param name one by which the owner may be called
   * @param owner the one name that tells it from others
   */
  add(name: string, owner: string, statement: S): void {
    const read = numberedName(name);
    if (!read) return;
    const { scheme, number, rest } = read;
    this.#numbers.set(scheme, (this.#numbers.get(scheme) ?? new Set()).add(number));
    const key = `${scheme} ${number}`;
    push(this.#byNumber, key, { statement, rest, owner: wordsOf(owner).join('') });
    const entries = this.#byNumber.get(key)!;
    if (entries.length > 1 && this.#order(entries.at(-2)!.statement, statement) > 0)
      entries.sort((a, b) => this.#order(a.statement, b.statement));
  }

  /** Takes back a statement that was added by a name. */
  remove(name: string, statement: S): void {
    const read = numberedName(name);
    if (!read) return;
    const key = `${read.scheme} ${read.number}`;
    const others = this.#byNumber.get(key)?.filter((entry) => entry.statement !== statement) ?? [];
    if (others.length > 0) this.#byNumber.set(key, others);
    else {
      this.#byNumber.delete(key);
      this.#numbers.get(read.scheme)?.delete(read.number);
    }
  }

  /** The statements about the one owner whose name is a longer form of one of the names, with the same number. */
  named(names: readonly KnownAs[]): Match[] {
    for (const { name, by } of names) {
      const asked = numberedName(name);
      if (!asked || (this.#numbers.get(asked.scheme)?.size ?? 0) < 2) continue;
      const fitting = (this.#byNumber.get(`${asked.scheme} ${asked.number}`) ?? [])
        .map((entry) => ({ ...entry, leftOut: wordsLeftOut(asked.rest, entry.rest) }))
        .filter(({ leftOut }) => Number.isFinite(leftOut));
      const least = Math.min(...fitting.map(({ leftOut }) => leftOut));
      const best = fitting.filter(({ leftOut }) => leftOut === least);
      if (new Set(best.map(({ owner }) => owner)).size !== 1) continue;
      const evidence = `${by} and its number`;
      return [...new Set(best.map(({ statement }) => statement))].map(({ claim, file }) => ({
        claim,
        file,
        rank: Rank.numbered,
        by: evidence,
      }));
    }
    return [];
  }
}

/** The scheme to which a name belongs, and its number in it, as keys. */
export function schemeOf(name: string): { scheme: string; number: string } | undefined {
  const read = numberedName(name);
  return read && { scheme: read.scheme, number: `${read.scheme} ${read.number}` };
}

/** Whether two names have nothing but their number in common, and each says more: `pier-4-crane` and `pier-4-ferry`. */
export function shareNumberAlone(a: string, b: string): boolean {
  const [x, y] = [numberedName(a), numberedName(b)];
  if (!x || !y || x.scheme !== y.scheme || x.number !== y.number) return false;
  return x.rest.length > 0 && y.rest.length > 0 && !x.rest.some((word) => y.rest.includes(word));
}

/** `undefined` where no number follows the first word, or where that word tells nothing. */
function numberedName(name: string): NumberedName | undefined {
  const [scheme, number, ...rest] = wordsOf(name).filter((word) => !emptyWords.has(word));
  if (scheme === undefined || number === undefined || !/^\d+$/.test(number)) return undefined;
  return genericWords.has(scheme) || /^\d/.test(scheme) ? undefined : { scheme, number: Number(number), rest };
}

/**
 * How many words of a longer name a shorter one leaves out, at the beginning or at the end. Infinite where they differ
 * otherwise, or where a word left out makes it another thing: a `redis`, a `worker`.
 */
function wordsLeftOut(short: readonly string[], long: readonly string[]): number {
  const count = long.length - short.length;
  if (count < 0) return Number.POSITIVE_INFINITY;
  const said = short.join(' ');
  const leftOut = [
    ...(long.slice(0, short.length).join(' ') === said ? [long.slice(short.length)] : []),
    ...(long.slice(count).join(' ') === said ? [long.slice(0, count)] : []),
  ];
  const isSame = leftOut.some(
    (words) => !words.some((word) => genericWords.has(word) || defaultPorts(word).length > 0),
  );
  return isSame ? count : Number.POSITIVE_INFINITY;
}
