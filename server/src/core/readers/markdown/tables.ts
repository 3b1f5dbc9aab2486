import type { Claim, ClaimRole, Protocol, Scope, Side } from '../../facts.ts';
import type { Span } from '../../text.ts';
import { NOT_PUBLISHED } from '../../vocabulary/cells.ts';
import { SERVICE } from '../../vocabulary/columns.ts';
import { namesEnvironment, namesMachine } from '../../vocabulary/environments.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import {
  CROSS_REFERENCE,
  INTERNAL,
  roleInsteadOfName,
  spokenRole,
  statusRole,
  TOLERATED,
} from '../../vocabulary/roles.ts';
import type { Cell } from './cells.ts';
import { type Column, columnsOf, isBlank, type Meaning } from './columns.ts';
import type { Context } from './context.ts';
import { clean, extent, mask } from './inline.ts';
import { nameOf } from './names.ts';
import { type PortItem, portItems } from './portCell.ts';

/** A table's columns with what stands around it; rows that were added elsewhere are read with it, too. */
export interface TableShape {
  readonly columns: readonly Column[];
  readonly context: Context;
}

/** One row: every cell masked and read. */
interface Row {
  readonly shape: TableShape;
  readonly cells: readonly Text[];
}

interface Text {
  readonly text: string;
  readonly masked: string;
  readonly start: number;
}

interface Owner {
  readonly service?: string;
  readonly container?: string;
  readonly serviceSpan?: Span;
}

const servicePatterns = SERVICE.map((phrase) => wholePhrase([phrase]));
const internalWord = anyPhrase(INTERNAL);
const excusedWord = anyPhrase([...CROSS_REFERENCE, ...TOLERATED]);
const notPublished = wholePhrase(NOT_PUBLISHED);
const SEE_PORT = /\(doc\)|\bsee (?:port )?\d{2,5}\b/i;
const PLACEHOLDER = /<[^<>]+>/;

/** The shape of a table that may hold claims; `undefined` for all others. */
export function shapeOf(
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  context: Context,
  strict: boolean,
): TableShape | undefined {
  const columns = columnsOf(header, rows, strict);
  const has = (meaning: Meaning) => columns.some((column) => column.meaning === meaning);
  if (has('silent') || !(has('port') || (has('range') && !strict))) return undefined;
  if (strict && !has('service') && !has('container')) return undefined;
  return { columns, context };
}

/** What one row of a table claims. */
export function readRow(shape: TableShape, source: readonly Cell[]): Claim[] {
  const cells = shape.columns.map((_, i): Text => {
    const cell = source[i] ?? { text: '', start: 0 };
    const masked = mask(cell.text);
    return { text: clean(masked), masked, start: cell.start };
  });
  const row = { shape, cells };
  return shape.columns.flatMap((column, i) =>
    column.meaning === 'port' || column.meaning === 'range' ? readCell(row, column, cells[i]!) : [],
  );
}

function readCell(row: Row, column: Column, cell: Text): Claim[] {
  const items = portItems(cell.masked, cell.start);
  const owner = ownerOf(row, column);
  const qualities = qualitiesOf(row);
  return items.flatMap((item): Claim[] => {
    const { name, label, address, side, open, ...port } = item;
    const role = roleOf(row, column, item, items.length, owner.service ?? name);
    if (role === undefined || (role === 'assignment' && PLACEHOLDER.test(name ?? ''))) return [];
    const own = named(row, owner, column, item, role);
    if (own.service === undefined && own.container === undefined && (role === 'assignment' || role === 'former'))
      return [];
    const protocol = item.protocol ?? protocolOf(row);
    return [
      {
        kind: 'claim',
        role,
        ...port,
        ...(protocol && { protocol }),
        side: side ?? sideOf(row, column, item.port),
        ...own,
        form: 'table',
        scope: scopeOf(row, column, address),
        section: row.shape.context.section,
        ...qualities,
        ...((qualities.internal || isOnlyInside(row, column)) && { internal: true as const }),
      },
    ];
  });
}

/** The first cell of a meaning that says something. */
function said(row: Row, meaning: Meaning): Text | undefined {
  const i = row.shape.columns.findIndex((column, at) => column.meaning === meaning && !isBlank(row.cells[at]!.text));
  return row.cells[i];
}

/** The cell of the service, by the most telling header. */
function serviceOf({ shape, cells }: Row): Text | undefined {
  let best: { cell: Text; power: number } | undefined;
  shape.columns.forEach(({ meaning, title }, i) => {
    if (meaning !== 'service') return;
    const power = servicePatterns.findIndex((pattern) => pattern.test(title));
    if (!best || (power >= 0 && (best.power < 0 || power < best.power))) best = { cell: cells[i]!, power };
  });
  return best?.cell;
}

/** Where there is no column of services, any other column of words names the owner, in this order. */
const INSTEAD: readonly Meaning[] = ['container', 'project', 'other', 'group', 'note'];

/** A block of ports belongs to a group rather than to the services in it. */
const INSTEAD_FOR_RANGES: readonly Meaning[] = ['group', 'project', 'service', 'note', 'other'];

function ownerOf(row: Row, column: Column): Owner {
  const has = (meaning: Meaning) => row.shape.columns.some((other) => other.meaning === meaning);
  const container = said(row, 'container');
  const inOrder = (meanings: readonly Meaning[]) =>
    meanings.map((meaning) => said(row, meaning)).find((cell) => cell && /\p{L}/u.test(cell.text));
  const cell =
    column.meaning === 'range' ? inOrder(INSTEAD_FOR_RANGES) : has('service') ? serviceOf(row) : inOrder(INSTEAD);
  const name = cell && nameOf(cell.text);
  const span = cell && name ? extent(cell.masked, cell.start) : undefined;
  return {
    ...(name && { service: name }),
    ...(container && { container: container.text }),
    ...(span && { serviceSpan: span }),
  };
}

function named(row: Row, owner: Owner, column: Column, item: PortItem, role: ClaimRole): Owner {
  const { service, container, serviceSpan } = owner;
  if (role === 'free') return {};
  if (service !== undefined && roleInsteadOfName(service)) {
    const rest = nameOf(service.replace(/^[^:]*:?/, ''));
    return rest && role !== 'assignment' ? { service: rest } : {};
  }
  const hasServices = row.shape.columns.some(({ meaning }) => meaning === 'service');
  if (item.name !== undefined && (service === undefined || !hasServices)) return { service: item.name };
  const inside = container ?? item.name ?? addressOf(row, item.port)?.container;
  return {
    ...(service !== undefined && { service: column.part === undefined ? service : `${service} ${column.part}` }),
    ...(inside !== undefined && { container: inside }),
    ...(serviceSpan && { serviceSpan }),
  };
}

const SHOWN = /(?:^|[\s"'(/@])([\p{L}\p{N}](?:[\p{L}\p{N}_.-]{0,60}[\p{L}\p{N}])?):(\d{2,5})(?!\d)/gu;
const OUTSIDE_HOST = /^(?:localhost|host\.docker\.internal|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The side that the row's own URLs show: `localhost:5436` is the host's, `http://api:8080` the container `api`'s. */
function addressOf(row: Row, port: number): { side: Side; container?: string } | undefined {
  const hosts = row.shape.columns.flatMap(({ meaning }, i) =>
    meaning === 'other'
      ? [...row.cells[i]!.text.matchAll(SHOWN)].filter(([, , shown]) => Number(shown) === port).map(([, host]) => host!)
      : [],
  );
  const outside = hosts.some((host) => OUTSIDE_HOST.test(host));
  const inside = hosts.find((host) => !host.includes('.') && !OUTSIDE_HOST.test(host));
  if (outside === (inside !== undefined)) return undefined;
  return outside ? { side: 'host' } : { side: 'container', container: inside! };
}

/** What a port in this cell is to its owner, told by the column, the name, the status and the headings. */
function roleOf(
  row: Row,
  column: Column,
  item: PortItem,
  count: number,
  owner: string | undefined,
): ClaimRole | undefined {
  const { context } = row.shape;
  const instead = owner === undefined ? undefined : roleInsteadOfName(owner);
  const isNamed = owner !== undefined && !instead;
  const status = said(row, 'status');
  const byStatus = status && statusRole(status.text);
  if (context.role === 'forbidden') return 'forbidden';
  if (column.role === 'former' || column.role === 'free') return column.role;
  if (instead) return instead;
  if (byStatus && !(byStatus === 'free' && isNamed)) return byStatus;
  if (!isNamed && column.meaning === 'port') {
    return spokenRole(row.cells.map(({ text }) => text).join(' ')) ?? context.role;
  }
  const block = column.meaning === 'range' && (item.endPort !== undefined || count > 1);
  if (block) return 'range';
  if (column.meaning === 'range') return 'assignment';
  return context.role ?? column.role ?? 'assignment';
}

function sideOf(row: Row, column: Column, port: number): Side {
  if (column.side) return column.side;
  const others = row.shape.columns.filter((other) => other !== column && other.meaning === 'port');
  if (others.some(({ side }) => side === 'container')) return 'host';
  if (others.length === 1 && others[0]!.side === 'host') return 'container';
  return addressOf(row, port)?.side ?? row.shape.context.side ?? 'any';
}

function protocolOf(row: Row): Protocol | undefined {
  const found = new Set(
    (said(row, 'protocol')
      ?.text.toLowerCase()
      .match(/\b(?:tcp|udp|sctp)\b/g) ?? []) as Protocol[],
  );
  return found.size === 1 ? [...found][0] : undefined;
}

function scopeOf(row: Row, column: Column, address: string | undefined): Scope {
  const { scope } = row.shape.context;
  const environment =
    column.environment ??
    placeIn(said(row, 'environment')?.text) ??
    onlyPlaceIn(said(row, 'status')?.text) ??
    scope.environment;
  const machine = said(row, 'machine')?.text ?? scope.machine;
  const hasOwner = row.shape.columns.some(({ meaning }) => meaning === 'service' || meaning === 'container');
  const project = hasOwner ? said(row, 'project')?.text : undefined;
  const files = said(row, 'path')?.text.match(COMPOSE_FILE) ?? [];
  const bound = address ?? said(row, 'address')?.text.match(/\d{1,3}(?:\.\d{1,3}){3}/)?.[0];
  return {
    ...(environment !== undefined && { environment }),
    ...(machine !== undefined && { machine }),
    ...(project !== undefined && { project }),
    ...(files.length === 1 && { path: files[0]! }),
    ...(bound !== undefined && { address: bound }),
  };
}

/** Rows that name other folders only say where their code lies; a compose file limits what the row can speak of. */
const COMPOSE_FILE = /[\w./-]+\.ya?ml\b/g;

function placeIn(text: string | undefined): string | undefined {
  const place = text === undefined || text.length > 40 ? undefined : nameOf(text);
  return place !== undefined && (namesEnvironment(place) || namesMachine(place)) ? place : undefined;
}

/** A status such as `Local dev` or `Demo Server` names a place; `In development` tells how far the work is. */
function onlyPlaceIn(text: string | undefined): string | undefined {
  const place = placeIn(text);
  return place?.split(/\s+/).every((word) => namesEnvironment(word) || namesMachine(word)) ? place : undefined;
}

function qualitiesOf(row: Row): Pick<Claim, 'note' | 'internal' | 'excused'> {
  const all = row.cells.map(({ text }) => text).join(' | ');
  const note = said(row, 'note')?.text;
  const type = row.cells.some(({ text }) => /^reference$/i.test(text));
  return {
    ...(note !== undefined && { note }),
    ...((internalWord.test(all) || row.shape.context.internal) && { internal: true as const }),
    ...((type || SEE_PORT.test(all) || excusedWord.test(all)) && { excused: true as const }),
  };
}

/** The row has a cell for the host's port, and it says that there is none. */
function isOnlyInside(row: Row, column: Column): boolean {
  if (column.side !== 'container') return false;
  const hosts = row.shape.columns.flatMap((other, i) => (other.side === 'host' ? [row.cells[i]!.text] : []));
  return (
    hosts.length > 0 && hosts.every((text) => isBlank(text) || notPublished.test(text.replace(/[()（）]/g, '').trim()))
  );
}
