import type { Table } from '../../facts.ts';
import { lineBreakOf } from '../listings.ts';
import { stylesOf } from './cellStyles.ts';
import type { Column } from './columns.ts';
import type { WalkedTable } from './walk.ts';

/** What one must know to add a row to a table. */
export function tableOf(text: string, { shape, lines }: WalkedTable): Table {
  const last = lines.at(-1)!;
  const end = last.start + last.text.length;
  return {
    columns: shape.columns.map(columnOf),
    body: { start: lines[0]!.start, end },
    lineBreak: lineBreakOf(text),
    outerPipes: last.text.startsWith('|'),
    styles: stylesOf(lines.map((line) => line.text)),
  };
}

function columnOf({ meaning, side }: Column): Table['columns'][number] {
  if (meaning === 'port') return side === 'container' ? 'container port' : 'port';
  const known = ['service', 'container', 'protocol', 'path'] as const;
  return known.find((one) => one === meaning) ?? 'other';
}
