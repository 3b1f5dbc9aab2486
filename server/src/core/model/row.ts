import type { Claim, Column, FileFacts, Table } from '../facts.ts';
import type { Edit } from '../finding.ts';
import { basename } from '../path.ts';
import type { Running } from './services.ts';
import type { PlacedUse } from './uses.ts';

/**
 * The edit that adds a service to a registry: a row in the table whose ports are nearest, in the shape of that table
 * and, where its rows ascend, at the right height. `undefined` when the registry has no table in which a row tells a
 * service and its one port.
 */
export function rowFor(running: Running, use: PlacedUse, registry: FileFacts): Edit | undefined {
  const tables = (registry.document?.tables ?? [])
    .filter(takesRows)
    .map((table) => ({ table, ports: portsOf(table, registry) }))
    .filter(({ ports }) => ports.length > 0);
  const distance = (ports: readonly { port: number }[]) =>
    Math.min(...ports.map(({ port }) => Math.abs(port - use.port)));
  const [nearest] = tables.sort((a, b) => distance(a.ports) - distance(b.ports));
  if (!nearest) return undefined;
  const { table, ports } = nearest;
  // Where rows say for which compose file they hold, one that does not would hold for all.
  const file = ports.some(({ path }) => path !== undefined) ? basename(running.file.path) : '';
  const cells = table.columns.map((column) => (column === 'path' ? file : cell(column, running, use)));
  const row = table.outerPipes ? `| ${cells.join(' | ')} |` : cells.join(' | ');
  const next = ascends(ports) ? ports.find(({ port }) => port > use.port) : undefined;
  const { end } = table.body;
  if (!next) return { path: registry.path, span: { start: end, end }, newText: table.lineBreak + row };
  const start = registry.lines.lineStart(next.line);
  return { path: registry.path, span: { start, end: start }, newText: row + table.lineBreak };
}

/** In a matrix with a column of ports for each part of a service, nobody knows in which column the port belongs. */
function takesRows({ columns }: Table): boolean {
  const named = columns.includes('service') || columns.includes('container');
  return named && columns.filter((column) => column === 'port').length === 1;
}

function portsOf({ body }: Table, registry: FileFacts): { port: number; line: number; path: Claim['scope']['path'] }[] {
  return registry.claims
    .filter(({ role, span }) => role === 'assignment' && body.start <= span.start && span.end <= body.end)
    .map(({ port, span, scope }) => ({ port, line: registry.lines.position(span.start).line, path: scope.path }));
}

function ascends(ports: readonly { port: number }[]): boolean {
  return ports.every(({ port }, i) => i === 0 || ports[i - 1]!.port <= port);
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
