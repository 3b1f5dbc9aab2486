import type { CellStyle } from '../../facts.ts';
import type { Span } from '../../text.ts';
import { hasWords } from './names.ts';

/** How the cells of each column are written, by the rows of a table. Most tables tell within a few rows. */
export function stylesOf(text: string, rows: readonly Span[], columns: number): CellStyle[] {
  const marks = new Array<string | undefined>(columns).fill(undefined);
  let first: readonly string[] | undefined;
  let isAligned = true;
  for (const { start, end } of rows) {
    if (!isAligned && marks.every((mark) => mark === '')) break;
    const cells = rawCells(text.slice(start, end));
    first ??= cells;
    isAligned &&= areAligned(first, cells);
    for (let i = 0; i < columns; i++) if (marks[i] !== '') marks[i] = markOf(cells[i] ?? '', marks[i]);
  }
  return marks.map((mark = '', i) => ({ mark, width: isAligned ? Math.max(0, (first?.[i] ?? '').length - 2) : 0 }));
}

function areAligned(row: readonly string[], other: readonly string[]): boolean {
  return row.length === other.length && row.every((text, i) => text.length === other[i]!.length);
}

/** The cells with the spaces around them. */
function rawCells(row: string): string[] {
  const cells = row.trimEnd().split(row.includes('\\') ? /(?<!\\)\|/ : '|');
  if (cells[0]!.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells;
}

const MARKS = ['`', '**', '__'];

function wears(text: string, mark: string): boolean {
  return text.length > 2 * mark.length && text.startsWith(mark) && text.endsWith(mark);
}

/**
 * The mark on both sides of a cell's text, empty where there is none.
 * @param known of the cells above; `undefined` while they say nothing
 */
function markOf(cell: string, known: string | undefined): string | undefined {
  if (!hasWords(cell)) return known;
  const text = cell.trim();
  const marks = known === undefined ? MARKS : [known];
  return marks.find((mark) => wears(text, mark)) ?? '';
}
