import type { Claim, ClaimRole, Protocol, Side } from '../../facts.ts';
import { withoutSecrets } from '../../secrets.ts';
import { addressTitle } from '../../vocabulary/addresses.ts';
import { NOT_PUBLISHED } from '../../vocabulary/cells.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import {
  CROSS_REFERENCE,
  INTERNAL,
  roleInsteadOfName,
  saysItClashes,
  spokenRole,
  statusRole,
  TOLERATED,
} from '../../vocabulary/roles.ts';
import { type AddressText, reachOf } from '../../webAddress.ts';
import type { Cell, Text } from './cells.ts';
import { type Column, columnsOf, isBlank, type Meaning } from './columns.ts';
import type { Context } from './context.ts';
import { addressOf, named, ownerOf } from './owner.ts';
import { type PortItem, portItems } from './portCell.ts';
import { Row, type TableShape } from './row.ts';
import { folderOf, scopeOf } from './rowScope.ts';

const internalWord = anyPhrase(INTERNAL);
const excusedWord = anyPhrase([...CROSS_REFERENCE, ...TOLERATED]);
/** Most rows say none of this, nor that they clash, which is tolerated as well. */
const remarkable = anyPhrase([...INTERNAL, ...CROSS_REFERENCE, ...TOLERATED]);
const notPublished = wholePhrase(NOT_PUBLISHED);
const SEE_PORT = /\(doc\)|\bsee (?:port )?\d{2,5}\b/i;
const PLACEHOLDER = /<[^<>]+>/;

/** Claims are made in great numbers, and field by field is the quickest way. */
type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** The shape of a table that may hold claims; `undefined` for all others. */
export function shapeOf(
  header: readonly Cell[],
  rows: readonly (readonly Text[])[],
  context: Context,
  strict: boolean,
): TableShape | undefined {
  const columns = columnsOf(header, rows, strict);
  const places = new Map<Meaning, number[]>();
  for (const [place, { meaning }] of columns.entries()) {
    const others = places.get(meaning);
    if (others) others.push(place);
    else places.set(meaning, [place]);
  }
  const has = (meaning: Meaning) => places.has(meaning);
  if (has('silent') || !(has('port') || (has('range') && !strict))) return undefined;
  if (strict && !has('service') && !has('container')) return undefined;
  const addresses = columns.flatMap(({ meaning, title }, place) => {
    const told = meaning === 'port' ? undefined : addressTitle(title);
    return told ? [{ ...told, place }] : [];
  });
  return { columns, places, addresses, context };
}

/** What one row of a table claims. */
export function readRow(shape: TableShape, source: readonly Text[]): Claim[] {
  const row = new Row(shape, source);
  return shape.columns.flatMap((column, i) =>
    column.meaning === 'port' || column.meaning === 'range' ? readCell(row, column, row.cells[i]!) : [],
  );
}

function readCell(row: Row, column: Column, cell: Text): Claim[] {
  const items = portItems(cell.masked, cell.start);
  if (items.length === 0) return [];
  const owner = ownerOf(row, column);
  const qualities = qualitiesOf(row);
  const addresses = addressesOf(row);
  return items.flatMap((item): Claim[] => {
    const { name, address } = item;
    const role = roleOf(row, column, item, items.length, owner.service ?? name);
    if (role === undefined || (role === 'assignment' && PLACEHOLDER.test(name ?? ''))) return [];
    const own = named(row, owner, column, item, role);
    if (own.service === undefined && own.container === undefined && (role === 'assignment' || role === 'former'))
      return [];
    const claim: Changing<Claim> = {
      kind: 'claim',
      role,
      port: item.port,
      side: item.side ?? sideOf(row, column, item.port),
      form: 'table',
      span: item.span,
      scope: scopeOf(row, column, address),
      section: row.shape.context.section,
    };
    if (item.endPort !== undefined) claim.endPort = item.endPort;
    const protocol = item.protocol ?? protocolOf(row);
    if (protocol) claim.protocol = protocol;
    Object.assign(claim, own, qualities);
    if (role === 'assignment' && addresses.length > 0)
      Object.assign(claim, reachOf(addresses, claim.scope.environment));
    if (isOnlyInside(row, column)) claim.internal = true;
    return [claim];
  });
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
  const status = row.said('status');
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
  const told = row.said('protocol')?.text.toLowerCase();
  if (told === undefined) return undefined;
  const words = told.match(/\b(?:tcp|udp|sctp)\b/g) ?? [];
  return new Set(words).size === 1 ? (words[0] as Protocol) : undefined;
}

type Qualities = Pick<Claim, 'folder' | 'note' | 'internal' | 'excused' | 'clashes'>;

function qualitiesOf(row: Row): Qualities {
  const { context } = row.shape;
  const all = row.cells.map(({ text }) => text).join(' | ');
  const note = row.said('note')?.text;
  const folder = folderOf(row);
  const isReference = row.cells.some(({ text }) => text.length === 9 && /^reference$/i.test(text));
  const isRemarkable = remarkable.test(all);
  const qualities: Changing<Qualities> = {};
  if (folder !== undefined) qualities.folder = folder;
  if (note !== undefined) qualities.note = withoutSecrets(note);
  if (context.internal || (isRemarkable && internalWord.test(all))) qualities.internal = true;
  if (isReference || context.excused || SEE_PORT.test(all) || (isRemarkable && excusedWord.test(all)))
    qualities.excused = true;
  if (isRemarkable && saysItClashes(all)) qualities.clashes = true;
  return qualities;
}

/** The cells that tell under which addresses the row's service is reached. */
function addressesOf(row: Row): AddressText[] {
  return row.shape.addresses.map(({ place, ...title }) => ({ ...title, text: row.cells[place]!.text }));
}

/** The row has a cell for the host's port, and it says that there is none. */
function isOnlyInside(row: Row, column: Column): boolean {
  if (column.side !== 'container') return false;
  const hosts = row.shape.columns.flatMap((other, i) => (other.side === 'host' ? [row.cells[i]!.text] : []));
  return (
    hosts.length > 0 && hosts.every((text) => isBlank(text) || notPublished.test(text.replace(/[()（）]/g, '').trim()))
  );
}
