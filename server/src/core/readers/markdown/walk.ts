import type { Claim } from '../../facts.ts';
import type { Span } from '../../text.ts';
import { anyPhrase, leadingPhrase } from '../../vocabulary/phrases.ts';
import { PORT } from '../../vocabulary/portColumns.ts';
import { EXCLUSIVE } from '../../vocabulary/roles.ts';
import { LEGENDS, MIGRATION } from '../../vocabulary/sections.ts';
import type { Block, Line } from './blocks.ts';
import { readBounds } from './bounds.ts';
import { type Cells, splitCells } from './cells.ts';
import { headerOf } from './columns.ts';
import { below, belowItem, type Context, introducedBy, start } from './context.ts';
import { readEnumeration } from './enumeration.ts';
import { type Heading, headingOf } from './headings.ts';
import { clean, mask } from './inline.ts';
import { entriesOf, readLine, readListed, readProperty } from './lines.ts';
import { isDated, readMove } from './moves.ts';
import type { TableShape } from './row.ts';
import { readRow, shapeOf } from './tables.ts';
import { readUsage } from './usages.ts';

type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>;

const portWord = anyPhrase(PORT);
const migrationWord = anyPhrase(MIGRATION);
const legendWord = leadingPhrase(LEGENDS);
const exclusiveWord = anyPhrase(EXCLUSIVE);
/** The languages of fenced blocks in which people draw maps of ports. */
export const PLAIN_LANGUAGES = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'none']);

/** A map must be a map: this share of its lines names a port and an owner. */
const SHARE = 0.6;

/** What stands above a block and has a say in what it means. Never changed, so that it can be kept. */
export interface Above {
  /** The headings above, each with the context below it. */
  readonly sections: readonly { readonly level: number; readonly context: Context }[];
  /** The label or the line with a colon right before: it may introduce a table, a list or a map. */
  readonly introduction: string;
  /** The contexts below the list items above the current one, by depth. */
  readonly items: readonly Context[];
  /** Of the tables above the last ones, by the number of their columns. */
  readonly shapes: ReadonlyMap<number, TableShape>;
}

const none: readonly Context[] = [];
const nothingAbove: Above = { sections: [], introduction: '', items: none, shapes: new Map() };

/** A table of assignments, with its rows. */
export interface WalkedTable {
  readonly shape: TableShape;
  readonly rows: readonly Span[];
  readonly cells: readonly Cells[];
}

/** Goes through a document's blocks in order and knows, at each, which headings and words stand above it. */
export class Walk {
  readonly #text: string;
  readonly #strict: boolean;
  #sections: Above['sections'];
  #introduction: string;
  #items: Above['items'];
  #shapes: Above['shapes'];
  #last: { context: Context; shape?: TableShape } = { context: start };
  #tables: WalkedTable[] = [];

  /**
   * @param text the document
   * @param strict only forms that nothing but a port assignment has
   * @param above what stands above the first block
   */
  constructor(text: string, strict: boolean, above: Above = nothingAbove) {
    this.#text = text;
    this.#strict = strict;
    this.#sections = above.sections;
    this.#introduction = above.introduction;
    this.#items = above.items;
    this.#shapes = above.shapes;
  }

  /** What stands above the next block. */
  get above(): Above {
    return {
      sections: this.#sections,
      introduction: this.#introduction,
      items: this.#items,
      shapes: this.#shapes,
    };
  }

  /** What a block claims. */
  read(block: Block): Claim[] {
    if (block.kind === 'item') return this.#item(block);
    this.#items = none;
    if (block.kind === 'heading') return this.#heading(block);
    if (block.kind === 'paragraph') return this.#paragraph(block);
    const context = introducedBy(this.#section, this.#introduction);
    this.#introduction = '';
    this.#last = { context };
    return block.kind === 'table' ? this.#table(block, context) : this.#fence(block, context);
  }

  /** With what the last block was read: what stands above it, and the meaning of its columns. */
  get last(): { readonly context: Context; readonly shape?: TableShape } {
    return this.#last;
  }

  /** The tables of assignments that have been read since this was last asked for. */
  takeTables(): readonly WalkedTable[] {
    const tables = this.#tables;
    this.#tables = [];
    return tables;
  }

  get #section(): Context {
    return this.#sections.at(-1)?.context ?? start;
  }

  #heading({ line, level }: BlockOf<'heading'>): Claim[] {
    const heading = headingOf(line, level);
    const isTitle = this.#sections.length === 0 && level === 1;
    const outside = this.#sections.filter((above) => above.level < level);
    const outer = outside.at(-1)?.context ?? start;
    const context = below(outer, heading, isTitle);
    this.#sections = [...outside, { level, context }];
    this.#introduction = '';
    this.#last = { context };
    if (context.migration) return readMove(line, context, 'heading');
    if (context.silent || (this.#strict && !portWord.test(line.text))) return [];
    return claimsOfHeading(heading, { ...context, section: outer.section });
  }

  #table({ header, rows }: BlockOf<'table'>, context: Context): Claim[] {
    if (context.silent) return [];
    const told = headerOf(this.#text.slice(header.start, header.end));
    const cells: Cells[] = [];
    for (const { start, end } of rows) cells.push(splitCells(this.#text, start, end));
    const shape = shapeOf(told, cells, context, this.#strict);
    if (!shape) return this.#strict || told.columns.length !== 2 ? [] : this.#properties(rows, context);
    this.#last = { context, shape };
    this.#shapes = new Map(this.#shapes).set(told.columns.length, shape);
    if (rows.length > 0) this.#tables.push({ shape, rows, cells });
    const claims: Claim[] = [];
    for (const row of cells) readRow(shape, row, claims);
    return claims;
  }

  /** `| Port | 9006 |` below the heading of a service. The lines keep their length, so that all stays in its place. */
  #properties(rows: readonly Span[], context: Context): Claim[] {
    return rows.flatMap(({ start, end }) => {
      const cells = /^(\s*)\|([^|]*)\|([^|]*)\|\s*$/.exec(this.#text.slice(start, end));
      const text = cells && `${cells[1]} ${cells[2]}:${cells[3]} `;
      return text ? readProperty({ text, start }, context) : [];
    });
  }

  #paragraph({ lines }: BlockOf<'paragraph'>): Claim[] {
    this.#last = { context: this.#section };
    if (lines.every(({ text }) => text.startsWith('|'))) return lines.flatMap((row) => this.#strayRow(row));
    if (lines.some(({ text }) => exclusiveWord.test(text))) this.#excuse();
    const context = introducedBy(this.#section, this.#introduction);
    this.#introduction = introductionIn(lines.at(-1)!.text);
    this.#last = { context };
    if (this.#strict) return [];
    const moves = lines
      .filter(({ text }) => migrationWord.test(text))
      .flatMap((line) => readMove(line, context, 'text'));
    const read = moves.length > 0 ? moves : readMap(lines, context, 'text');
    if (read.length > 0) return read;
    return lines.flatMap((line) => [
      ...readListed(line, context, 'text'),
      ...readEnumeration(line, context, 'text'),
      ...readBounds(line, context, 'text'),
    ]);
  }

  /** A sentence about the whole section: what it lists never runs together. The whole document is not one section. */
  #excuse(): void {
    const innermost = this.#sections.at(-1);
    if (innermost === undefined || innermost.level === 1) return;
    const { level, context } = innermost;
    this.#sections = [...this.#sections.slice(0, -1), { level, context: { ...context, excused: true } }];
  }

  /** A row that was added below the footer, without its header: it belongs to the last table of as many columns. */
  #strayRow(line: Line): Claim[] {
    const cells = splitCells(this.#text, line.start, line.start + line.text.length);
    const shape = this.#shapes.get(cells.length);
    if (!shape) return [];
    this.#last = { context: shape.context, shape };
    const claims: Claim[] = [];
    readRow(shape, cells, claims);
    return claims;
  }

  #item({ depth, task, lines }: BlockOf<'item'>): Claim[] {
    const line = lines[0]!;
    const context = this.#items[depth - 2] ?? introducedBy(this.#section, this.#introduction);
    this.#items = [...this.#items.slice(0, depth - 1), belowItem(context, clean(mask(line.text)))];
    this.#last = { context };
    if (task) return [];
    if (context.clash) return readUsage(line, context, 'list');
    if (this.#strict) {
      return portWord.test(`${context.subject} ${this.#introduction}`) ? readLine(line, context, 'list', true) : [];
    }
    const isMove = context.migration || migrationWord.test(line.text) || isDated(line);
    const moves = isMove ? readMove(line, context, 'list') : [];
    if (moves.length > 0 || context.migration) return moves;
    const read = readLine(line, context, 'list', false);
    if (read.length > 0) return read;
    return [...readEnumeration(line, context, 'list'), ...readBounds(line, context, 'list')];
  }

  #fence({ language, lines }: BlockOf<'fence'>, context: Context): Claim[] {
    return PLAIN_LANGUAGES.has(language) && !this.#strict ? readMap(lines, context, 'fence') : [];
  }
}

/** `### 4. Mail (Port 9007)` assigns, `## Ports 9000-9099 (Services)` gives a range to a group. */
function claimsOfHeading({ title, ports, span }: Heading, context: Context): Claim[] {
  return ports.flatMap((port): Claim[] => {
    const role = context.role ?? (port.endPort === undefined ? 'assignment' : 'range');
    if (role === 'assignment' && title === '') return [];
    return [
      {
        kind: 'claim',
        role,
        ...port,
        side: context.side ?? 'any',
        ...(title && { service: title }),
        form: 'heading',
        scope: context.scope,
        section: context.section,
        ...(title && span && { serviceSpan: span }),
        ...(context.internal && { internal: true as const }),
        ...(context.excused && { excused: true as const }),
      },
    ];
  });
}

/** The words of a label or of a line that ends in a colon. */
function introductionIn(line: string): string {
  const words = clean(mask(line));
  if (legendWord.test(words)) return '';
  return /^(?:\*\*|__)/.test(line) || /[:：]$/.test(words) ? words : '';
}

/** Lines that are a map from ports to owners, taken together; a single one is if it begins with a name in bold. */
function readMap(lines: readonly Line[], context: Context, form: 'text' | 'fence'): Claim[] {
  const full = lines.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).flatMap(entriesOf);
  const read = full.map((line) => readLine(line, context, form, false));
  const hits = read.filter((claims) => claims.length > 0).length;
  const isDefinition = full.length === 1 && /^\*\*[^*\d]{1,40}\*\*\s{0,3}[:：–—-]/.test(full[0]!.text);
  return (hits > 1 || isDefinition) && hits >= full.length * SHARE ? read.flat() : [];
}
