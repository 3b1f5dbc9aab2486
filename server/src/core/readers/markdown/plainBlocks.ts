import type { LineMap, Span } from '../../text.ts';
import { type Block, type Line, lineAt, lineSpan, listItem, paragraph } from './blocks.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const PIPE = 0x7c;
const QUOTE = 0x3e;

/** Deeper lists are no lists of ports. */
const DEEPEST = 8;

/** The lines of a text from one up to another, and nothing else. */
interface Lines {
  readonly text: string;
  readonly map: LineMap;
  readonly first: number;
  /** Exclusive; blank lines at the end do not count. */
  readonly end: number;
}

/**
 * The blocks of lines between two blank ones, if they are what most documents are made of: text, quoted or not, a table
 * whose rows begin with pipes, a list with one line for each item. `undefined` for everything else, which the library reads.
 */
export function plainBlocks(lines: Lines): Block[] | undefined {
  const { text, map, first, end } = lines;
  let at = first;
  while (at < end && startsText(text, map.lineStart(at))) at++;
  const rest = at < end ? text.charCodeAt(map.lineStart(at)) : undefined;
  if (rest === undefined) return [paragraph(rows(lines, first, end))];
  if (rest === PIPE) return withTable(lines, at);
  if (rest === QUOTE && isQuotedText(lines)) return [paragraph(rows(lines, first, end))];
  const items = itemsOf({ ...lines, first: at });
  return items && [...(at > first ? [paragraph(rows(lines, first, at))] : []), ...items];
}

function rows({ text, map }: Lines, from: number, to: number): Line[] {
  const found: Line[] = [];
  for (let line = from; line < to; line++) found.push(lineAt(text, map, line));
  return found;
}

/** Text, then lines with pipes: a table begins in front of the first delimiter row; without one all of it is text. */
function withTable(lines: Lines, pipes: number): Block[] | undefined {
  const { text, map, first, end } = lines;
  let delimiter: number | undefined;
  for (let line = pipes; line < end; line++) {
    const start = map.lineStart(line);
    if (text.charCodeAt(start) === PIPE) {
      if (delimiter === undefined && isOfSigns(text, start)) delimiter = line;
    } else if (!startsText(text, start)) return undefined;
  }
  if (delimiter === undefined) return [paragraph(rows(lines, first, end))];
  const header = delimiter - 1;
  if (header < pipes || !isHeader(text, lineSpan(text, map, header), lineSpan(text, map, delimiter))) return undefined;
  const body: Span[] = [];
  for (let line = delimiter + 1; line < end; line++) body.push(lineSpan(text, map, line));
  const found: Block = { kind: 'table', header: lineSpan(text, map, header), rows: body };
  return header > first ? [paragraph(rows(lines, first, header)), found] : [found];
}

/** Whether a row consists of the signs of delimiter rows alone. */
function isOfSigns(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return true;
    if (code !== PIPE && code !== SPACE && code !== TAB && code !== 0x2d && code !== 0x3a) return false;
  }
  return true;
}

const DELIMITER = /^\|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;

/** Whether two rows with pipes at both ends, or in front, begin a table. */
function isHeader(text: string, header: Span, delimiter: Span): boolean {
  const pipes = pipesWithin(text, header);
  return (
    pipes !== undefined &&
    pipes === pipesWithin(text, delimiter) &&
    DELIMITER.test(text.slice(delimiter.start, delimiter.end))
  );
}

/** How many pipes stand between the ends of a row; `undefined` where it has one alone, or a backslash. */
function pipesWithin(text: string, { start, end }: Span): number | undefined {
  if (end - start < 2 || text.charCodeAt(start) !== PIPE) return undefined;
  let pipes = 0;
  for (let at = start + 1; at < end - 1; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) return undefined;
    if (code === PIPE) pipes++;
  }
  return text.charCodeAt(end - 1) === BACKSLASH ? undefined : pipes;
}

function isQuotedText({ text, map, first, end }: Lines): boolean {
  for (let line = first; line < end; line++) {
    const start = map.lineStart(line);
    if (text.charCodeAt(start) !== QUOTE || text.charCodeAt(start + 1) !== SPACE) return false;
    if (!startsText(text, start + 2)) return false;
  }
  return true;
}

/** A bullet list whose items have one line each, and whose nesting is told by spaces. */
function itemsOf({ text, map, first, end }: Lines): Block[] | undefined {
  const items: Block[] = [];
  /** Where the contents of the items above begin. */
  const columns: number[] = [];
  for (let line = first; line < end; line++) {
    const start = map.lineStart(line);
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    const indent = at - start;
    if (!isBullet(text, at) || !(startsText(text, at + 2) || startsTask(text, at + 2))) return undefined;
    while (columns.length > 0 && indent < columns.at(-1)!) columns.pop();
    if (indent - (columns.at(-1) ?? 0) > 3 || columns.length === DEEPEST) return undefined;
    columns.push(indent + 2);
    items.push(listItem([lineAt(text, map, line)], columns.length));
  }
  return items;
}

function isBullet(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 0x2d || code === 0x2a || code === 0x2b) && text.charCodeAt(at + 1) === SPACE;
}

const TASK = /\[[ xX]\] +[a-z0-9]/iy;

function startsTask(text: string, at: number): boolean {
  TASK.lastIndex = at;
  return TASK.test(text);
}

/** Signs with which a line of text may begin, as no block begins with them. */
const PLAIN_SIGNS = '("\'/@$!?%&.,;{';

/** Whether a line or what follows a bullet begins like text, and can be nothing else. */
function startsText(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return true;
  if (code >= 0x30 && code <= 0x39) return !isOrdered(text, at);
  if (code > 0x7f) return !/\s/.test(text[at]!);
  const sign = text[at];
  if (sign === '*') return text[at + 1] === '*' && isLetter(text.charCodeAt(at + 2));
  if (sign === '_') return isLetter(text.charCodeAt(at + 1));
  if (sign === '`') return isLetter(text.charCodeAt(at + 1));
  return sign !== undefined && PLAIN_SIGNS.includes(sign);
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

/** `1.` and `1)` begin an ordered list. */
function isOrdered(text: string, start: number): boolean {
  let at = start;
  while (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return text[at] === '.' || text[at] === ')';
}
