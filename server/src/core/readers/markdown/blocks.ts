import { type LineMap, ownCopy } from '../../text.ts';
import { type Cell, splitCells } from './cells.ts';

/** One line, or the part of it that belongs to a block, without markers, and where it begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly line: Line }
  | {
      readonly kind: 'table';
      readonly header: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
      /** The rows as lines. */
      readonly lines: readonly Line[];
    }
  | { readonly kind: 'item'; readonly depth: number; readonly task: boolean; readonly lines: readonly Line[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly kind: 'fence'; readonly language: string; readonly lines: readonly Line[] };

/** The quote marks, list markers and check boxes before an item's own text. */
const MARKERS = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?/;
const QUOTE = /^[\s>]*/;

/** A whole line of a document. What is read of it must not keep the document in memory. */
export function lineAt(text: string, map: LineMap, number: number): Line {
  const start = map.lineStart(number);
  return { text: ownCopy(text.slice(start, map.lineStart(number + 1)).trimEnd()), start };
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
export function table(source: readonly Line[]): Block {
  const [head, , ...lines] = source.map((line) => within(line, QUOTE));
  const rows = lines.map(({ text, start }) => splitCells(text, start));
  return { kind: 'table', header: splitCells(head!.text, head!.start), rows, lines };
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
