import type { Claim, Reading, Table } from '../facts.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { LineMap, type Span } from '../text.ts';
import { NEVER_REGISTRIES } from '../vocabulary/documents.ts';
import { lineBreakOf, listingsOf } from './listings.ts';
import type { Block, Line } from './markdown/blocks.ts';
import { stylesOf } from './markdown/cellStyles.ts';
import type { Column } from './markdown/columns.ts';
import { documentOf, evidenceOf, isWeak } from './markdown/document.ts';
import { explainLine } from './markdown/explain.ts';
import { blocksOf } from './markdown/groups.ts';
import { headingOf } from './markdown/headings.ts';
import type { TableShape } from './markdown/row.ts';
import { Walk } from './markdown/walk.ts';

/** Longer texts are no documents that people keep up by hand. */
const LONGEST = 2_000_000;

/** Some word for a port must occur, in any language, and a number. */
const MAY_HOLD_PORTS = /port|puerto|порт|端口|埠|ポート|포트|cổng|منفذ|المنافذ/i;

/** Reads the tables, headings and lists in which a markdown document says which service owns which port. */
export const registryMarkdown: Reader = {
  kind: 'registry',
  globs: ['**/*.{md,mdx,markdown}'],
  wants: (path) => mayBeNamed(path) && !NEVER_REGISTRIES.test(basename(path)),
  mayBeNamed,
  read(text, path, named = false): Reading | undefined {
    if (text.length > LONGEST || !(named || MAY_HOLD_PORTS.test(text)) || !/\d{2}/.test(text)) return undefined;
    const blocks = blocksOf(text, new LineMap(text));
    const title = titleOf(blocks);
    const evidence = evidenceOf(text, path, title?.title);
    const walk = new Walk(!named && isWeak(evidence));
    const claims: Claim[] = blocks.flatMap((block) => walk.read(block));
    if (claims.every(({ role }) => role === 'former')) return undefined;
    const tables = walk.tables.map(({ shape, lines }) => tableOf(text, shape, lines));
    const titleSpan = title?.span && { titleSpan: title.span };
    const listings = listingsOf(text, claims);
    const shapes = { tables, ...(listings.length > 0 && { listings }) };
    return { ...nothing, claims, document: { ...documentOf(evidence, claims), ...titleSpan, ...shapes } };
  },
  explain(text, path, line, named = false): string[] {
    const map = new LineMap(text);
    const blocks = blocksOf(text, map);
    const strict = !named && isWeak(evidenceOf(text, path, titleOf(blocks)?.title));
    const start = map.lineStart(line);
    const own = { text: text.slice(start, map.lineStart(line + 1)).trimEnd(), start };
    return explainLine(blocks, new Walk(strict), own, strict);
  },
};

function mayBeNamed(path: string): boolean {
  return /\.(?:md|mdx|markdown)$/i.test(path);
}

function tableOf(text: string, { columns }: TableShape, lines: readonly Line[]): Table {
  const last = lines.at(-1)!;
  const end = last.start + last.text.length;
  return {
    columns: columns.map(columnOf),
    body: { start: lines[0]!.start, end },
    lineBreak: lineBreakOf(text),
    outerPipes: last.text.startsWith('|'),
    styles: stylesOf(lines.map((line) => line.text)),
  };
}

function columnOf({ meaning, side }: Column): Table['columns'][number] {
  if (meaning === 'port') return side === 'container' ? 'container port' : 'port';
  const known = ['service', 'container', 'protocol', 'path'] as const;
  return known.find((one) => one === meaning) ?? 'other';
}

/** The first heading, else the first line of text. */
function titleOf(blocks: readonly Block[]): { title?: string; span: Span | undefined } | undefined {
  const heading = blocks.find((block) => block.kind === 'heading');
  const first = heading ?? blocks[0];
  if (first?.kind !== 'heading' && first?.kind !== 'paragraph') return undefined;
  const line = first.kind === 'heading' ? first.line : first.lines[0]!;
  const { title, span } = headingOf(line, 1);
  return { ...(title !== '' && { title }), span };
}
