import type { Span } from '../../text.ts';

/** Where somebody types, in a text that is not finished. */
export interface Cursor {
  readonly text: string;
  readonly offset: number;
  /** The line of the cursor, without its line break. */
  readonly line: Span;
  /** What of the line stands in front of the cursor, and behind it. */
  readonly before: string;
  readonly after: string;
}

/** A longer line is no line that people write. */
const LONGEST = 2000;

/** The cursor at an offset of a text; `undefined` in lines that are too long for anybody to have written them. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  if (end - start > LONGEST) return undefined;
  return { text, offset, line: { start, end }, before: text.slice(start, offset), after: text.slice(offset, end) };
}

/** The digits around the cursor, and what of the line stands in front of them and behind them. */
export function digitsAt({ before, after, offset }: Cursor): { lead: string; span: Span; rest: string } {
  const [typed] = /(?<!\d)\d*$/.exec(before)!;
  const [more] = /^\d*/.exec(after)!;
  const span = { start: offset - typed.length, end: offset + more.length };
  return { lead: before.slice(0, before.length - typed.length), span, rest: after.slice(more.length) };
}

/** The lines above the one of the cursor, the nearest first. */
export function* linesAbove({ text, line }: Cursor): Generator<string> {
  for (let end = line.start; end > 0; ) {
    const last = breakBefore(text, end);
    const start = lineStart(text, last);
    yield text.slice(start, last);
    end = start;
  }
}

/** The lines below the one of the cursor. */
export function* linesBelow({ text, line }: Cursor): Generator<string> {
  for (let end = line.end; end < text.length; ) {
    const start = end + (text.startsWith('\r\n', end) ? 2 : 1);
    end = lineEnd(text, start);
    yield text.slice(start, end);
  }
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text, start - 1)) start--;
  return start;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text, end)) end++;
  return end;
}

/** Where the line break begins that ends at an offset. */
function breakBefore(text: string, end: number): number {
  return text.startsWith('\r\n', end - 2) ? end - 2 : end - 1;
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
