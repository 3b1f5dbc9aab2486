import type { CellStyle } from '../../facts.ts';
import { hasWords } from './names.ts';

/** How the cells of each column are written, by the rows of a table. */
export function stylesOf(rows: readonly string[]): CellStyle[] {
  const cells = rows.map(rawCells);
  const columns = Math.min(...cells.map(({ length }) => length));
  const isAligned = cells.every(
    (row) => row.length === columns && row.every((text, i) => text.length === cells[0]![i]!.length),
  );
  return Array.from({ length: columns }, (_, i) => {
    const column = cells.map((row) => row[i]!);
    return { mark: markOf(column), width: isAligned ? Math.max(0, column[0]!.length - 2) : 0 };
  });
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

/** The mark on both sides of every text of a column. */
function markOf(column: readonly string[]): string {
  const said = column.filter(hasWords);
  const first = said[0]?.trim();
  const mark = MARKS.find((one) => first !== undefined && wears(first, one));
  return mark !== undefined && said.every((text) => wears(text.trim(), mark)) ? mark : '';
}
