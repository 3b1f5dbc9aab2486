import type { Column, FileFacts, Table } from '../../facts.ts';
import { isWritable } from '../../queries/row.ts';
import type { Span } from '../../text.ts';
import type { Completion } from './completion.ts';
import { type Cursor, digitsAt } from './cursor.ts';
import { type Around, portCompletions } from './offers.ts';
import { entryOffers, unregisteredServices } from './unregistered.ts';

/** What is missing in the cell of a registry's table: a port, or the name of a service. */
export function completeTable(cursor: Cursor, file: FileFacts, around: Around): Completion[] {
  const table = file.document?.tables?.find(({ body }) => body.start <= cursor.offset && cursor.line.start <= body.end);
  const row = table && rowAt(cursor, table);
  if (!row) return [];
  const { column, cell, says } = row;
  if (column === 'port' || column === 'container port') return completePort(cursor, cell, row, table, file, around);
  if (column !== 'service' && column !== 'container') return [];
  const span = nameIn(cursor, cell);
  const [, port] = /^`?(\d{1,5})\b/.exec(says('port') ?? '') ?? [];
  return span ? names(Number(port ?? Number.NaN), span, around) : [];
}

interface Row {
  readonly column: Column;
  /** The cell of the cursor, up to its pipes. */
  readonly cell: Span;
  /** What stands in the first cell of such a column, if anything. */
  says(column: Column): string | undefined;
}

/** The row at the cursor as it is now, be it that cells are missing. */
function rowAt({ text, line, offset }: Cursor, { columns, outerPipes }: Table): Row | undefined {
  const cells = cellsOf(text.slice(line.start, line.end), line.start);
  if (outerPipes || /^\s*\|/.test(text.slice(line.start, line.end))) cells.shift();
  const at = cells.findIndex(({ start, end }) => start <= offset && offset <= end);
  const column = columns[at];
  if (column === undefined) return undefined;
  const says = (wanted: Column) => {
    const cell = cells[columns.indexOf(wanted)];
    return cell && (text.slice(cell.start, cell.end).trim() || undefined);
  };
  return { column, cell: cells[at]!, says };
}

/** The stretches between the pipes of a line; a backslash protects a pipe. */
function cellsOf(line: string, base: number): Span[] {
  const pipes = [...line.matchAll(/\\.|\|/g)].flatMap(({ 0: sign, index }) => (sign === '|' ? [index] : []));
  const ends = [...pipes, line.length];
  return ends.map((end, i) => ({ start: base + (i === 0 ? 0 : ends[i - 1]! + 1), end: base + end }));
}

function completePort(
  cursor: Cursor,
  cell: Span,
  { column, says }: Row,
  { body }: Table,
  { claims }: FileFacts,
  around: Around,
): Completion[] {
  const { span } = digitsAt(cursor);
  const lead = cursor.text.slice(cell.start, span.start);
  const rest = cursor.text.slice(span.end, cell.end);
  if (!/^\s*(?:`|\*\*)?$/.test(lead) || !/^(?:`|\*\*)?\s*$/.test(rest)) return [];
  const name = says('service') ?? says('container');
  const near = claims.filter(({ role, span: at }) => {
    const isOther = at.end <= around.here.start || around.here.end <= at.start;
    return role === 'assignment' && isOther && body.start <= at.start && at.end <= body.end;
  });
  const side = column === 'port' ? 'host' : 'container';
  const ports = near.map(({ port }) => port);
  return portCompletions(entryOffers(name?.replace(/[`*]/g, ''), side, ports, around), span);
}

/** The name that is being typed in a cell: up to the marks around it. None behind a finished word. */
function nameIn({ text, offset }: Cursor, cell: Span): Span | undefined {
  const [lead] = /^\s*(?:`|\*\*)?/.exec(text.slice(cell.start, offset))!;
  const typed = text.slice(cell.start + lead.length, offset);
  const [more] = /^[^\s`*|]*/.exec(text.slice(offset, cell.end))!;
  return /[\s`*]$/.test(typed) ? undefined : { start: offset - typed.length, end: offset + more.length };
}

/** The services to be registered; the ones that take the row's port come first. */
function names(port: number, span: Span, around: Around): Completion[] {
  const all = unregisteredServices(around);
  const fitting = all.filter((one) => one.port === port);
  const seen = new Set<string>();
  return [...fitting, ...all]
    .filter(({ service }) => isWritable(service) && !seen.has(service) && seen.add(service))
    .map((one): Completion => {
      const { service, where } = one;
      const documentation = `${service} takes ${one.port} on its host, which no registry mentions.`;
      const preselect = fitting[0] === one && { preselect: true as const };
      return { label: service, detail: `${one.port} · ${where}`, documentation, span, newText: service, ...preselect };
    });
}
