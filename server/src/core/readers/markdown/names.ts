const AROUND = /\s|\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|["'“”\-–—:|,;=→•]/u;

/** A name without pictures, quotes and signs around it; `undefined` when it has no letter or digit. */
export function nameOf(text: string): string | undefined {
  const characters = [...text];
  let from = 0;
  let to = characters.length;
  while (from < to && AROUND.test(characters[from]!)) from++;
  while (to > from && AROUND.test(characters[to - 1]!)) to--;
  const name = characters.slice(from, to).join('');
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

/** A text without what stands in parentheses. */
export function outsideParentheses(text: string): string {
  return text.replace(/[（(][^()（）]*[)）]/g, ' ');
}
