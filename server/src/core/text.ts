import { partitionPoint } from './sorted.ts';

/** A stretch of a document: UTF-16 offsets, 0-based, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A short text with memory of its own. What is cut out of a long text goes on pointing into it, and so keeps all of it:
 * facts take copies of what they keep.
 */
export function ownCopy(text: string): string {
  // Asked for a property, engines lay its name out anew, once for all texts that are equal.
  return NOTHING[text] ?? text;
}
const NOTHING: Readonly<Record<string, string>> = Object.create(null);

/** Longer texts are no documents that people write by hand, and are not read. */
export const LONGEST = 1024 * 1024;

/** A place in a document as people and editors count it: line and UTF-16 column, both 0-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Whether a text holds U+FFFD, which stands for bytes that were no text. Nobody can tell any more which they were. */
export function isLossy(text: string): boolean {
  return text.includes('\ufffd');
}

/**
 * Converts between offsets and positions. Keeps the line starts and not the text, so that a closed file costs little.
 * Lines end at `\n`, `\r\n` or `\r`, as in the Language Server Protocol; U+2028 ends no line.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocuments
 */
export class LineMap {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    // A copy has no room left for more.
    this.#starts = (text.includes('\r') ? startsWithReturns(text) : startsOf(text)).slice();
    this.#length = text.length;
  }

  /** How long the text is. */
  get length(): number {
    return this.#length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The offset up to which lines begin and end where those of another text do. */
  sameUntil(other: LineMap): number {
    if (this.#length === other.#length && this.#starts === other.#starts) return Number.POSITIVE_INFINITY;
    let line = 0;
    while (line < this.#starts.length && this.#starts[line] === other.#starts[line]) line++;
    if (line === this.#starts.length && line === other.#starts.length && this.#length === other.#length)
      return Number.POSITIVE_INFINITY;
    return this.#starts[line - 1]!;
  }

  /** The offset at which a line begins; a line past the end gives the text's length. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** The position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    const line = partitionPoint(this.#starts, (start) => start <= at) - 1;
    return { line, column: at - this.#starts[line]! };
  }

  /** The offset of a position; columns past the end of the line are clamped to the next line's start. */
  offset({ line, column }: Position): number {
    if (line < 0) return 0;
    if (line >= this.#starts.length) return this.#length;
    return Math.min(this.lineStart(line) + Math.max(0, column), this.lineStart(line + 1));
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function startsWithReturns(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
