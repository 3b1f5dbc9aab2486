import { isPlace } from '../../vocabulary/environments.ts';
import { countWords, measureWords, roleWords } from '../../vocabulary/keys.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import * as ports from '../../vocabulary/portColumns.ts';
import { RESERVED } from '../../vocabulary/roles.ts';
import * as silentColumns from '../../vocabulary/silentColumns.ts';
import type { Cells } from './cells.ts';
import type { Column } from './column.ts';
import { holdsOnePort, holdsPorts, plausible } from './columnCells.ts';
import { hasLetters } from './names.ts';

const oldWord = anyPhrase(ports.OLD);
const newWord = anyPhrase(ports.NEW);
const reservedWord = anyPhrase(RESERVED);
const storeWord = wholePhrase(ports.STORES);
const furtherPorts = wholePhrase(ports.FURTHER);
const otherNumbers = wholePhrase(silentColumns.OTHER_NUMBERS);

/** Numbers below this are ports only where something says so. */
const LEAST = 1024;

/** The columns of a table of which one says that it holds ports, with those beside it that hold others of its rows. */
export function withNeighbours(columns: readonly Column[], rows: readonly Cells[]): readonly Column[] {
  const all = columns.map((column, place) => neighbour(column, rows, place));
  return withoutCommonPort(all.some(hasPlace) ? all.map(withPlace) : all, rows);
}

/** The columns of a table of services and their parts, or of the places in which they run, if it is one. */
export function matrixOf(titled: readonly Column[], rows: readonly Cells[]): readonly Column[] {
  const columns = withOwner(titled, rows);
  if (!columns.some(({ meaning }) => meaning === 'range' || meaning === 'service' || meaning === 'project'))
    return columns;
  const matrix = columns.map((column, place) =>
    column.meaning === 'other' && mayHoldPorts(column) && holdsPorts(rows, place, LEAST) ? partColumn(column) : column,
  );
  if (!matrix.some(({ meaning }) => meaning === 'port')) return matrix;
  const all = matrix.map((column, place) => furtherColumn(column, rows, place));
  return all.some(hasPlace) ? withoutCommonPort(all.map(withPlace), rows) : all;
}

/**
 * `Local | Staging | In container`, `Port | Metrics | DB`: beside the ports of services stand those of the places in which
 * they run, of their parts and of the databases behind them.
 */
function neighbour(column: Column, rows: readonly Cells[], place: number): Column {
  const { title } = column;
  if (column.meaning !== 'other') return column;
  const isTold = storeWord.test(title) || isPlace(title) || isPart(title);
  if (isTold && holdsPorts(rows, place, LEAST)) return partColumn(column);
  return furtherColumn(column, rows, place);
}

/** `Other`: ports of the service as well, among which may be well-known ones. */
function furtherColumn(column: Column, rows: readonly Cells[], place: number): Column {
  const { title, meaning } = column;
  const isFurther = (meaning === 'other' || meaning === 'port') && furtherPorts.test(title);
  return isFurther && holdsPorts(rows, place, 1) && plausible(rows, place) ? { title, meaning: 'port' } : column;
}

/** A table whose other columns are parts or places begins with what has them: `| | HTTP | gRPC |`. */
function withOwner(columns: readonly Column[], rows: readonly Cells[]): readonly Column[] {
  const [first, ...others] = columns;
  if (first?.meaning !== 'other' || !rows.every(([cell]) => cell !== undefined && hasLetters(cell.text)))
    return columns;
  const isTold = ({ title, meaning }: Column, i: number) =>
    meaning === 'other' && (isPart(title) || isPlace(title)) && holdsPorts(rows, i + 1, LEAST);
  return others.some(isTold) && others.every(({ meaning }) => meaning !== 'service')
    ? [{ ...first, meaning: 'service' }, ...others]
    : columns;
}

/** Whether a title speaks of a part of a service, and of nothing that is measured: `gRPC`, `launchSettings https`. */
function isPart(title: string): boolean {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isMeasured = words.some((word) => countWords.has(word) || measureWords.has(word));
  return !isMeasured && words.some((word) => roleWords.has(word));
}

function hasPlace({ environment }: Column): boolean {
  return environment !== undefined;
}

/** Beside the ports of one place stand those of another, however few they are. */
function withPlace(column: Column): Column {
  return column.meaning === 'other' && isPlace(column.title) ? partColumn(column) : column;
}

/**
 * Services that all have the same port have it inside, each in a container of its own: `Port 30080 | Service port 80`; or
 * in one of the places in which they run it is that of what stands before them all.
 */
function withoutCommonPort(columns: readonly Column[], rows: readonly Cells[]): readonly Column[] {
  const ofPorts = columns.filter(({ meaning }) => meaning === 'port');
  if (ofPorts.length < 2 || rows.length < FEWEST_ALIKE) return columns;
  const isInside = ofPorts.some(({ side }) => side === 'container');
  return columns.map((column, place) => {
    const { title, meaning, side, environment, part } = column;
    // Beside the port inside, no two services have a part of theirs on one port of the host.
    const fewest = isInside && part !== undefined ? 2 : FEWEST_ALIKE;
    if (meaning !== 'port' || side !== undefined || !holdsOnePort(rows, place, fewest)) return column;
    return isInside || environment !== undefined ? { title, meaning: 'other' } : { ...column, side: 'container' };
  });
}

const FEWEST_ALIKE = 3;

/** `DB` stands over the numbers of databases, or over the ports of those of the services. */
function mayHoldPorts({ title }: Column): boolean {
  return storeWord.test(title) || !otherNumbers.test(title);
}

/** A table of services and their parts, or of the places in which they run, has the part or the place as header. */
function partColumn({ title }: Column): Column {
  if (oldWord.test(title)) return { title, meaning: 'port', role: 'former' };
  if (newWord.test(title)) return { title, meaning: 'other' };
  if (reservedWord.test(title)) return { title, meaning: 'port', role: 'reserved' };
  return isPlace(title) ? { title, meaning: 'port', environment: title } : { title, meaning: 'port', part: title };
}
