import type { AddressTitle } from '../../vocabulary/addresses.ts';
import type { Cell, Text } from './cells.ts';
import { type Column, isBlank, type Meaning } from './columns.ts';
import type { Context } from './context.ts';
import { clean, mask } from './inline.ts';

/** A table's columns with what stands around it; rows that were added elsewhere are read with it, too. */
export interface TableShape {
  readonly columns: readonly Column[];
  /** The places of the columns, by what they mean. */
  readonly places: ReadonlyMap<Meaning, readonly number[]>;
  /** What the columns' titles announce of addresses, for those columns that do. */
  readonly addresses: readonly (AddressTitle & { readonly place: number })[];
  readonly context: Context;
}

const NO_TEXT: Text = { text: '', masked: '', start: 0 };

/** The texts of a row's cells. */
export function textsOf(cells: readonly Cell[]): Text[] {
  return cells.map(({ text, start }) => {
    const masked = mask(text);
    return { text: clean(masked), masked, start };
  });
}

/** One row of a table, a text for every column. */
export class Row {
  readonly shape: TableShape;
  readonly cells: readonly Text[];

  constructor(shape: TableShape, source: readonly Text[]) {
    this.shape = shape;
    this.cells = source.length === shape.columns.length ? source : shape.columns.map((_, i) => source[i] ?? NO_TEXT);
  }

  /** The first cell of a meaning that says something. */
  said(meaning: Meaning): Text | undefined {
    const places = this.shape.places.get(meaning);
    if (places) for (const place of places) if (!isBlank(this.cells[place]!.text)) return this.cells[place];
    return undefined;
  }

  /** Whether the table has a column of this meaning. */
  has(meaning: Meaning): boolean {
    return this.shape.places.has(meaning);
  }
}
