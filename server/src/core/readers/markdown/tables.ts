import type { Claim, ClaimRole, Protocol } from '../../facts.ts';
import { type AddressText, reachOf } from '../../notation/webAddress.ts';
import { withoutSecrets } from '../../secrets.ts';
import { ownCopy } from '../../text.ts';
import { NOT_PUBLISHED } from '../../vocabulary/cells.ts';
import { anyPhrase, leadingPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import { CROSS_REFERENCE, saysItClashes, THROUGH, TOLERATED } from '../../vocabulary/remarks.ts';
import { INTERNAL, spokenRole, statusRole } from '../../vocabulary/roles.ts';
import { OUTBOUND } from '../../vocabulary/silentColumns.ts';
import type { Cell, Cells } from './cells.ts';
import type { Column, Meaning } from './column.ts';
import { columnsOf, type Header } from './columns.ts';
import type { Context } from './context.ts';
import { addressOf, named, type Owner, ownerNamed, ownerOf } from './owner.ts';
import { type PortItem, portItems } from './portCell.ts';
import { layoutOf, type PortColumn, Row, type TableShape } from './row.ts';
import { folderOf, scopeOf } from './rowScope.ts';

const internalWord = anyPhrase(INTERNAL);
const excusedWord = anyPhrase([...CROSS_REFERENCE, ...TOLERATED]);
/** Most cells say none of this, nor that they clash, which is tolerated as well. */
const remarkable = anyPhrase([...INTERNAL, ...CROSS_REFERENCE, ...TOLERATED, 'see', 'doc', 'reference']);
const throughOther = leadingPhrase(THROUGH);
const outboundWord = wholePhrase(OUTBOUND);
const notPublished = wholePhrase(NOT_PUBLISHED);
const SEE_PORT = /\(doc\)|\bsee (?:port )?\d{2,5}\b/i;
const PLACEHOLDER = /<[^<>]+>/;

/** Claims are made in great numbers, and field by field is the quickest way. */
type Changing<T> = { -readonly [K in keyof T]: T[K] };

/** The shape of a table that may hold claims; `undefined` for all others. */
export function shapeOf(
  header: Header,
  rows: readonly Cells[],
  context: Context,
  strict: boolean,
): TableShape | undefined {
  const layout = layoutOf(columnsOf(header, rows, strict));
  const has = (meaning: Meaning) => layout.places.has(meaning);
  if (has('silent') || !(has('port') || (has('range') && !strict))) return undefined;
  if (strict && !has('service') && !has('container')) return undefined;
  return { layout, context };
}

/** Adds what one row of a table claims to the claims of its table. */
export function readRow(shape: TableShape, cells: Cells, claims: Claim[]): void {
  const row = new Row(shape, cells);
  const { direction } = shape.layout;
  // What a service calls is somebody else's port.
  if (direction !== undefined && outboundWord.test(row.cells[direction]!.text)) return;
  for (const column of shape.layout.ports) readCell(row, column, claims);
}

function readCell(row: Row, { place, column, side, hosts }: PortColumn, claims: Claim[]): void {
  const cell = row.cells[place]!;
  const items = portItems(cell.masked, cell.start);
  if (items.length === 0) return;
  const owner = ownerOf(row, column);
  const { folder, note, beside, internal, excused, clashes } = qualitiesOf(row);
  const addresses = row.layout.addresses.length > 0 ? addressesOf(row) : [];
  for (const item of items) {
    const { name, address, port, endPort } = item;
    const role = roleOf(row, column, owner, item, items.length);
    if (role === undefined || (role === 'assignment' && PLACEHOLDER.test(name ?? ''))) continue;
    const own = named(row, owner, column, item, role);
    if (own.service === undefined && own.container === undefined && (role === 'assignment' || role === 'former'))
      continue;
    const claim: Changing<Claim> = {
      kind: 'claim',
      role,
      port,
      side: item.side ?? side ?? addressOf(row, port)?.side ?? row.context.side ?? 'any',
      form: 'table',
      span: item.span,
      scope: scopeOf(row, column, address),
      section: row.context.section,
    };
    if (endPort !== undefined) claim.endPort = endPort;
    const protocol = item.protocol ?? protocolOf(row);
    if (protocol) claim.protocol = protocol;
    if (own.service !== undefined) claim.service = ownCopy(own.service);
    if (own.container !== undefined) claim.container = ownCopy(own.container);
    if (own.serviceSpan) claim.serviceSpan = own.serviceSpan;
    if (folder !== undefined) claim.folder = folder;
    if (note !== undefined) claim.note = note;
    if (beside !== undefined) claim.beside = beside;
    if (internal || isOnlyInside(row, hosts)) claim.internal = true;
    if (excused || (item.label !== undefined && throughOther.test(item.label))) claim.excused = true;
    if (clashes) claim.clashes = true;
    if (role === 'assignment' && addresses.length > 0)
      Object.assign(claim, reachOf(addresses, claim.scope.environment));
    claims.push(claim);
  }
}

/** What a port in this cell is to its owner, told by the column, the name, the status and the headings. */
function roleOf(row: Row, column: Column, owner: Owner, item: PortItem, count: number): ClaimRole | undefined {
  const { context } = row;
  const { service, instead } = owner.service === undefined ? ownerNamed(item.name) : owner;
  const isNamed = service !== undefined && !instead;
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

function protocolOf(row: Row): Protocol | undefined {
  const told = row.said('protocol')?.text.toLowerCase();
  if (told === undefined) return undefined;
  const words = told.match(/\b(?:tcp|udp|sctp)\b/g) ?? [];
  return new Set(words).size === 1 ? (words[0] as Protocol) : undefined;
}

type Qualities = Pick<Claim, 'folder' | 'note' | 'beside' | 'internal' | 'excused' | 'clashes'>;

function qualitiesOf(row: Row): Qualities {
  const { context } = row;
  const note = row.said('note')?.text;
  const beside = besideOf(row);
  const folder = folderOf(row);
  const qualities: Changing<Qualities> = {};
  if (folder !== undefined) qualities.folder = ownCopy(folder);
  if (note !== undefined) qualities.note = ownCopy(withoutSecrets(note));
  if (beside !== undefined) qualities.beside = ownCopy(withoutSecrets(beside));
  if (context.internal) qualities.internal = true;
  if (context.excused) qualities.excused = true;
  if (!row.holds(remarkable)) return qualities;
  const all = row.cells.map(({ text }) => text).join(' | ');
  if (internalWord.test(all)) qualities.internal = true;
  if (SEE_PORT.test(all) || excusedWord.test(all) || row.cells.some(({ text }) => /^reference$/i.test(text)))
    qualities.excused = true;
  if (saysItClashes(all)) qualities.clashes = true;
  return qualities;
}

/** The cells of which nothing is known but that they stand in the row. */
function besideOf({ layout, cells }: Row): string | undefined {
  const others = layout.places.get('other');
  if (!others) return undefined;
  const said = others.flatMap((place) => (cells[place]!.speaks ? cells[place]!.text : []));
  return said.length > 0 ? said.join(' | ') : undefined;
}

/** The cells that tell under which addresses the row's service is reached. */
function addressesOf(row: Row): AddressText[] {
  return row.layout.addresses.map(({ place, ...title }) => ({ ...title, text: ownCopy(row.cells[place]!.text) }));
}

/** The row has cells for the host's port, and they say that there is none. */
function isOnlyInside(row: Row, hosts: readonly number[]): boolean {
  return hosts.length > 0 && hosts.every((place) => saysNotPublished(row.cells[place]!));
}

function saysNotPublished({ text, speaks }: Cell): boolean {
  return !speaks || notPublished.test(text.replace(/[()（）]/g, '').trim());
}
