import type { Table } from '../../facts.ts';
import { lineBreakOf } from '../listings.ts';
import { stylesOf } from './cellStyles.ts';
import type { Column } from './column.ts';
import type { Layout } from './row.ts';
import type { WalkedTable } from './walk.ts';

/** What one must know to add a row to a table. */
export function tableOf(text: string, { shape, rows, cells }: WalkedTable): Table {
  const first = rows[0]!;
  const last = rows.at(-1)!;
  return {
    columns: columnsOf(shape.layout),
    body: { start: first.start, end: last.end },
    lineBreak: lineBreakOf(text),
    outerPipes: text[last.start] === '|',
    styles: stylesOf(text, rows, cells, shape.layout.columns.length),
  };
}

/** The same for all tables with the same header. */
const known = new WeakMap<Layout, Table['columns']>();

function columnsOf(layout: Layout): Table['columns'] {
  const columns = known.get(layout) ?? layout.columns.map(columnOf);
  known.set(layout, columns);
  return columns;
}

function columnOf({ meaning, side }: Column): Table['columns'][number] {
  if (meaning === 'port') return side === 'container' ? 'container port' : 'port';
  const known = ['service', 'container', 'protocol', 'path'] as const;
  return known.find((one) => one === meaning) ?? 'other';
}
