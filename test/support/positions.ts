import type { Position, Range } from 'vscode-languageserver/node';

/** In what the characters of a line are counted. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/**
 * The position of an offset, counted by the book and not by the server's own means. Within `\r\n` or a surrogate pair
 * is no position.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocuments
 */
export function positionAt(text: string, offset: number, encoding: Encoding = 'utf-16'): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: units(lines.at(-1)!, encoding) };
}

export function offsetAt(text: string, { line, character }: Position, encoding: Encoding = 'utf-16'): number {
  const parts = text.split(/(\r\n|\r|\n)/);
  const start = parts.slice(0, line * 2).join('').length;
  let column = 0;
  let at = 0;
  for (const letter of parts[line * 2] ?? '') {
    if (column >= character) break;
    column += units(letter, encoding);
    at += letter.length;
  }
  return start + at;
}

export function rangeOf(text: string, start: number, end: number, encoding?: Encoding): Range {
  return { start: positionAt(text, start, encoding), end: positionAt(text, end, encoding) };
}

/** Whether a cursor can stand at an offset: not within `\r\n` or a surrogate pair. */
export function isCursor(text: string, offset: number): boolean {
  return offset <= 0 || !/^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(offset - 1, offset + 1));
}

function units(text: string, encoding: Encoding): number {
  if (encoding === 'utf-16') return text.length;
  return encoding === 'utf-8' ? Buffer.byteLength(text) : [...text].length;
}
