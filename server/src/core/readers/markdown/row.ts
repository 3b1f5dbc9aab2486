import type { Cell } from './cells.ts';
import { type Column, isBlank, type Meaning } from './columns.ts';
import type { Context } from './context.ts';
import { clean, mask } from './inline.ts';

/** A table's columns with what stands around it; rows that were added elsewhere are read with it, too. */
export interface TableShape {
  readonly columns: readonly Column[];
  readonly context: Context;
}

/** A cell as a person reads it, and as it is written, without markup. */
export interface Text {
  readonly text: string;
  readonly masked: string;
  readonly start: number;
}

/** One row of a table, a text for every column. */
export class Row {
  readonly shape: TableShape;
  readonly cells: readonly Text[];

  constructor(shape: TableShape, source: readonly Cell[]) {
    this.shape = shape;
    this.cells = shape.columns.map((_, i) => {
      const { text, start } = source[i] ?? { text: '', start: 0 };
      const masked = mask(text);
      return { text: clean(masked), masked, start };
    });
  }

  /** The first cell of a meaning that says something. */
  said(meaning: Meaning): Text | undefined {
    const i = this.shape.columns.findIndex(
      (column, at) => column.meaning === meaning && !isBlank(this.cells[at]!.text),
    );
    return this.cells[i];
  }

  /** Whether the table has a column of this meaning. */
  has(meaning: Meaning): boolean {
    return this.shape.columns.some((column) => column.meaning === meaning);
  }
}
