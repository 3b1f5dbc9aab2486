import type { LineMap } from '../../text.ts';
import { type Block, fence, heading, lineAt } from './blocks.ts';
import { libraryBlocks } from './libraryBlocks.ts';
import { plainBlocks } from './plainBlocks.ts';

/** Blocks that belong together, and nothing before or behind them makes them others. */
export interface Group {
  /** The first of its lines. */
  readonly line: number;
  readonly blocks: readonly Block[];
}

const HASH = 0x23;
const FRONT_MATTER = /^\uFEFF?---[ \t]*(?:\r\n?|\n)/;
const HEADING = /(#{1,6})(?=[ \t\r\n]|$)/y;
const FENCE = /(?:`{3,}(?=[^`\r\n]*(?:[\r\n]|$))|~{3,})/y;
const CLOSING = /[ ]{0,3}(`{3,}|~{3,})[ \t]*(?=[\r\n]|$)/y;

/** Reads the blocks of a markdown document, group by group. https://spec.commonmark.org/0.31.2/#blocks-and-inlines */
export class Groups {
  readonly #text: string;
  readonly #map: LineMap;
  readonly #count: number;
  #line: number;

  /** @param line where to begin: the document's first line, or the first one of a group */
  constructor(text: string, map: LineMap, line = bodyOf(text, map)) {
    this.#text = text;
    this.#map = map;
    this.#count = map.lineCount;
    this.#line = line;
  }

  /** The line behind the last group, with which the next one begins. */
  get line(): number {
    return this.#line;
  }

  /** The next group; `undefined` behind the last one. */
  next(): Group | undefined {
    while (this.#line < this.#count && this.#isBlank(this.#line)) this.#line++;
    if (this.#line >= this.#count) return undefined;
    const line = this.#line;
    const blocks = this.#heading(line) ?? this.#fence(line) ?? this.#others(line);
    return { line, blocks };
  }

  #heading(line: number): Block[] | undefined {
    const level = this.#at(HEADING, line)?.[1]?.length;
    if (level === undefined) return undefined;
    this.#line = line + 1;
    return [heading(lineAt(this.#text, this.#map, line), level)];
  }

  #fence(line: number): Block[] | undefined {
    const marks = this.#at(FENCE, line)?.[0];
    if (marks === undefined) return undefined;
    let end = line + 1;
    while (end < this.#count && this.#at(CLOSING, end)?.[1]?.startsWith(marks) !== true) end++;
    // Blanks behind the last line break are no line of the block.
    const isLast = end === this.#count;
    if (isLast && this.#isBlank(end - 1)) end--;
    this.#line = isLast ? this.#count : end + 1;
    const opening = lineAt(this.#text, this.#map, line);
    const lines = Array.from({ length: this.#line - line }, (_, i) => lineAt(this.#text, this.#map, line + i));
    return [fence(opening.text.slice(marks.length), lines.slice(0, isLast ? end - line : undefined))];
  }

  /** What stands between two cuts: plain, or for the library; more, while its last block is open. */
  #others(line: number): Block[] {
    const text = this.#text;
    const map = this.#map;
    let cut = this.#cut(line + 1);
    this.#line = cut.line;
    if (!cut.hasGap) {
      const blocks = plainBlocks({ text, map, first: line, end: cut.end });
      if (blocks) return blocks;
    }
    for (;;) {
      const { blocks, isOpen } = libraryBlocks(text, map, line, cut.line);
      this.#line = cut.line;
      if (!isOpen || cut.line >= this.#count) return blocks;
      cut = this.#cut(Math.min(this.#count, line + 2 * (cut.line - line)));
    }
  }

  /**
   * The first line from which on nothing can belong to what stands before it, unless a block without containers is
   * still open: headings, fences, and lines without indentation behind a blank one.
   * @returns the line, where the lines before it end that are not blank, and whether there are blank ones among these
   */
  #cut(from: number): { readonly line: number; readonly end: number; readonly hasGap: boolean } {
    let end = from;
    let hasGap = false;
    for (let line = from; line < this.#count; line++) {
      if (this.#isBlank(line)) continue;
      const isBehindBlank = line > end;
      if (this.#isCut(line, isBehindBlank || this.#isBlank(line - 1))) return { line, end, hasGap };
      hasGap ||= isBehindBlank;
      end = line + 1;
    }
    return { line: this.#count, end, hasGap };
  }

  #isCut(line: number, isBehindBlank: boolean): boolean {
    const code = this.#text.charCodeAt(this.#map.lineStart(line));
    if (isBehindBlank) return code !== 0x20 && code !== 0x09;
    if (code === HASH) return this.#at(HEADING, line) !== null;
    return (code === 0x60 || code === 0x7e) && this.#at(FENCE, line) !== null;
  }

  #isBlank(line: number): boolean {
    const end = this.#map.lineStart(line + 1);
    for (let at = this.#map.lineStart(line); at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x09) return code === 0x0a || code === 0x0d;
    }
    return true;
  }

  #at(pattern: RegExp, line: number): RegExpExecArray | null {
    pattern.lastIndex = this.#map.lineStart(line);
    return pattern.exec(this.#text);
  }
}

/** All blocks of a markdown document in their order, nested ones after those that hold them. */
export function blocksOf(text: string, map: LineMap): Block[] {
  const groups = new Groups(text, map);
  const blocks: Block[] = [];
  for (let group = groups.next(); group; group = groups.next()) blocks.push(...group.blocks);
  return blocks;
}

/** The line with which the markdown begins: front matter is none. */
function bodyOf(text: string, map: LineMap): number {
  const open = FRONT_MATTER.exec(text);
  const close = open && /(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=\r|\n|$)/.exec(text.slice(open[0].length - 1));
  return close ? map.position(open[0].length - 1 + close.index + close[0].length).line + 1 : 0;
}
