import type { Claim, Reading, Use } from '../facts.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { LineMap, type Span } from '../text.ts';
import { NEVER_REGISTRIES } from '../vocabulary/documents.ts';
import { isGuide } from './guide.ts';
import { lineBreakOf, listingsOf } from './listings.ts';
import { addressesIn } from './markdown/addresses.ts';
import type { Block } from './markdown/blocks.ts';
import { type Announcement, announcementOf, documentOf, isWeak, isWeakUntitled } from './markdown/document.ts';
import { explainLine } from './markdown/explain.ts';
import { blocksOf, type Group, Groups } from './markdown/groups.ts';
import { headingOf } from './markdown/headings.ts';
import { knownOf, type Part, readParts } from './markdown/parts.ts';
import { mayAssign } from './markdown/quickLook.ts';
import { Walk } from './markdown/walk.ts';

/** Longer texts are no documents that people keep up by hand. */
const LONGEST = 2_000_000;

/** Some word for a port must occur, in any language, and a number. */
const MAY_HOLD_PORTS = /port|poort|puerto|порт|端口|埠|ポート|포트|c[oổ]ng|منفذ|المنافذ/i;

/** Reads the tables, headings and lists in which a markdown document says which service owns which port. */
export const registryMarkdown: Reader = {
  kind: 'registry',
  globs: ['**/*.{md,mdx,mdc,markdown}'],
  wants: (path) => mayBeNamed(path) && !NEVER_REGISTRIES.test(basename(path)),
  mayBeNamed,
  read(text, path, named = false, before): Reading | undefined {
    if (text.length > LONGEST || !(named || MAY_HOLD_PORTS.test(text)) || !/\d{2}/.test(text)) return undefined;
    if (!named && isWeakUntitled(path) && !mayAssign(text)) return undefined;
    const map = new LineMap(text);
    const earlier = before && memories.get(before.claims);
    const memory = (earlier && readAgain(text, map, path, named, earlier)) ?? readWhole(text, map, path, named);
    const reading = readingOf(memory, path, map);
    // Texts are kept of those documents alone that change.
    if (reading && before) memories.set(reading.claims, memory);
    return reading;
  },
  explain(text, path, line, named = false): string[] {
    const map = new LineMap(text);
    const blocks = blocksOf(text, map);
    const strict = !named && isWeak(announcementOf(path, titleOf(blocks)?.title));
    const start = map.lineStart(line);
    const own = { text: text.slice(start, map.lineStart(line + 1)).trimEnd(), start };
    return explainLine(text, blocks, new Walk(text, strict), own, strict);
  },
};

function mayBeNamed(path: string): boolean {
  return /\.(?:md|mdx|mdc|markdown)$/i.test(path);
}

interface Title {
  /** Without markup; missing when nothing is left. */
  readonly title?: string;
  readonly span: Span | undefined;
}

/** A document with all that was found in it. */
interface Memory {
  readonly text: string;
  readonly body: number;
  readonly announcement: Announcement;
  readonly strict: boolean;
  readonly title: Title | undefined;
  /** Where the group ends that has the title. */
  readonly titleEnd: number;
  readonly parts: readonly Part[];
}

/** What was found in documents that change, by their claims. */
const memories = new WeakMap<Reading['claims'], Memory>();

function readWhole(text: string, map: LineMap, path: string, named: boolean): Memory {
  const groups = new Groups(text, map);
  const body = map.lineStart(groups.line);
  const ahead: Group[] = [];
  for (let group = groups.next(); group; group = groups.next()) {
    ahead.push(group);
    if (group.blocks.some(({ kind }) => kind === 'heading')) break;
  }
  const title = titleOf(ahead.flatMap(({ blocks }) => blocks));
  const titleEnd = map.lineStart(groups.line);
  const announcement = announcementOf(path, title?.title);
  const strict = !named && isWeak(announcement);
  const parts = readParts(text, map, new Walk(text, strict), groups, ahead);
  return { text, body, announcement, strict, title, titleEnd, parts };
}

/** Reads what has changed; `undefined` when the change has a say in how everything else is read. */
function readAgain(text: string, map: LineMap, path: string, named: boolean, earlier: Memory): Memory | undefined {
  const { body, title, titleEnd, strict } = earlier;
  const known = knownOf(earlier.text, earlier.parts, text);
  const first = earlier.parts[known.kept];
  if (first === undefined || first.start < titleEnd || lineBreakOf(text) !== lineBreakOf(earlier.text))
    return undefined;
  if (map.lineStart(new Groups(text, map).line) !== body) return undefined;
  const announcement = announcementOf(path, title?.title);
  if (strict !== (!named && isWeak(announcement))) return undefined;
  const groups = new Groups(text, map, map.position(first.start).line);
  const parts = readParts(text, map, new Walk(text, strict, first.above), groups, [], known);
  return { text, body, announcement, strict, title, titleEnd, parts };
}

function readingOf({ text, announcement, title, parts }: Memory, path: string, lines: LineMap): Reading | undefined {
  const claims = gathered(parts, (part) => part.claims);
  if (claims.every(({ role }) => role === 'former')) return undefined;
  const tables = gathered(parts, (part) => part.tables);
  const entries = gathered(parts, (part) => part.entries);
  const listings = listingsOf(text, entries);
  const titleSpan = title?.span && { titleSpan: title.span };
  const shapes = { tables, ...(listings.length > 0 && { listings }) };
  const uses = isGuide(path) ? withoutClaimed(addressesIn(text), claims) : [];
  return {
    ...nothing,
    claims,
    uses,
    lines,
    document: { ...documentOf(text, path, announcement, claims), ...titleSpan, ...shapes },
  };
}

function withoutClaimed(uses: readonly Use[], claims: readonly Claim[]): Use[] {
  const starts = new Set(claims.map(({ span }) => span.start));
  return uses.filter(({ span }) => !starts.has(span.start));
}

/** There are thousands of parts, each with a handful of these. */
function gathered<T>(parts: readonly Part[], of: (part: Part) => readonly T[]): T[] {
  const all: T[] = [];
  for (const part of parts) for (const one of of(part)) all.push(one);
  return all;
}

/** The first heading, else the first line of text. */
function titleOf(blocks: readonly Block[]): Title | undefined {
  const heading = blocks.find((block) => block.kind === 'heading');
  const first = heading ?? blocks[0];
  if (first?.kind !== 'heading' && first?.kind !== 'paragraph') return undefined;
  const line = first.kind === 'heading' ? first.line : first.lines[0]!;
  const { title, span } = headingOf(line, 1);
  return { ...(title !== '' && { title }), span };
}
