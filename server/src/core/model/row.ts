import type { CellStyle, Claim, Column, FileFacts, Listing, Table } from '../facts.ts';
import type { Edit } from '../finding.ts';
import { basename } from '../path.ts';
import type { Running } from './services.ts';
import type { PlacedUse } from './uses.ts';

/** A place in which a registry keeps assignments, with the ports that are there. */
interface Home {
  readonly ports: readonly number[];
  readonly add: () => Edit;
}

/**
 * The edit that adds a service to a registry: a row or an entry where the ports are nearest, in the shape of those that
 * are there and, where these ascend, at the right height. `undefined` when the registry has no table in which a row
 * tells a service and its one port, and no list of entries that are written alike, or when no such name can be.
 */
export function rowFor(running: Running, use: PlacedUse, registry: FileFacts): Edit | undefined {
  const { name, container = name } = running.service;
  if (!isWritable(name) || !isWritable(container)) return undefined;
  const { tables = [], listings = [] } = registry.document ?? {};
  const homes: Home[] = [
    ...tables.filter(takesRows).map((table) => inTable(table, running, use, registry)),
    ...listings.map((listing) => inListing(listing, running, use, registry.path)),
  ];
  const distance = ({ ports }: Home) =>
    ports.reduce((least, port) => Math.min(least, Math.abs(port - use.port)), Infinity);
  const [nearest] = homes.filter(({ ports }) => ports.length > 0).sort((a, b) => distance(a) - distance(b));
  return nearest?.add();
}

/**
 * Whether a name is one that compose takes, with variables or without, so that it means nothing but itself wherever it
 * is written: https://docs.docker.com/reference/compose-file/services/
 */
export function isWritable(name: string): boolean {
  return /^[\w$][\w.${}:-]*$/.test(name);
}

/** In a matrix with a column of ports for each part of a service, nobody knows in which column the port belongs. */
function takesRows({ columns }: Table): boolean {
  const named = columns.includes('service') || columns.includes('container');
  return named && columns.filter((column) => column === 'port').length === 1;
}

function inTable(table: Table, running: Running, use: PlacedUse, registry: FileFacts): Home {
  const rows = rowsOf(table, registry);
  const add = () => {
    const next = following(rows, use.port);
    const row = rowText(table, rows, running, use);
    return insertion(registry.path, row, next && registry.lines.lineStart(next.line), table.body.end, table.lineBreak);
  };
  return { ports: rows.map(({ port }) => port), add };
}

function inListing(
  { entries, body, around, portFirst, lineBreak }: Listing,
  running: Running,
  use: PlacedUse,
  path: string,
): Home {
  const add = () => {
    const [first, second] = portFirst ? [use.port, running.service.name] : [running.service.name, use.port];
    const entry = `${around[0]}${first}${around[1]}${second}${around[2]}`;
    return insertion(path, entry, following(entries, use.port)?.span.start, body.end, lineBreak);
  };
  return { ports: entries.map(({ port }) => port), add };
}

/** @param next where the line begins in front of which the new text belongs, if not at the end */
function insertion(path: string, text: string, next: number | undefined, end: number, lineBreak: string): Edit {
  return next === undefined
    ? { path, span: { start: end, end }, newText: lineBreak + text }
    : { path, span: { start: next, end: next }, newText: text + lineBreak };
}

/** The first with a higher port, where ports ascend. */
function following<T extends { readonly port: number }>(all: readonly T[], port: number): T | undefined {
  const ascends = all.every((one, i) => i === 0 || all[i - 1]!.port <= one.port);
  return ascends ? all.find((one) => one.port > port) : undefined;
}

interface Row {
  readonly port: number;
  readonly line: number;
  readonly path: Claim['scope']['path'];
}

function rowsOf({ body }: Table, registry: FileFacts): Row[] {
  return registry.claims
    .filter(({ role, side }) => role === 'assignment' && side !== 'container')
    .filter(({ span }) => body.start <= span.start && span.end <= body.end)
    .map(({ port, span, scope }) => ({ port, line: registry.lines.position(span.start).line, path: scope.path }));
}

function rowText(
  { columns, styles, outerPipes }: Table,
  rows: readonly Row[],
  running: Running,
  use: PlacedUse,
): string {
  // Where rows say for which compose file they hold, one that does not would hold for all.
  const file = rows.some(({ path }) => path !== undefined) ? basename(running.file.path) : '';
  const cells = columns.map((column, i) => styled(column === 'path' ? file : cell(column, running, use), styles[i]));
  return outerPipes ? `| ${cells.join(' | ')} |` : cells.join(' | ').trimEnd();
}

function styled(text: string, { mark, width }: CellStyle = { mark: '', width: 0 }): string {
  return (text === '' ? '' : mark + text + mark).padEnd(width);
}

function cell(column: Column, { service: { name, container }, uses }: Running, use: PlacedUse): string {
  switch (column) {
    case 'port':
      return String(use.port);
    case 'container port':
      return String(uses.find((other) => other.role === 'target' && other.mapping === use.mapping)?.port ?? '');
    case 'service':
      return name;
    case 'container':
      return container ?? name;
    case 'protocol':
      return (use.protocol ?? 'tcp').toUpperCase();
    default:
      return '';
  }
}
