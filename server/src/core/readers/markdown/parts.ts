import type { Claim, Table } from '../../facts.ts';
import { partitionPoint } from '../../sorted.ts';
import type { LineMap, Span } from '../../text.ts';
import { type Entry, entriesOf } from '../listings.ts';
import { arePhysical } from '../physicalPorts.ts';
import type { Group, Groups } from './groups.ts';
import { tableOf } from './tableFacts.ts';
import type { Above, Walk } from './walk.ts';

/** What one group of blocks says, and what stands above it. Together they are all that a document says. */
export interface Part {
  /** Where it begins; it ends where the next one does. */
  readonly start: number;
  readonly above: Above;
  readonly claims: readonly Claim[];
  readonly tables: readonly Table[];
  readonly entries: readonly Entry[];
}

/** A text of which parts are known, and what it has in common with the text that is read. */
export interface Known {
  readonly parts: readonly Part[];
  /** How many parts at the beginning are the same. */
  readonly kept: number;
  /** From where on the text to read is the same as the end of the known one. */
  readonly tail: number;
  /** How much farther behind it stands there. */
  readonly shift: number;
}

/**
 * Reads group by group. What is known of a text that ends alike is taken over as soon as the same stands above it.
 * @param ahead groups that have been taken from `groups` already
 */
export function readParts(
  text: string,
  map: LineMap,
  walk: Walk,
  groups: Groups,
  ahead: readonly Group[],
  known?: Known,
): Part[] {
  const parts = known ? known.parts.slice(0, known.kept) : [];
  const read = (group: Group): Part => {
    const { above } = walk;
    const found = group.blocks.flatMap((block) => walk.read(block));
    const shapes = walk.takeTables();
    const isPhysical = arePhysical(found);
    const claims = isPhysical ? [] : found;
    const tables = isPhysical ? [] : shapes.map((table) => tableOf(text, table));
    return { start: map.lineStart(group.line), above, claims, tables, entries: entriesOf(text, claims) };
  };
  for (const group of ahead) parts.push(read(group));
  for (let group = groups.next(); group; group = groups.next()) {
    const rest = known && restFrom(known, map.lineStart(group.line), walk.above);
    if (rest) return parts.concat(rest);
    parts.push(read(group));
  }
  return parts;
}

/**
 * What is known of an earlier text and holds for another one. A part stays as it is when the one behind it does, for
 * where that begins decides over where it ends.
 */
export function knownOf(earlier: string, parts: readonly Part[], text: string): Known {
  const shortest = Math.min(earlier.length, text.length);
  const shift = text.length - earlier.length;
  const same = sharedLength(shortest, (from, to) => earlier.slice(from, to) === text.slice(from, to));
  const ends = (whole: string, from: number, to: number) => whole.slice(whole.length - to, whole.length - from);
  const tail =
    text.length - sharedLength(shortest - same, (from, to) => ends(earlier, from, to) === ends(text, from, to));
  const begun = parts.findIndex(({ start }) => start > same);
  return { parts, kept: Math.max(0, (begun < 0 ? parts.length : begun) - 2), tail, shift };
}

/** How much is the same, up to a length: in long steps first, as long texts are compared in no time. */
function sharedLength(longest: number, agrees: (from: number, to: number) => boolean): number {
  let same = 0;
  for (let step = 65536; step >= 1; step /= 16) {
    while (same + step <= longest && agrees(same, same + step)) same += step;
  }
  return same;
}

/** The known parts from an offset of the text on, if they are the same there. */
function restFrom({ parts, kept, tail, shift }: Known, start: number, above: Above): Part[] | undefined {
  if (start < tail) return undefined;
  const index = indexOfStart(parts, start - shift);
  if (index === undefined || index < kept || !isSame(above, parts[index]!.above)) return undefined;
  const rest = parts.slice(index);
  return shift === 0 ? rest : rest.map((part) => shifted(part, shift));
}

function indexOfStart(parts: readonly Part[], start: number): number | undefined {
  const index = partitionPoint(parts, (part) => part.start < start);
  return parts[index]?.start === start ? index : undefined;
}

/** Whether the same stands above. Plain data, and made by the same steps where it is the same. */
function isSame(a: Above, b: Above): boolean {
  return (
    a.introduction === b.introduction &&
    (a.sections === b.sections || JSON.stringify(a.sections) === JSON.stringify(b.sections)) &&
    (a.items === b.items || JSON.stringify(a.items) === JSON.stringify(b.items)) &&
    (a.shapes === b.shapes || JSON.stringify([...a.shapes]) === JSON.stringify([...b.shapes]))
  );
}

function shifted({ start, above, claims, tables, entries }: Part, by: number): Part {
  const moved = ({ start: from, end }: Span): Span => ({ start: from + by, end: end + by });
  return {
    start: start + by,
    above,
    claims: claims.map((claim) =>
      claim.serviceSpan
        ? { ...claim, span: moved(claim.span), serviceSpan: moved(claim.serviceSpan) }
        : { ...claim, span: moved(claim.span) },
    ),
    tables: tables.map((table) => ({ ...table, body: moved(table.body) })),
    entries: entries.map((entry) => ({ ...entry, span: moved(entry.span) })),
  };
}
