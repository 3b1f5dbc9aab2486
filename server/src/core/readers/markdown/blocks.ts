import { type LineMap, ownCopy, type Span } from '../../text.ts';

/** One line, or the part of it that belongs to a block, without markers, and where it begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly line: Line }
  /** Where its rows stand: there may be thousands, in tables that are about something else. */
  | { readonly kind: 'table'; readonly header: Span; readonly rows: readonly Span[] }
  | { readonly kind: 'item'; readonly depth: number; readonly task: boolean; readonly lines: readonly Line[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly kind: 'fence'; readonly language: string; readonly lines: readonly Line[] };

/** The quote marks, list markers and check boxes before an item's own text. */
const MARKERS = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?/;
const QUOTE = /^[\s>]*/;

/** A whole line of a document. What is read of it must not keep the document in memory. */
export function lineAt(text: string, map: LineMap, number: number): Line {
  const { start, end } = lineSpan(text, map, number);
  return { text: ownCopy(text.slice(start, end)), start };
}

/** Where a line stands, without the white space at its end. */
export function lineSpan(text: string, map: LineMap, number: number): Span {
  const start = map.lineStart(number);
  let end = map.lineStart(number + 1);
  while (end > start && isSpace(text, end - 1)) end--;
  return { start, end };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code <= 0x20 || code > 0x7f ? /\s/.test(text[at]!) : false;
}

/** `## Ports`, from its whole line. */
export function heading(line: Line, level: number): Block {
  return { kind: 'heading', level, line: withoutClosing(within(line, /^[\s>]*#+\s*/)) };
}

/** A heading by the signs below it. Dashes under several lines are a rule that lacks its empty line, not a heading. */
export function underlined(lines: readonly Line[], level: number): Block {
  const words = lines.slice(0, -1);
  return words.length === 1 ? { kind: 'heading', level, line: within(words[0]!, QUOTE) } : paragraph(words);
}

/** A table, from its header to its last row. */
export function table(text: string, lines: readonly Span[]): Block {
  const [header, , ...rows] = lines.map((line) => unquoted(text, line));
  return { kind: 'table', header: header!, rows };
}

function unquoted(text: string, line: Span): Span {
  let { start } = line;
  while (start < line.end && (text[start] === '>' || isSpace(text, start))) start++;
  return start === line.start ? line : { start, end: line.end };
}

/** A block of code, from its opening line. */
export function fence(info: string, lines: readonly Line[]): Block {
  return { kind: 'fence', language: info.trim().split(/\s/)[0]!.toLowerCase(), lines: lines.slice(1) };
}

export function paragraph(lines: readonly Line[]): Block {
  return { kind: 'paragraph', lines: lines.map((line) => within(line, QUOTE)) };
}

/** What stands first in an item of a list, from the line with its marker. */
export function listItem([head, ...rest]: readonly Line[], depth: number): Block {
  const marker = MARKERS.exec(head!.text);
  return {
    kind: 'item',
    depth,
    task: marker?.[1] !== undefined,
    lines: [within(head!, MARKERS), ...rest.map((line) => within(line, QUOTE))],
  };
}

/** `## Ports ##` ends before its closing signs. */
function withoutClosing({ text, start }: Line): Line {
  let end = text.length;
  while (text[end - 1] === '#') end--;
  return { text: end === 0 || /\s/.test(text[end - 1]!) ? text.slice(0, end).trimEnd() : text, start };
}

function within(line: Line, before: RegExp): Line {
  if (before === QUOTE && !/^[\s>]/.test(line.text)) return line;
  const lead = before.exec(line.text)?.[0].length ?? 0;
  return lead === 0 ? line : { text: line.text.slice(lead), start: line.start + lead };
}
