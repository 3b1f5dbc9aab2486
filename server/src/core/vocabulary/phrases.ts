/** Scripts that write words without spaces between them: a phrase in them may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * A pattern that finds any of these phrases as whole words, in any letter case. A phrase that ends in `*` also finds
 * longer words that begin with it. Spaces match any run of spaces, hyphens or underscores.
 */
export function anyPhrase(phrases: readonly string[]): RegExp {
  return new RegExp(phrases.map(source).join('|'), 'iu');
}

/** A pattern for texts that begin with one of these phrases, signs before it aside. */
export function leadingPhrase(phrases: readonly string[]): RegExp {
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:${phrases.map(source).join('|')})`, 'iu');
}

/** A pattern for texts that consist of one of these phrases and nothing else. */
export function wholePhrase(phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:${phrases.map(source).join('|')})$`, 'iu');
}

function source(phrase: string): string {
  const open = phrase.endsWith('*');
  const body = (open ? phrase.slice(0, -1) : phrase).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ /g, '[\\s_-]+');
  if (UNSPACED.test(phrase)) return body;
  return `(?<![\\p{L}\\p{N}])${body}${open ? '' : '(?![\\p{L}\\p{N}])'}`;
}
