import { Beginnings } from './beginnings.ts';

/** Scripts that write words without spaces between them: a phrase in them may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The words of several phrases, as one pattern. Most texts hold none of them, which is seen at a glance. */
export class Phrases {
  readonly #source: string;
  readonly #beginnings: Beginnings;
  #pattern: RegExp | undefined;

  /** @param leads whether the text has to begin with a phrase */
  constructor(phrases: readonly string[], source: string, leads: boolean) {
    this.#source = source;
    this.#beginnings = new Beginnings(phrases, leads);
  }

  /** Compiled when first needed: these are the costliest patterns. */
  get pattern(): RegExp {
    this.#pattern ??= new RegExp(this.#source, 'iu');
    return this.#pattern;
  }

  /** Whether a text holds one of the phrases. */
  test(text: string): boolean {
    return this.#beginnings.mayStandIn(text) && this.pattern.test(text);
  }

  /** The first phrase in a text. */
  exec(text: string): RegExpExecArray | null {
    return this.#beginnings.mayStandIn(text) ? this.pattern.exec(text) : null;
  }
}

/**
 * A pattern that finds any of these phrases as whole words, in any letter case. A phrase that ends in `*` also finds
 * longer words that begin with it. A space matches any run of spaces, hyphens or underscores.
 */
export function anyPhrase(phrases: readonly string[]): Phrases {
  return new Phrases(phrases, anyOf(phrases), false);
}

/**
 * A pattern for texts that begin with one of these phrases, signs before it aside. `free-seats-api` is a name that
 * begins with a word, and does not count.
 */
export function leadingPhrase(phrases: readonly string[]): Phrases {
  return new Phrases(phrases, `^[^\\p{L}\\p{N}]*(?:${anyOf(phrases)})(?![-_]\\p{L})`, true);
}

/** A pattern for texts that consist of one of these phrases and nothing else. */
export function wholePhrase(phrases: readonly string[]): Phrases {
  const whole = phrases.map((phrase) => source(phrase) + (phrase.endsWith('*') ? '[\\p{L}\\p{N}]*' : ''));
  return new Phrases(phrases, `^(?:${whole.join('|')})$`, true);
}

/** The guards against longer words stand once and not at every phrase: they are costly to compile. */
function anyOf(phrases: readonly string[]): string {
  const unspaced = phrases.filter((phrase) => UNSPACED.test(phrase));
  const spaced = phrases.filter((phrase) => !UNSPACED.test(phrase));
  const open = spaced.filter((phrase) => phrase.endsWith('*'));
  const closed = spaced.filter((phrase) => !phrase.endsWith('*'));
  const words = [...(closed.length > 0 ? [`(?:${join(closed)})(?![\\p{L}\\p{N}])`] : []), ...open.map(source)];
  const guarded = words.length > 0 ? [`(?<![\\p{L}\\p{N}])(?:${words.join('|')})`] : [];
  return [...guarded, ...unspaced.map(source)].join('|');
}

function join(phrases: readonly string[]): string {
  return phrases.map(source).join('|');
}

function source(phrase: string): string {
  const letters = phrase.endsWith('*') ? phrase.slice(0, -1) : phrase;
  return letters.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, '[\\s_-]+');
}
