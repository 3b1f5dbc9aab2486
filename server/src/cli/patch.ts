import { discreet } from '../core/secrets.ts';
import type { Span } from '../core/text.ts';
import { printed } from './printed.ts';

/**
 * The difference of two texts as `git apply` and `patch` take it; empty when there is none.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 * Lines that may hold a secret, or would steer a terminal, are not shown as they are; such a patch does not fit.
 * @param isVariables the file sets environment variables: what stands around a port is nobody's business, and without
 * the lines around a change `git apply` needs `--unidiff-zero`
 */
export function unifiedDiff(file: string, before: string, after: string, isVariables = false): string {
  if (before === after) return '';
  const lines = difference(linesOf(before), linesOf(after));
  const shown = (line: Line) => ({
    ...line,
    text: discreet(line.text, line.changed, isVariables).replace(CONTROLS, '\ufffd'),
  });
  const hunks = hunksOf(lines, isVariables ? 0 : 3).map(([from, to]) => hunk(lines, from, to, shown));
  return `--- a/${printed(file)}\n+++ b/${printed(file)}\n${hunks.join('')}`;
}

/** A line of either text, with its line end. ` ` stands in both. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Where it differs from the line in whose place it comes. */
  readonly changed?: Span;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** The parts of a difference that are shown: changes with their context, those near to each other as one. */
function hunksOf(lines: readonly Line[], context: number): [from: number, to: number][] {
  const hunks: [number, number][] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const last = hunks.at(-1);
    const to = Math.min(lines.length, at + 1 + context);
    if (last && at - context <= last[1]) last[1] = to;
    else hunks.push([Math.max(0, at - context), to]);
  }
  return hunks;
}

function hunk(lines: readonly Line[], from: number, to: number, show: (line: Line) => Line): string {
  const shown = lines.slice(from, to);
  const range = (sign: '-' | '+') => {
    const before = lines.slice(0, from).filter((line) => line.sign !== opposite(sign)).length;
    const count = shown.filter((line) => line.sign !== opposite(sign)).length;
    return `${sign}${count === 0 ? before : before + 1},${count}`;
  };
  const body = shown.map(show).map(({ sign, text }) => {
    const line = sign + text;
    return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
  });
  return `@@ ${range('-')} ${range('+')} @@\n${body.join('')}`;
}

/** What would steer a terminal. A patch with such a line does not fit, and no file that people write has one. */
const CONTROLS = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g;

function opposite(sign: '-' | '+'): '-' | '+' {
  return sign === '-' ? '+' : '-';
}

/** The lines of both texts, side by side. Edits are small and far between, so the next common line is never far. */
function difference(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let x = 0;
  let y = 0;
  while (x < before.length || y < after.length) {
    const [nextX, nextY] = nextCommon(before, x, after, y);
    const isReplaced = nextX - x === nextY - y;
    const [from, to] = [x, y];
    for (; x < nextX; x++) lines.push(changedLine('-', before[x]!, isReplaced ? after[to + x - from] : undefined));
    for (; y < nextY; y++) lines.push(changedLine('+', after[y]!, isReplaced ? before[from + y - to] : undefined));
    for (; x < before.length && before[x] === after[y]; x++, y++) lines.push({ sign: ' ', text: before[x]! });
  }
  return lines;
}

function changedLine(sign: '-' | '+', text: string, other: string | undefined): Line {
  if (other === undefined) return { sign, text };
  let start = 0;
  let [end, otherEnd] = [text.length, other.length];
  while (start < end && text[start] === other[start]) start++;
  while (end > start && otherEnd > start && text[end - 1] === other[otherEnd - 1])
    [end, otherEnd] = [end - 1, otherEnd - 1];
  while (isDigit(text[start - 1])) start--;
  while (isDigit(text[end])) end++;
  return { sign, text, changed: { start, end } };
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /\d/.test(character);
}

/** Where two texts next have the same line, the nearest such place; their ends are the same, too. */
function nextCommon(before: readonly string[], x: number, after: readonly string[], y: number): [x: number, y: number] {
  for (let distance = 0; ; distance++) {
    const least = Math.max(0, distance - (after.length - y));
    const most = Math.min(distance, before.length - x);
    for (let skipped = least; skipped <= most; skipped++) {
      if (before[x + skipped] === after[y + distance - skipped]) return [x + skipped, y + distance - skipped];
    }
  }
}
