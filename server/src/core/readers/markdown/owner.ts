import type { ClaimRole, Side } from '../../facts.ts';
import { basename } from '../../path.ts';
import type { Span } from '../../text.ts';
import { roleInsteadOfName, type SpokenRole } from '../../vocabulary/roles.ts';
import type { Cell } from './cells.ts';
import type { Column, Meaning } from './column.ts';
import { hasLetters, nameOf } from './names.ts';
import type { PortItem } from './portCell.ts';
import type { Row } from './row.ts';
import { folderOf } from './rowScope.ts';

/** Whose port it is, as a row names it. All fields are there in every row: rows are read in great numbers. */
export interface Owner {
  readonly service: string | undefined;
  /** The role for which the name stands, if it is none. */
  readonly instead: SpokenRole | undefined;
  readonly container: string | undefined;
  readonly serviceSpan: Span | undefined;
}

/** Where there is no column of services, any other column of words names the owner, in this order. */
const INSTEAD: readonly Meaning[] = ['container', 'project', 'other', 'group', 'note'];

const SERVICES: readonly Meaning[] = ['service'];

/** A block of ports belongs to a group rather than to the services in it. */
const FOR_RANGES: readonly Meaning[] = ['group', 'project', 'service', 'note', 'other'];

/** The owner that a row names. */
export function ownerOf(row: Row, column: Column): Owner {
  const order = column.meaning === 'range' ? FOR_RANGES : row.has('service') ? SERVICES : INSTEAD;
  const cell = firstInWords(row, order);
  const name = cell && nameOf(cell.text);
  const span = cell && name ? { start: cell.start, end: cell.start + cell.masked.length } : undefined;
  return ownerNamed(name, row.said('container')?.text ?? nameInCode(name, row), span);
}

/** A name without a Latin letter has another one in code, told by its folder or beside it: `채팅 서버 | apps/chat-server`. */
function nameInCode(name: string | undefined, row: Row): string | undefined {
  if (name === undefined || /[a-z]/i.test(name)) return undefined;
  const folder = row.has('path') ? folderOf(row) : undefined;
  if (folder?.includes('/')) return basename(folder);
  const beside = row.layout.columns.findIndex(({ alsoNames }) => alsoNames);
  const said = row.cells[beside]?.text ?? '';
  return CODE_NAME.test(said) ? said : undefined;
}

const CODE_NAME = /^[a-z][a-z\d]{0,40}(?:[-_.][a-z\d]{1,40}){0,8}$/i;

/** An owner with this name, and this container. */
export function ownerNamed(service: string | undefined, container?: string, serviceSpan?: Span): Owner {
  return { service, instead: service === undefined ? undefined : roleInsteadOfName(service), container, serviceSpan };
}

/** The first cell with letters, by the meanings of the columns. */
function firstInWords(row: Row, meanings: readonly Meaning[]): Cell | undefined {
  for (const meaning of meanings) {
    for (const place of row.layout.places.get(meaning) ?? []) {
      const cell = row.cells[place]!;
      if (cell.speaks && hasLetters(cell.text)) return cell;
    }
  }
  return undefined;
}

/** The owner of one port of the row, once its role is known. */
export function named(row: Row, owner: Owner, column: Column, item: PortItem, role: ClaimRole): Owner {
  const { service, instead, container } = owner;
  if (role === 'free') return NOBODY;
  if (service !== undefined && instead) {
    const rest = nameOf(service.replace(/^[^:]*:?/, ''));
    return rest && role !== 'assignment' ? { ...NOBODY, service: rest } : NOBODY;
  }
  if (item.name !== undefined && (service === undefined || !row.has('service')))
    return { ...NOBODY, service: item.name };
  const inside = container ?? item.name ?? addressOf(row, item.port)?.container;
  if (column.part === undefined && inside === container) return owner;
  const whole = service === undefined || column.part === undefined ? service : `${service} ${column.part}`;
  return { ...owner, service: whole, container: inside };
}

const NOBODY: Owner = { service: undefined, instead: undefined, container: undefined, serviceSpan: undefined };

const SHOWN = /(?:^|[\s"'(/@])([\p{L}\p{N}](?:[\p{L}\p{N}_.-]{0,60}[\p{L}\p{N}])?):(\d{2,5})(?!\d)/gu;
const OUTSIDE_HOST = /^(?:localhost|host\.docker\.internal|\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The side that the row's own URLs show: `localhost:5436` is the host's, `http://api:8080` the container `api`'s. */
export function addressOf(row: Row, port: number): { side: Side; container?: string } | undefined {
  const telling = row.layout.places.get('other')?.filter((place) => row.cells[place]!.text.includes(':')) ?? [];
  if (telling.length === 0) return undefined;
  const hosts = telling.flatMap((place) =>
    [...row.cells[place]!.text.matchAll(SHOWN)]
      .filter(([, , shown]) => Number(shown) === port)
      .map(([, host]) => host!),
  );
  const outside = hosts.some((host) => OUTSIDE_HOST.test(host));
  const inside = hosts.find((host) => !host.includes('.') && !OUTSIDE_HOST.test(host));
  if (outside === (inside !== undefined)) return undefined;
  return outside ? { side: 'host' } : { side: 'container', container: inside! };
}
