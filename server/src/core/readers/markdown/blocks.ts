import MarkdownIt from 'markdown-it';
import { LineMap } from '../../text.ts';
import { type Cell, splitCells } from './cells.ts';
import { type Skeleton, skeletonOf } from './skeleton.ts';

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

const parser = new MarkdownIt('commonmark').enable('table');
parser.core.ruler.enableOnly(['normalize', 'block']);

/** The quote marks, list markers and check boxes before an item's own text. */
const MARKERS = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?/;
const QUOTE = /^[\s>]*/;
const FRONT_MATTER = /^\uFEFF?---[ \t]*(?:\r\n?|\n)/;

/**
 * The blocks of a markdown document in their order, nested ones after those that hold them.
 * @param shorten what may be taken off the document before it is parsed
 */
export function blocksOf(text: string, shorten: (text: string, map: LineMap) => Skeleton = skeletonOf): Block[] {
  const map = new LineMap(text);
  const skeleton = shorten(withoutFrontMatter(text), map);
  const lineAt = (number: number): Line => {
    const start = map.lineStart(number);
    return { text: text.slice(start, map.lineStart(number + 1)).trimEnd(), start };
  };
  const blocks: Block[] = [];
  let depth = 0;
  let opened = -1;
  for (const token of parser.parse(skeleton.text, {})) {
    const [from, to] = token.map ?? [0, 0];
    const first = skeleton.lines[from] ?? 0;
    const end = to > from ? skeleton.lines[to - 1]! + 1 : first;
    const lines = () => Array.from({ length: end - first }, (_, i) => lineAt(first + i));
    if (token.type === 'list_item_open') {
      depth++;
      opened = first;
    } else if (token.type === 'list_item_close') depth--;
    else if (token.type === 'heading_open')
      blocks.push(...headingOf(lines(), Number(token.tag.slice(1)), token.markup));
    else if (token.type === 'table_open') blocks.push(tableOf(lines()));
    else if (token.type === 'fence') {
      blocks.push({
        kind: 'fence',
        language: token.info.trim().split(/\s/)[0]!.toLowerCase(),
        lines: lines().slice(1),
      });
    } else if (token.type === 'paragraph_open') blocks.push(paragraphOf(lines(), depth, first === opened));
  }
  return blocks;
}

/** Front matter is no markdown; its lines become empty ones so that all others keep their numbers. */
function withoutFrontMatter(text: string): string {
  const open = FRONT_MATTER.exec(text);
  if (!open) return text.replace(/^\uFEFF/, ' ');
  const close = /(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=\r|\n|$)/.exec(text.slice(open[0].length - 1));
  if (!close) return text.replace(/^\uFEFF/, ' ');
  const end = open[0].length - 1 + close.index + close[0].length;
  return text.slice(0, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}

/** Dashes under several lines are a rule that lacks its empty line, not a heading. */
function headingOf(lines: readonly Line[], level: number, markup: string): Block[] {
  if (markup.startsWith('#'))
    return [{ kind: 'heading', level, line: withoutClosing(within(lines[0]!, /^[\s>]*#+\s*/)) }];
  const words = lines.slice(0, -1);
  if (words.length === 1) return [{ kind: 'heading', level, line: within(words[0]!, QUOTE) }];
  return [{ kind: 'paragraph', lines: words.map((line) => within(line, QUOTE)) }];
}

function tableOf(source: readonly Line[]): Block {
  const [head, , ...lines] = source.map((line) => within(line, QUOTE));
  const [header, ...rows] = [head!, ...lines].map(({ text, start }) => splitCells(text, start));
  return { kind: 'table', header: header!, rows, lines };
}

function paragraphOf(lines: readonly Line[], depth: number, first: boolean): Block {
  if (!first) return { kind: 'paragraph', lines: lines.map((line) => within(line, QUOTE)) };
  const marker = MARKERS.exec(lines[0]!.text);
  const [head, ...rest] = lines;
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
  const lead = before.exec(line.text)?.[0].length ?? 0;
  return { text: line.text.slice(lead), start: line.start + lead };
}
