import { clean, mask } from './inline.ts';
import { hasWords } from './names.ts';

const TAB = 0x09;
const SPACE = 0x20;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
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

/** What the characters of a cell tell of it, as bits. */
const LETTER = 1;
/** Stars and backticks, which are markup wherever they stand. */
const EMPHASIS = 2;
/** What takes a closer look: other markup, white space and what is no ASCII. */
const ODD = 4;

const TOLD = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === STAR || code === BACKTICK) return EMPHASIS;
  const character = String.fromCharCode(code);
  return /[a-z\d]/i.test(character) ? LETTER : /[<~[\\]|\s/.test(character) ? ODD : 0;
});

/**
 * Splits a table row into its cells. Pipes at both ends are optional; a backslash protects the pipe or backslash after
 * it, and code marks protect nothing. https://github.github.com/gfm/#tables-extension-
 * @param from where the row begins in the text, and `to` where it ends
 */
export function splitCells(text: string, from = 0, to = text.length): Cell[] {
  const cells: Cell[] = [];
  let start = -1;
  let end = 0;
  let told = 0;
  for (let at = afterFirstPipe(text, from, to); at <= to; at++) {
    const code = at < to ? text.charCodeAt(at) : PIPE;
    if (code === SPACE) continue;
    if (code === PIPE) {
      if (at < to || cells.length === 0 || !isBlank(text, start, end)) cells.push(cellAt(text, start, end, told, at));
      start = -1;
      told = 0;
      continue;
    }
    if (start < 0) start = at;
    else if (at > end + 1) told |= ODD;
    told |= code < 128 ? TOLD[code]! : ODD;
    if (code === UNDERSCORE && !isWithinWord(text, at)) told |= ODD;
    if (code === BACKSLASH && isProtected(text, at + 1, to)) at++;
    end = at + 1;
  }
  return cells;
}

function afterFirstPipe(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB || /\s/.test(text[at]!))) at++;
  return at < to && text.charCodeAt(at) === PIPE ? at + 1 : from;
}

function isProtected(text: string, at: number, to: number): boolean {
  return at < to && (text.charCodeAt(at) === PIPE || text.charCodeAt(at) === BACKSLASH);
}

/** An underscore between letters or digits is one; all others may be markup. */
function isWithinWord(text: string, at: number): boolean {
  return TOLD[text.charCodeAt(at - 1)] === LETTER && TOLD[text.charCodeAt(at + 1)] === LETTER;
}

function isBlank(text: string, start: number, end: number): boolean {
  return start < 0 || text.slice(start, end).trim() === '';
}

/** @param start negative where nothing but spaces stands in front of the pipe at `pipe` */
function cellAt(text: string, start: number, end: number, told: number, pipe: number): Cell {
  if (start < 0) return { text: '', masked: '', start: pipe, speaks: false };
  if ((told & ODD) === 0) {
    if ((told & EMPHASIS) === 0) return plain(text.slice(start, end), start, told);
    let from = start;
    let to = end;
    while (from < to && isEmphasis(text, from)) from++;
    while (to > from && isEmphasis(text, to - 1)) to--;
    const words = text.slice(from, to);
    if (isPlainWithin(words)) return plain(words, from, told);
  }
  return maskedCell(text.slice(start, end), start);
}

function plain(words: string, start: number, told: number): Cell {
  return { text: words, masked: words, start, speaks: (told & LETTER) !== 0 };
}

function isEmphasis(text: string, at: number): boolean {
  return TOLD[text.charCodeAt(at)] === EMPHASIS;
}

/** Whether a text that stood in emphasis holds no more of it, and no spaces at its ends. */
function isPlainWithin(words: string): boolean {
  return !words.includes('*') && !words.includes('`') && !words.startsWith(' ') && !words.endsWith(' ');
}

/** Any cell, character by character. */
export function maskedCell(source: string, start: number): Cell {
  const masked = mask(source);
  const inner = masked.trimStart();
  const text = clean(masked);
  return { text, masked: inner.trimEnd(), start: start + masked.length - inner.length, speaks: hasWords(text) };
}
