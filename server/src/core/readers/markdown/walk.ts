import type { Claim } from '../../facts.ts';
import { PORT } from '../../vocabulary/columns.ts';
import { anyPhrase } from '../../vocabulary/phrases.ts';
import { MIGRATION } from '../../vocabulary/sections.ts';
import type { Block, Line } from './blocks.ts';
import { splitCells } from './cells.ts';
import { type Context, contextOf } from './context.ts';
import { type Heading, headingOf } from './headings.ts';
import { clean, mask } from './inline.ts';
import { readLine, readUsage } from './lines.ts';
import { readMove } from './moves.ts';
import { readRow, shapeOf, type TableShape } from './tables.ts';

type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>;

const portWord = anyPhrase(PORT);
const migrationWord = anyPhrase(MIGRATION);
const PLAIN_LANGUAGES = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'none']);

/** A map must be a map: this share of its lines names a port and an owner. */
const SHARE = 0.6;

/** Goes through a document's blocks in order and knows, at each, which headings and words stand above it. */
export class Walk {
  readonly #strict: boolean;
  #headings: Heading[] = [];
  /** The paragraph right before: it may introduce a table, a list or a map. */
  #introduction = '';
  /** The list items above the current one, by depth. */
  #items: string[] = [];
  readonly #shapes = new Map<number, TableShape>();

  /** @param strict only forms that nothing but a port assignment has */
  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** What a block claims. */
  read(block: Block): Claim[] {
    if (block.kind === 'item') return this.#item(block);
    this.#items = [];
    if (block.kind === 'heading') return this.#heading(block);
    if (block.kind === 'paragraph') return this.#paragraph(block);
    const context = this.#context();
    this.#introduction = '';
    return block.kind === 'table' ? this.#table(block, context) : this.#fence(block, context);
  }

  #context(...items: string[]): Context {
    return contextOf(this.#headings, [this.#introduction, ...items].filter(Boolean));
  }

  #heading({ line, level }: BlockOf<'heading'>): Claim[] {
    const heading = headingOf(line, level);
    this.#headings = [...this.#headings.filter((above) => above.level < level), heading];
    this.#introduction = '';
    const context = this.#context();
    if (context.migration) return readMove(line, context, 'heading');
    if (context.silent && context.role === undefined) return [];
    const singles = heading.ports.filter(({ endPort }) => endPort === undefined);
    if (singles.length === 1 && heading.ports.length === 1 && /\bports\b/i.test(line.text)) return [];
    if (this.#strict && !portWord.test(line.text)) return [];
    return heading.ports.flatMap((port): Claim[] => {
      const role = context.role ?? (port.endPort === undefined ? 'assignment' : 'range');
      if (role === 'assignment' && !heading.title) return [];
      return [
        {
          kind: 'claim',
          role,
          ...port,
          side: context.side ?? 'any',
          ...(heading.title && { service: heading.title }),
          form: 'heading',
          scope: context.scope,
          section: context.section.slice(0, -1),
          ...(heading.span && { serviceSpan: heading.span }),
          ...(context.internal && { internal: true as const }),
        },
      ];
    });
  }

  #table({ header, rows }: BlockOf<'table'>, context: Context): Claim[] {
    if (context.silent && context.role === undefined) return [];
    const shape = shapeOf(header, rows, context, this.#strict);
    if (!shape) return [];
    this.#shapes.set(header.length, shape);
    return rows.flatMap((row) => readRow(shape, row));
  }

  #paragraph({ lines }: BlockOf<'paragraph'>): Claim[] {
    const rows = lines.filter(({ text }) => text.startsWith('|'));
    if (rows.length > 0 && rows.length === lines.length) return rows.flatMap((row) => this.#strayRow(row));
    const context = this.#context();
    const last = clean(mask(lines.at(-1)!.text));
    this.#introduction = /[:：]$|^\*\*|^__/.test(lines.at(-1)!.text.trim()) || /[:：]$/.test(last) ? last : '';
    const moves = lines
      .filter(({ text }) => migrationWord.test(text))
      .flatMap((line) => readMove(line, context, 'text'));
    if (moves.length > 0) return moves;
    return this.#strict ? [] : this.#map(lines, context, 'text');
  }

  /** A row that was added below the footer, without its header: it belongs to the last table of as many columns. */
  #strayRow(line: Line): Claim[] {
    const cells = splitCells(line.text, line.start);
    const shape = this.#shapes.get(cells.length);
    return shape ? readRow(shape, cells) : [];
  }

  #item({ depth, task, lines }: BlockOf<'item'>): Claim[] {
    const line = lines[0]!;
    this.#items.length = Math.min(this.#items.length, depth - 1);
    const context = this.#context(...this.#items.filter(Boolean));
    this.#items[depth - 1] = clean(mask(line.text));
    if (task) return [];
    if (context.migration || migrationWord.test(line.text)) return readMove(line, context, 'list');
    if (context.clash) return readUsage(line, context, 'list');
    if (this.#strict && !portWord.test([this.#headings.at(-1)?.title, this.#introduction].join(' '))) return [];
    return readLine(line, context, 'list', this.#strict);
  }

  #fence({ language, lines }: BlockOf<'fence'>, context: Context): Claim[] {
    return PLAIN_LANGUAGES.has(language) && !this.#strict ? this.#map(lines, context, 'fence') : [];
  }

  /** Lines that are a map from ports to owners, taken together; single lines of prose are none. */
  #map(lines: readonly Line[], context: Context, form: 'text' | 'fence'): Claim[] {
    const full = lines.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
    const read = full.map((line) => readLine(line, context, form, false));
    const hits = read.filter((claims) => claims.length > 0).length;
    return hits > 1 && hits >= full.length * SHARE ? read.flat() : [];
  }
}
