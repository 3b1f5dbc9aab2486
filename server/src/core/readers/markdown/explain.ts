import { findPorts } from '../../notation/portText.ts';
import type { Span } from '../../text.ts';
import { arePhysical } from '../physicalPorts.ts';
import type { Block, Line } from './blocks.ts';
import { splitCells } from './cells.ts';
import type { Column } from './column.ts';
import { columnsOf, headerOf } from './columns.ts';
import type { Context } from './context.ts';
import { mask } from './inline.ts';
import { PLAIN_LANGUAGES, type Walk } from './walk.ts';

type Table = Extract<Block, { kind: 'table' }>;

/**
 * Why one line of a document was read as it was: the block in which it stands, what its columns mean, the headings and
 * words above it, and where nothing was read, the reason.
 * @param walk one that has not yet begun
 * @param strict as the walk
 */
export function explainLine(text: string, blocks: readonly Block[], walk: Walk, line: Line, strict: boolean): string[] {
  const end = line.start + line.text.length;
  for (const block of blocks) {
    const ofBlock = walk.read(block);
    const claims = ofBlock.filter(({ span }) => line.start <= span.start && span.end <= end);
    const { start, end: last } = extentOf(block);
    if (last < line.start || start > end) continue;
    const { context, shape } = walk.last;
    const columns = shape?.layout.columns ?? (block.kind === 'table' ? columnsOfTable(text, block, strict) : undefined);
    return [
      `Form: ${formOf(block, line)}.`,
      ...(columns ? [`Columns: ${columns.map(columnText).join(' | ')}.`] : []),
      ...contextText(context),
      ...(claims.length === 0 ? [`Not read: ${reason(block, line, context, columns, strict)}.`] : []),
      ...(arePhysical(ofBlock)
        ? ['Not read: numbers from 1 up are those of a switch, a patch panel or the like.']
        : []),
    ];
  }
  return ['Not read: no table, heading, list or text stands here.'];
}

function extentOf(block: Block): Span {
  if (block.kind === 'table') return { start: block.header.start, end: (block.rows.at(-1) ?? block.header).end };
  const lines = block.kind === 'heading' ? [block.line] : block.lines;
  const last = lines.at(-1);
  return { start: lines[0]?.start ?? 0, end: last ? last.start + last.text.length : 0 };
}

function columnsOfTable(text: string, { header, rows }: Table, strict: boolean): readonly Column[] {
  const cells = rows.map(({ start, end }) => splitCells(text, start, end));
  return columnsOf(headerOf(text.slice(header.start, header.end)), cells, strict);
}

function formOf(block: Block, line: Line): string {
  if (block.kind === 'table') return isRow(block, line) ? 'a row of a table' : 'the head of a table';
  if (block.kind === 'heading') return 'a heading';
  if (block.kind === 'item') return 'an item of a list';
  if (block.kind === 'fence') return 'a fenced block';
  return block.lines.every(({ text }) => text.startsWith('|')) ? 'a row without a head' : 'text';
}

function isRow(block: Table, line: Line): boolean {
  return block.rows.some(({ start }) => start >= line.start && start <= line.start + line.text.length);
}

function columnText({ title, meaning, side, role, environment, part }: Column): string {
  const more = [side && `${side} side`, role, environment, part && `of ${part}`].filter(Boolean).join(', ');
  return `“${title}” ${meaning === 'other' ? 'not used' : meaning}${more && ` (${more})`}`;
}

function contextText({ section, role, side, scope, internal, excused }: Context): string[] {
  const places = Object.entries(scope).map(([field, value]) => `${field} ${value}`);
  const told = [
    role,
    side && `${side} side`,
    ...places,
    internal && 'internal',
    excused && 'only one of those told here runs at a time',
  ].filter(Boolean);
  return [
    ...(section.length > 0 ? [`Section: ${section.join(' > ')}.`] : []),
    ...(told.length > 0 ? [`Told by the words above: ${told.join(', ')}.`] : []),
  ];
}

/** Why a line claims nothing. The first reason that holds is the telling one. */
function reason(
  block: Block,
  line: Line,
  context: Context,
  columns: readonly Column[] | undefined,
  strict: boolean,
): string {
  if (context.silent !== undefined) return `“${context.silent}” above says that nothing is assigned here`;
  if (findPorts(mask(line.text)).length === 0) return 'no port in this line';
  if (columns) return reasonInTable(columns, strict);
  if (strict)
    return 'neither name nor title say that the document lists ports, so only tables of services and ports, and lists below words for ports, are read';
  if (block.kind === 'heading')
    return 'the number does not stand where a heading states a port, as in “Mail (Port 9007)”';
  if (block.kind === 'item') return reasonInItem(block, line, context);
  if (block.kind === 'fence' && !PLAIN_LANGUAGES.has(block.language))
    return `the block is ${block.language}, and only blocks of plain text are read as maps of ports`;
  return 'text is read only where most of its lines pair a port with a name, as in “9000 - Gateway”';
}

function reasonInTable(columns: readonly Column[], strict: boolean): string {
  const silent = columns.find(({ meaning }) => meaning === 'silent');
  if (silent) return `the column “${silent.title}” says that the table assigns nothing`;
  if (!columns.some(({ meaning }) => meaning === 'port' || (meaning === 'range' && !strict)))
    return 'no column of ports';
  if (strict && !columns.some(({ meaning }) => meaning === 'service' || meaning === 'container'))
    return 'no column of services, and neither name nor title say that the document lists ports';
  return 'the cells of ports hold none, or the row names no owner';
}

function reasonInItem(block: Extract<Block, { kind: 'item' }>, line: Line, context: Context): string {
  if (block.task) return 'it is a task';
  if (block.lines[0]!.start > line.start + line.text.length || block.lines[0]!.start < line.start)
    return 'of a list item, only the first line is read';
  if (context.migration) return 'words above tell of a move, and this line does not say from which port';
  return 'it does not pair a name with a port, as in “Gateway: 9000” or “9000 - Gateway”';
}
