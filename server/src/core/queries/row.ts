import type { CellStyle, Claim, Column, FileFacts, Listing, Table } from '../facts.ts';
import type { Edit } from '../finding.ts';
import { push } from '../grouped.ts';
import type { Running } from '../model/services/services.ts';
import { targetOf } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { basename } from '../path.ts';
import { partitionPoint } from '../sorted.ts';

/** A place in which a registry keeps assignments, with those that are there. */
interface Home {
  readonly rows: readonly { readonly port: number }[];
  readonly add: (running: Running, use: PlacedUse) => Edit | undefined;
}

/**
 * The edit that adds a service to a registry: a row or an entry where the ports are nearest, in the shape of those that
 * are there and, where these ascend, at the right height. `undefined` when the registry has no table in which a row
 * tells a service and its one port, and no list of entries that are written alike, when no such name can be, or when it
 * is a key already.
 */
export function rowFor(running: Running, use: PlacedUse, registry: FileFacts): Edit | undefined {
  const { name, container = name } = running.service;
  if (!isWritable(name) || !isWritable(container)) return undefined;
  return homesOf(registry)(use.port)?.add(running, use);
}

const known = new WeakMap<FileFacts, (port: number) => Home | undefined>();

/** Tells in which place of a registry the port lies that is nearest to another one. Kept as long as the facts are. */
function homesOf(registry: FileFacts): (port: number) => Home | undefined {
  const before = known.get(registry);
  if (before) return before;
  const { tables = [], listings = [] } = registry.document ?? {};
  const taking = tables.filter(takesRows);
  const rows = rowsOf(taking, registry);
  const nearest = nearestOf([
    ...taking.map((table) => inTable(table, rows.get(table) ?? [], registry)),
    ...listings.map((listing) => inListing(listing, registry)),
  ]);
  known.set(registry, nearest);
  return nearest;
}

/** Of homes with equally near ports the first. */
function nearestOf(homes: readonly Home[]): (port: number) => Home | undefined {
  const byPort = new Map<number, number>();
  for (const [n, { rows }] of homes.entries()) for (const { port } of rows) if (!byPort.has(port)) byPort.set(port, n);
  const ports = [...byPort.keys()].sort((a, b) => a - b);
  return (port) => {
    const at = firstAbove(ports, port);
    const [below, above] = [ports[at - 1], ports[at]];
    if (below === undefined || above === undefined) return homes[byPort.get((below ?? above)!) ?? -1];
    const [near, far] = [port - below, above - port];
    const [a, b] = [byPort.get(below)!, byPort.get(above)!];
    return homes[near === far ? Math.min(a, b) : near < far ? a : b];
  };
}

/** How many of ascending ports are not above one. */
function firstAbove(ports: readonly number[], port: number): number {
  return partitionPoint(ports, (one) => one <= port);
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

function inTable(table: Table, rows: readonly Row[], registry: FileFacts): Home {
  const following = followingIn(rows);
  // Where rows say for which compose file they hold, one that does not would hold for all.
  const namesFiles = rows.some(({ path }) => path !== undefined);
  const add = (running: Running, use: PlacedUse) => {
    const next = following(use.port);
    const row = rowText(table, namesFiles, running, use);
    return insertion(registry.path, row, next && registry.lines.lineStart(next.line), table.body.end, table.lineBreak);
  };
  return { rows, add };
}

function inListing({ entries, body, around, portFirst, lineBreak }: Listing, { path, claims }: FileFacts): Home {
  const following = followingIn(entries);
  // A key of a map may stand there once.
  const isKeyed = !portFirst && /^\s*["']?$/.test(around[0]);
  const keys = new Set(isKeyed ? claims.map(({ service }) => service) : []);
  const add = (running: Running, use: PlacedUse) => {
    if (keys.has(running.service.name)) return undefined;
    const [first, second] = portFirst ? [use.port, running.service.name] : [running.service.name, use.port];
    const entry = `${around[0]}${first}${around[1]}${second}${around[2]}`;
    return insertion(path, entry, following(use.port)?.span.start, body.end, lineBreak);
  };
  return { rows: entries, add };
}

/** @param next where the line begins in front of which the new text belongs, if not at the end */
function insertion(path: string, text: string, next: number | undefined, end: number, lineBreak: string): Edit {
  return next === undefined
    ? { path, span: { start: end, end }, newText: lineBreak + text }
    : { path, span: { start: next, end: next }, newText: text + lineBreak };
}

/** Looks up the first with a higher port, where ports ascend. */
function followingIn<T extends { readonly port: number }>(all: readonly T[]): (port: number) => T | undefined {
  const ports = all.map(({ port }) => port);
  const ascends = ports.every((port, i) => i === 0 || ports[i - 1]! <= port);
  return (port) => (ascends ? all[firstAbove(ports, port)] : undefined);
}

interface Row {
  readonly port: number;
  readonly line: number;
  readonly path: Claim['scope']['path'];
}

/** The rows of each table, by where its text begins and ends. */
function rowsOf(tables: readonly Table[], registry: FileFacts): Map<Table, Row[]> {
  const sorted = tables.toSorted((a, b) => a.body.start - b.body.start);
  const starts = sorted.map(({ body }) => body.start);
  const rows = new Map<Table, Row[]>();
  for (const { role, side, port, span, scope } of registry.claims) {
    const table = sorted[firstAbove(starts, span.start) - 1];
    if (!table || span.end > table.body.end || role !== 'assignment' || side === 'container') continue;
    push(rows, table, { port, line: registry.lines.position(span.start).line, path: scope.path });
  }
  return rows;
}

function rowText(
  { columns, styles, outerPipes }: Table,
  namesFiles: boolean,
  running: Running,
  use: PlacedUse,
): string {
  const file = namesFiles ? basename(running.file.path) : '';
  const cells = columns.map((column, i) => styled(column === 'path' ? file : cell(column, running, use), styles[i]));
  return outerPipes ? `| ${cells.join(' | ')} |` : cells.join(' | ').trimEnd();
}

function styled(text: string, { mark, width }: CellStyle = { mark: '', width: 0 }): string {
  return (text === '' ? '' : mark + text + mark).padEnd(width);
}

function cell(column: Column, running: Running, use: PlacedUse): string {
  const { name, container } = running.service;
  switch (column) {
    case 'port':
      return String(use.port);
    case 'container port':
      return String(targetOf(use, running)?.port ?? '');
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
