import type { Side } from '../../facts.ts';
import { type AddressTitle, addressTitle } from '../../vocabulary/addresses.ts';
import { type Phrases, wholePhrase } from '../../vocabulary/phrases.ts';
import { DIRECTION } from '../../vocabulary/silentColumns.ts';
import type { Cell, Cells } from './cells.ts';
import type { Column, Meaning } from './column.ts';
import type { Context } from './context.ts';

/** What follows from a table's columns for all of its rows. */
export interface Layout {
  readonly columns: readonly Column[];
  /** The places of the columns, by what they mean. */
  readonly places: ReadonlyMap<Meaning, readonly number[]>;
  /** What the columns' titles announce of addresses, for those columns that do. */
  readonly addresses: readonly (AddressTitle & { readonly place: number })[];
  /** The columns of ports and ranges, with what the others say of their side. */
  readonly ports: readonly PortColumn[];
  /** The column that tells whether the ports are of those who call or of those who are called. */
  readonly direction: number | undefined;
  /** Whether its rows may tell where their ports are used. */
  readonly hasPlaces: boolean;
}

/** A column of ports or ranges among the others. */
export interface PortColumn {
  readonly place: number;
  readonly column: Column;
  /** The side of its ports, as far as headers tell it. */
  readonly side?: Side;
  /** It is the container's, and these are the places of the host's. */
  readonly hosts: readonly number[];
}

/** A table's columns with what stands around it; rows that were added elsewhere are read with it, too. */
export interface TableShape {
  readonly layout: Layout;
  readonly context: Context;
}

const directionWord = wholePhrase(DIRECTION);
const TELLING_PLACES: readonly Meaning[] = ['environment', 'status', 'machine', 'project', 'path', 'address'];

const layouts = new WeakMap<readonly Column[], Layout>();

/** The layout of a table with these columns. */
export function layoutOf(columns: readonly Column[]): Layout {
  const known = layouts.get(columns);
  if (known) return known;
  const places = new Map<Meaning, number[]>();
  for (const [place, { meaning }] of columns.entries()) {
    const others = places.get(meaning);
    if (others) others.push(place);
    else places.set(meaning, [place]);
  }
  const addresses = columns.flatMap(({ meaning, title }, place) => {
    const told = meaning === 'port' ? undefined : addressTitle(title);
    return told ? [{ ...told, place }] : [];
  });
  const ports = columns.flatMap((column, place) =>
    column.meaning === 'port' || column.meaning === 'range' ? [portColumn(columns, column, place)] : [],
  );
  const hasPlaces = TELLING_PLACES.some((meaning) => places.has(meaning));
  const direction = columns.findIndex(({ meaning, title }) => meaning === 'other' && directionWord.test(title));
  const layout = { columns, places, addresses, ports, direction: direction < 0 ? undefined : direction, hasPlaces };
  layouts.set(columns, layout);
  return layout;
}

function portColumn(columns: readonly Column[], column: Column, place: number): PortColumn {
  const others = columns.filter((other) => other !== column && other.meaning === 'port');
  const side = column.side ?? sideByOthers(column, others);
  const isInside = column.side === 'container';
  const hosts = isInside ? columns.flatMap((other, i) => (other.side === 'host' ? [i] : [])) : [];
  return { place, column, ...(side && { side }), hosts };
}

function sideByOthers({ part, environment }: Column, others: readonly Column[]): Side | undefined {
  const isSaid = (said: Side) => others.some(({ side }) => side === said);
  // What is reached from outside has been said: `NodePort | Service port | Pod port`.
  if (part === undefined && environment === undefined && isSaid('host') && isSaid('container')) return 'container';
  if (others.some(({ side }) => side === 'container')) return 'host';
  // What stands for another part is no other side of the same.
  return part === undefined && others.length === 1 && others[0]!.side === 'host' ? 'container' : undefined;
}

const NOTHING: Cell = { text: '', masked: '', start: 0, speaks: false };

/** One row of a table, a cell for every column. */
export class Row {
  readonly layout: Layout;
  readonly context: Context;
  readonly cells: Cells;

  constructor({ layout, context }: TableShape, cells: Cells) {
    const { length } = layout.columns;
    this.layout = layout;
    this.context = context;
    this.cells = cells.length === length ? cells : Array.from({ length }, (_, i) => cells[i] ?? NOTHING);
  }

  /** The first cell of a meaning that says something. */
  said(meaning: Meaning): Cell | undefined {
    const places = this.layout.places.get(meaning);
    if (places) for (const place of places) if (this.cells[place]!.speaks) return this.cells[place];
    return undefined;
  }

  /** Whether one of the cells holds one of these phrases. */
  holds(phrases: Phrases): boolean {
    for (const { text, speaks } of this.cells) if (speaks && phrases.test(text)) return true;
    return false;
  }

  /** Whether the table has a column of this meaning. */
  has(meaning: Meaning): boolean {
    return this.layout.places.has(meaning);
  }
}
