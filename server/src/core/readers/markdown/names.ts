const ASCII_WORD = /[a-z0-9]/i;
const AROUND = /\s|\p{Extended_Pictographic}|\u{FE0F}|\u{200D}|["'“”\-–—:|,;=→•]/u;

/** A name without pictures, quotes and signs around it; `undefined` when it has no letter or digit. */
export function nameOf(text: string): string | undefined {
  // Most names are of letters at both ends, of which no pattern has to be asked.
  if (isWordCharacter(text.charCodeAt(0)) && isWordCharacter(text.charCodeAt(text.length - 1))) return text;
  let from = 0;
  let to = text.length;
  while (from < to && AROUND.test(characterAt(text, from))) from += characterAt(text, from).length;
  while (to > from && AROUND.test(characterBefore(text, to))) to -= characterBefore(text, to).length;
  const name = text.slice(from, to);
  return hasWords(name) ? name : undefined;
}

/** Whether a text holds a letter or a digit. */
export function hasWords(text: string): boolean {
  return ASCII_WORD.test(text) || /[\p{L}\p{N}]/u.test(text);
}

/** Whether a text holds a letter. */
export function hasLetters(text: string): boolean {
  return isLetter(text.charCodeAt(0)) || /[a-z]/i.test(text) || /\p{L}/u.test(text);
}

function isWordCharacter(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39);
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!);
}

function characterBefore(text: string, end: number): string {
  const pair = end > 1 ? text.codePointAt(end - 2)! : 0;
  return pair > 0xffff ? text.slice(end - 2, end) : text[end - 1]!;
}

/** A text without what stands in parentheses. */
export function outsideParentheses(text: string): string {
  return text.replace(/[（(][^()（）]*[)）]/g, ' ');
}
