/** Scripts that write words without spaces between them: a phrase in them may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * A pattern that finds any of these phrases as whole words, in any letter case. A phrase that ends in `*` also finds
 * longer words that begin with it. A space matches any run of spaces, hyphens or underscores.
 */
export function anyPhrase(phrases: readonly string[]): RegExp {
  return new RegExp(anyOf(phrases), 'iu');
}

/**
 * A pattern for texts that begin with one of these phrases, signs before it aside. `free-seats-api` is a name that
 * begins with a word, and does not count.
 */
export function leadingPhrase(phrases: readonly string[]): RegExp {
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:${anyOf(phrases)})(?![-_]\\p{L})`, 'iu');
}

/** A pattern for texts that consist of one of these phrases and nothing else. */
export function wholePhrase(phrases: readonly string[]): RegExp {
  const whole = phrases.map((phrase) => source(phrase) + (phrase.endsWith('*') ? '[\\p{L}\\p{N}]*' : ''));
  return new RegExp(`^(?:${whole.join('|')})$`, 'iu');
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
