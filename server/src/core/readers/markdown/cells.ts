import { clean, mask } from './inline.ts';
import { hasWords } from './names.ts';

const SPACE = 0x20;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const BACKTICK = 0x60;
const PIPE = 0x7c;

/** One cell of a table's row. */
export interface Cell {
  /** As a person reads it. */
  readonly text: string;
  /** As it is written, without markup at its ends and with blanks in place of all other. */
  readonly masked: string;
  /** Where that begins. */
  readonly start: number;
  /** Whether it holds a letter or a digit; a dash and a picture say nothing. */
  readonly speaks: boolean;
}

/** The cells of a row. */
export type Cells = readonly Cell[];

/**
 * What takes a closer look: markup, white space but for single spaces between words, and what is no ASCII. Underscores
 * between letters or digits are no markup.
 */
const ODD = /[^ !-)+-;=-Z\]^_a-{}]|^ | $| {2}|(?<![a-z\d])_|_(?![a-z\d])/i;
const SPEAKS = /[a-z\d]/i;

/**
 * Splits a table row into its cells. Pipes at both ends are optional; a backslash protects the pipe or backslash after
 * it, and code marks protect nothing. https://github.github.com/gfm/#tables-extension-
 * @param from where the row begins in the text, and `to` where it ends
 */
export function splitCells(text: string, from = 0, to = text.length): Cell[] {
  const row = text.slice(from, to);
  const cells: Cell[] = [];
  let start = row.charCodeAt(0) === PIPE ? 1 : (/^\s+\|/.exec(row)?.[0].length ?? 0);
  for (let pipe = nextPipe(row, start); pipe >= 0; pipe = nextPipe(row, start)) {
    cells.push(cellAt(row, start, pipe, from));
    start = pipe + 1;
  }
  if (cells.length === 0 || row.slice(start).trim() !== '') cells.push(cellAt(row, start, row.length, from));
  return cells;
}

/** The next pipe that ends a cell; negative behind the last one. */
function nextPipe(row: string, start: number): number {
  let pipe = row.indexOf('|', start);
  while (pipe > start && isProtected(row, start, pipe)) pipe = row.indexOf('|', pipe + 1);
  return pipe;
}

/** Whether an odd number of backslashes stands in front: the others protect each other. */
function isProtected(row: string, start: number, pipe: number): boolean {
  let at = pipe;
  while (at > start && row.charCodeAt(at - 1) === BACKSLASH) at--;
  return (pipe - at) % 2 === 1;
}

/** @param pipe the end of the cell, and `base` where the row begins */
function cellAt(row: string, first: number, pipe: number, base: number): Cell {
  let start = first;
  let end = pipe;
  while (start < end && row.charCodeAt(start) === SPACE) start++;
  while (end > start && row.charCodeAt(end - 1) === SPACE) end--;
  if (start === end) return { text: '', masked: '', start: base + pipe, speaks: false };
  let from = start;
  let to = end;
  while (from < to && isEmphasis(row.charCodeAt(from))) from++;
  while (to > from && isEmphasis(row.charCodeAt(to - 1))) to--;
  const words = row.slice(from, to);
  if (ODD.test(words)) return maskedCell(row.slice(start, end), base + start);
  return { text: words, masked: words, start: base + from, speaks: SPEAKS.test(words) };
}

/** Stars and backticks are markup wherever they stand. */
function isEmphasis(code: number): boolean {
  return code === STAR || code === BACKTICK;
}

/** Any cell, character by character. */
export function maskedCell(source: string, start: number): Cell {
  const masked = mask(source);
  const inner = masked.trimStart();
  const text = clean(masked);
  return { text, masked: inner.trimEnd(), start: start + masked.length - inner.length, speaks: hasWords(text) };
}
