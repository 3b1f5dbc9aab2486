import type { ClaimRole, Side } from '../../facts.ts';
import { findPorts, isPort, parsePort } from '../../portText.ts';
import { remembered } from '../../remembered.ts';
import { WELL_KNOWN } from '../../vocabulary/cells.ts';
import * as headers from '../../vocabulary/columns.ts';
import { namesEnvironment, namesMachine } from '../../vocabulary/environments.ts';
import { anyPhrase, type Phrases, wholePhrase } from '../../vocabulary/phrases.ts';
import * as ports from '../../vocabulary/portColumns.ts';
import { FREE, RESERVED } from '../../vocabulary/roles.ts';
import type { Cell, Text } from './cells.ts';
import { clean, mask } from './inline.ts';
import { hasWords } from './names.ts';

export type Meaning =
  | 'port'
  | 'range'
  | 'service'
  | 'container'
  | 'protocol'
  | 'status'
  | 'environment'
  | 'machine'
  | 'address'
  | 'project'
  | 'path'
  | 'note'
  | 'group'
  | 'silent'
  | 'other';

/** What a column of a table holds, told by its header and, where that is not enough, by its cells. */
export interface Column {
  readonly title: string;
  readonly meaning: Meaning;
  readonly side?: Side;
  /** `Port (Docker)`, `Porta local`: the header names the place in which its ports are used. */
  readonly environment?: string;
  readonly role?: ClaimRole;
  /** The header names the part of the service that uses the port, as in a matrix of services and parts. */
  readonly part?: string;
}

const portWord = anyPhrase(ports.PORT);
const rangeWord = anyPhrase(ports.RANGE);
const hostWord = anyPhrase(ports.HOST_SIDE);
const containerWord = anyPhrase(ports.CONTAINER_SIDE);
const oldWord = anyPhrase(ports.OLD);
const newWord = anyPhrase(ports.NEW);
const freeWord = anyPhrase(FREE);
const reservedWord = anyPhrase(RESERVED);
const storeWord = wholePhrase(ports.STORES);
const aboutPorts = wholePhrase(ports.ABOUT_PORTS);
const silentColumn = wholePhrase(ports.SILENT_COLUMNS);
const silentFirst = wholePhrase(ports.SILENT_FIRST_COLUMNS);
const otherNumbers = wholePhrase(ports.OTHER_NUMBERS);

const servicePatterns = headers.SERVICE.map((phrase) => wholePhrase([phrase]));

const WHOLE: readonly (readonly [Meaning, Phrases])[] = (
  [
    ['range', ports.RANGE],
    ['protocol', headers.PROTOCOL],
    ['status', headers.STATUS],
    ['environment', headers.ENVIRONMENT],
    ['project', headers.PROJECT],
    ['path', headers.PATH],
    ['address', headers.BINDING],
    ['note', headers.NOTE],
    ['container', headers.CONTAINER_NAME],
    ['service', headers.SERVICE],
    ['machine', headers.MACHINE],
    ['group', headers.GROUP],
  ] as const
).map(([meaning, phrases]) => [meaning, wholePhrase(phrases)]);

/** A wider table is data of another kind, and not worth the work. */
const WIDEST = 40;

/** The columns of a table. `strict` leaves out every port column that only its cells give away. */
export function columnsOf(header: readonly Cell[], rows: readonly (readonly Text[])[], strict: boolean): Column[] {
  if (header.length > WIDEST) return [];
  const titles = header.map((cell) => clean(mask(cell.text)));
  const named = titles.map((title, i) => (i === 0 && silentFirst.test(title) ? silent(title) : byTitle(title)));
  const cells = (i: number) => rows.map((row) => row[i]?.text ?? '');
  const strongest = Math.min(...named.map(powerOf));
  const moved = named.some(({ role }) => role === 'former');
  const columns = named.map((column, i) =>
    (moved && newWord.test(column.title)) || (column.meaning === 'service' && powerOf(column) > strongest)
      ? other(column.title)
      : byCells(column, () => cells(i)),
  );
  if (strict || columns.some(({ meaning }) => meaning === 'port')) return columns;
  if (!columns.some(({ meaning }) => meaning === 'range' || meaning === 'service' || meaning === 'project'))
    return columns;
  return columns.map((column, i) =>
    column.meaning === 'other' && !otherNumbers.test(column.title) && holdsPorts(cells(i), 1024)
      ? matrixColumn(column.title)
      : column,
  );
}

/** How telling a column of services is: the lower, the more. */
function powerOf({ meaning, title }: Column): number {
  return meaning === 'service' ? serviceRank(title) : Number.POSITIVE_INFINITY;
}

const serviceRank = remembered((title) => {
  const i = servicePatterns.findIndex((pattern) => pattern.test(title));
  return i < 0 ? servicePatterns.length : i;
});

/** A table of services and their parts has the part as header. */
function matrixColumn(title: string): Column {
  if (oldWord.test(title)) return { title, meaning: 'port', role: 'former' };
  if (newWord.test(title)) return { title, meaning: 'other' };
  if (reservedWord.test(title)) return { title, meaning: 'port', role: 'reserved' };
  return { title, meaning: 'port', part: title };
}

function other(title: string): Column {
  return { title, meaning: 'other' };
}

function silent(title: string): Column {
  return { title, meaning: 'silent' };
}

const byTitle = remembered((title): Column => {
  const bare = title.replace(/[（(][^()（）]*[)）]/g, ' ').trim();
  if (silentColumn.test(bare)) return silent(title);
  if (portWord.test(title)) return portColumn(title, bare);
  for (const part of [bare, ...bare.split(/(?<!\s)\s*[/&,]\s*/)]) {
    const meaning = WHOLE.find(([, pattern]) => pattern.test(part))?.[0];
    if (meaning) return { title, meaning };
  }
  return { title, meaning: 'other' };
});

function portColumn(title: string, bare: string): Column {
  const rest = title
    .replace(portWord.pattern, ' ')
    .replace(/[()（）]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (aboutPorts.test(rest)) return { title, meaning: 'other' };
  if (silentColumn.test(rest)) return silent(title);
  if (rangeWord.test(bare)) return { title, meaning: 'range' };
  const column: Column = { title, meaning: 'port', ...sideOf(rest) };
  if (oldWord.test(rest)) return { ...column, role: 'former' };
  if (newWord.test(rest)) return column;
  if (freeWord.test(rest)) return { ...column, role: 'free' };
  if (reservedWord.test(rest)) return { ...column, role: 'reserved' };
  if (storeWord.test(rest)) return { ...column, part: rest };
  if (namesEnvironment(rest) || namesMachine(rest) || /\bdocker\b/i.test(rest)) return { ...column, environment: rest };
  return column;
}

function sideOf(words: string): { side?: Side } {
  const host = hostWord.test(words);
  if (host === containerWord.test(words)) return {};
  return { side: host ? 'host' : 'container' };
}

/** Columns without the word "port" in the header that nevertheless hold nothing but ports. */
function byCells(column: Column, told: () => readonly string[]): Column {
  const { title, meaning } = column;
  if (meaning === 'port') return plausible(told()) ? column : { title, meaning: 'other' };
  if (meaning !== 'container' && meaning !== 'other' && meaning !== 'machine') return column;
  if (otherNumbers.test(title)) return column;
  const cells = told();
  if (
    cells.some((cell) => cell.includes(':') && NAMED_PORT.test(cell)) &&
    cells.every((cell) => cell === '' || NAMED_PORT.test(cell) || isBlank(cell))
  ) {
    return { title, meaning: 'port', ...sideOf(title) };
  }
  const spoken = hostWord.test(title) || containerWord.test(title);
  if (spoken && holdsPorts(cells, 1)) return { title, meaning: 'port', ...sideOf(title) };
  if (freeWord.test(title) && holdsPorts(cells, 1)) return { title, meaning: 'port', role: 'free' };
  return column;
}

const NAMED_PORT = /^\(?[\p{L}<{][\p{L}\p{N}_.<>{}-]*:[1-9]\d{1,4}\)?$/u;

/** A cell that holds a dash, nothing, or only signs. */
export function isBlank(cell: string): boolean {
  return !hasWords(cell);
}

/** The name of a variable beside the port: `WEB_PORT / 8080`. */
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** Whether at least half of the cells that say something are ports or lists of ports. */
function holdsPorts(cells: readonly string[], least: number): boolean {
  const said = cells.filter((cell) => !isBlank(cell));
  const held = said.filter((cell) => {
    if (!/\d/.test(cell)) return false;
    const parts = cell.replace(/[（(][^()（）]*[)）]/g, '').split(/(?<!\s)\s*[,/;]\s*/);
    const numbers = parts.filter((part) => !VARIABLE.test(part));
    return numbers.length > 0 && numbers.every((part) => (parsePort(part)?.port ?? 0) >= least);
  });
  return held.length > 0 && held.length * 2 >= said.length;
}

/** The sockets of a switch are numbered 1 to 48; network services rarely sit on such numbers. */
function plausible(cells: readonly string[]): boolean {
  const numbers = cells.flatMap((cell) => findPorts(cell).map(({ port }) => port));
  const likely = numbers.filter((port) => isPort(port) && (port >= 100 || WELL_KNOWN.has(port)));
  return likely.length * 2 >= numbers.length;
}
