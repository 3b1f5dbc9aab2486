import { type Place, PlainPhrases } from './plainPhrases.ts';

/** Scripts that write words without spaces between them: a phrase in them may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A pattern of several phrases. */
export class Phrases {
  readonly #source: () => string;
  readonly #plain: PlainPhrases;
  #pattern: RegExp | undefined;

  constructor(phrases: readonly string[], place: Place, source: () => string) {
    this.#source = source;
    this.#plain = new PlainPhrases(phrases, place);
  }

  /** The same as a regular expression, made when first needed. */
  get pattern(): RegExp {
    this.#pattern ??= new RegExp(this.#source(), 'iu');
    return this.#pattern;
  }

  /** Whether a text has one of the phrases. */
  test(text: string): boolean {
    return this.#plain.standIn(text) ?? this.pattern.test(text);
  }

  /** The first phrase in a text. */
  exec(text: string): RegExpExecArray | null {
    return this.#plain.standIn(text) === false ? null : this.pattern.exec(text);
  }
}

/**
 * A pattern that finds any of these phrases as whole words, in any letter case. A phrase that ends in `*` also finds
 * longer words that begin with it. A space matches any run of spaces, hyphens or underscores.
 */
export function anyPhrase(phrases: readonly string[]): Phrases {
  return new Phrases(phrases, 'any', () => anyOf(phrases));
}

/**
 * A pattern for texts that begin with one of these phrases, signs before it aside. `free-seats-api` is a name that
 * begins with a word, and does not count.
 */
export function leadingPhrase(phrases: readonly string[]): Phrases {
  return new Phrases(phrases, 'leading', () => `^[^\\p{L}\\p{N}]*(?:${anyOf(phrases)})(?![-_]\\p{L})`);
}

/** A pattern for texts that consist of one of these phrases and nothing else. */
export function wholePhrase(phrases: readonly string[]): Phrases {
  const whole = (phrase: string) => source(phrase) + (phrase.endsWith('*') ? '[\\p{L}\\p{N}]*' : '');
  return new Phrases(phrases, 'whole', () => `^(?:${phrases.map(whole).join('|')})$`);
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
