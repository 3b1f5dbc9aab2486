import type { CellStyle } from '../../facts.ts';
import type { Span } from '../../text.ts';
import type { Cell, Cells } from './cells.ts';

/** How the cells of each column are written, by the rows of a table and their cells. */
export function stylesOf(text: string, rows: readonly Span[], cells: readonly Cells[], columns: number): CellStyle[] {
  const widths = widthsOf(text, rows);
  return Array.from({ length: columns }, (_, place) => ({
    mark: markOf(text, cells, place),
    width: Math.max(0, (widths[place] ?? 0) - 2),
  }));
}

/** How wide the cells are with the spaces around them; nothing where rows have their pipes in different places. */
function widthsOf(text: string, rows: readonly Span[]): readonly number[] {
  const { start, end } = rows[0]!;
  if (!rows.every((row) => row.end - row.start === end - start)) return [];
  const [first, ...others] = rows.map((row) => rawWidths(text.slice(row.start, row.end)));
  return others.every((widths) => isSame(widths, first!)) ? first! : [];
}

function rawWidths(row: string): number[] {
  const cells = row.split(row.includes('\\') ? /(?<!\\)\|/ : '|');
  if (cells[0]!.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map(({ length }) => length);
}

function isSame(widths: readonly number[], others: readonly number[]): boolean {
  return widths.length === others.length && widths.every((width, i) => width === others[i]);
}

const MARKS = ['`', '**', '__'];

/** The mark on both sides of every text of a column. */
function markOf(text: string, rows: readonly Cells[], place: number): string {
  const said = rows.find((row) => row[place]?.speaks)?.[place];
  const mark = said && MARKS.find((one) => wears(text, said, one));
  if (mark === undefined) return '';
  return rows.every((row) => !row[place]?.speaks || wears(text, row[place], mark)) ? mark : '';
}

/** Whether a mark is the outermost around the text of a cell. */
function wears(text: string, { start, masked }: Cell, mark: string): boolean {
  let from = start;
  let to = start + masked.length;
  while (isMark(text[from - 1])) from--;
  while (isMark(text[to])) to++;
  return text.startsWith(mark, from) && text.startsWith(mark, to - mark.length) && from + mark.length <= start;
}

function isMark(character: string | undefined): boolean {
  return character === '`' || character === '*' || character === '_';
}
