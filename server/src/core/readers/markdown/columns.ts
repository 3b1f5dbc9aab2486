import type { Side } from '../../facts.ts';
import { Recent } from '../../recent.ts';
import { remembered } from '../../remembered.ts';
import { ownCopy } from '../../text.ts';
import * as titles from '../../vocabulary/columns.ts';
import { namesEnvironment, namesMachine } from '../../vocabulary/environments.ts';
import { anyPhrase, type Phrases, wholePhrase } from '../../vocabulary/phrases.ts';
import * as places from '../../vocabulary/placeColumns.ts';
import * as ports from '../../vocabulary/portColumns.ts';
import { FREE, RESERVED } from '../../vocabulary/roles.ts';
import * as silentColumns from '../../vocabulary/silentColumns.ts';
import { type Cells, splitCells } from './cells.ts';
import type { Column, Meaning } from './column.ts';
import { holdsMappings, holdsNamedPorts, holdsPorts, plausible } from './columnCells.ts';
import { matrixOf, withNeighbours } from './matrix.ts';

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
const silentColumn = wholePhrase(silentColumns.SILENT_COLUMNS);
const silentFirst = wholePhrase(silentColumns.SILENT_FIRST_COLUMNS);
const otherNumbers = wholePhrase(silentColumns.OTHER_NUMBERS);
const source = wholePhrase(silentColumns.SOURCES);
const destination = wholePhrase(silentColumns.DESTINATIONS);
const machine = wholePhrase(places.MACHINE);

const servicePatterns = titles.SERVICE.map((phrase) => wholePhrase([phrase]));

const WHOLE: readonly (readonly [Meaning, Phrases])[] = (
  [
    ['range', ports.RANGE],
    ['protocol', titles.PROTOCOL],
    ['status', titles.STATUS],
    ['environment', places.ENVIRONMENT],
    ['project', places.PROJECT],
    ['path', places.PATH],
    ['address', places.BINDING],
    ['note', titles.NOTE],
    ['container', titles.CONTAINER_NAME],
    ['service', titles.SERVICE],
    ['machine', places.MACHINE],
    ['group', titles.GROUP],
  ] as const
).map(([meaning, phrases]) => [meaning, wholePhrase(phrases)]);

/** A wider table is data of another kind, and not worth the work. */
const WIDEST = 40;

/** What the first line of a table says of its columns. */
export interface Header {
  readonly columns: readonly Column[];
  /** What only the cells below can tell, by the columns. */
  readonly doubts: readonly (Doubt | undefined)[];
}

/** What the cells of a column decide. */
type Doubt =
  /** whether the numbers below a word for ports are any */
  | { readonly about: 'numbers' }
  /** whether a column without such a word holds nothing but ports; a bare number is one below these words alone */
  | { readonly about: 'words'; readonly asPorts?: Column };

/** The headers of tables, which are much the same all over a document. */
const headers = new Recent<Header>(200);
const LONGEST_HEADER = 500;

/** Reads the first line of a table. */
export function headerOf(line: string): Header {
  return line.length > LONGEST_HEADER ? readHeader(line) : headers.kept(line, readHeader);
}

function readHeader(line: string): Header {
  const titles = splitCells(line).map(({ text }) => ownCopy(text));
  if (titles.length > WIDEST) return { columns: [], doubts: [] };
  const isTraffic = titles.some((title) => source.test(title)) && titles.some((title) => destination.test(title));
  const named = titles.map((title, i) =>
    isTraffic || (i === 0 && silentFirst.test(title)) ? silent(title) : byTitle(title),
  );
  const strongest = Math.min(...named.map(powerOf));
  const moved = named.some(({ role }) => role === 'former');
  const isOther = (column: Column) =>
    (moved && newWord.test(column.title)) || (column.meaning === 'service' && powerOf(column) > strongest);
  return {
    columns: named.map((column) => (isOther(column) ? besideService(column.title) : column)),
    doubts: named.map((column) => (isOther(column) ? undefined : doubtOf(column))),
  };
}

/** `Server | Service`: what could be the service tells where it runs, or nothing. */
function besideService(title: string): Column {
  return machine.test(title) ? { title, meaning: 'machine' } : { ...other(title), alsoNames: true };
}

/** How telling a column of services is: the lower, the more. */
function powerOf({ meaning, title }: Column): number {
  return meaning === 'service' ? serviceRank(title) : Number.POSITIVE_INFINITY;
}

const serviceRank = remembered((title) => {
  const words = partsOf(title);
  const i = servicePatterns.findIndex((pattern) => words.some((part) => pattern.test(part)));
  return i < 0 ? servicePatterns.length : i;
});

function doubtOf({ title, meaning }: Column): Doubt | undefined {
  if (meaning === 'port') return { about: 'numbers' };
  if (meaning !== 'container' && meaning !== 'other' && meaning !== 'machine') return undefined;
  if (otherNumbers.test(title)) return undefined;
  if (hostWord.test(title) || containerWord.test(title))
    return { about: 'words', asPorts: { title, meaning: 'port', ...sideOf(title) } };
  return { about: 'words', ...(freeWord.test(title) && { asPorts: { title, meaning: 'port', role: 'free' } }) };
}

/**
 * The columns of a table: those of its header, where the cells make no others of them.
 * @param strict leaves out every port column that only its cells give away
 */
export function columnsOf(header: Header, rows: readonly Cells[], strict: boolean): readonly Column[] {
  let { columns } = header;
  for (const [i, doubt] of header.doubts.entries()) {
    const column = header.columns[i]!;
    const decided = doubt ? byCells(column, doubt, rows, i) : column;
    if (decided !== column) columns = columns.with(i, decided);
  }
  if (strict) return columns;
  return columns.some(({ meaning }) => meaning === 'port') ? withNeighbours(columns, rows) : matrixOf(columns, rows);
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
  for (const part of partsOf(bare)) {
    const meaning = WHOLE.find(([, pattern]) => pattern.test(part))?.[0];
    if (meaning) return { title, meaning };
  }
  return { title, meaning: 'other' };
});

/** `App / Service`: a title as it is, and what it is made of. */
function partsOf(title: string): string[] {
  return [title, ...title.split(/(?<!\s)\s*[/&,]\s*/)];
}

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

/** A column as its cells show it: without ports in spite of its title, or of ports in spite of it. */
function byCells(column: Column, doubt: Doubt, rows: readonly Cells[], place: number): Column {
  const { title } = column;
  if (doubt.about === 'numbers') return plausible(rows, place) ? column : other(title);
  if (holdsMappings(rows, place)) return { title, meaning: 'port' };
  if (holdsNamedPorts(rows, place)) return { title, meaning: 'port', ...sideOf(title) };
  return doubt.asPorts && holdsPorts(rows, place, 1) ? doubt.asPorts : column;
}
