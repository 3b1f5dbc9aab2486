import type { Claim, FileFacts } from '../facts.ts';
import { push } from '../grouped.ts';
import { disjoint } from '../model/scope.ts';
import { partitionPoint } from '../sorted.ts';
import type { Span } from '../text.ts';

/** Two blocks of one table, list or level of headings that share ports though neither lies in the other. */
export interface Overlap {
  readonly earlier: Claim;
  readonly later: Claim;
}

/**
 * The blocks of a document that overlap. A block inside a wider one is a part of it; blocks that are told apart in
 * different places of a document cut the same ports in different ways.
 * @param isOneOwner whether two claims may well speak of one owner
 */
export function* overlapsIn(file: FileFacts, isOneOwner: (a: Claim, b: Claim) => boolean): Iterable<Overlap> {
  for (const blocks of byPlace(file).values()) {
    const sorted = [...blocks].sort((a, b) => a.port - b.port || a.endPort! - b.endPort!);
    for (const [i, low] of sorted.entries()) {
      const high = sorted
        .slice(i + 1, i + 1 + NEIGHBOURS)
        .find((other) => cross(low, other) && !disjoint(low.scope, other.scope) && !isOneOwner(low, other));
      if (!high) continue;
      yield low.span.start < high.span.start ? { earlier: low, later: high } : { earlier: high, later: low };
    }
  }
}

/** How many of the blocks that begin next are looked at, so that long lists take no longer than they must. */
const NEIGHBOURS = 50;

function cross(a: Claim, b: Claim): boolean {
  if (a.protocol !== undefined && b.protocol !== undefined && a.protocol !== b.protocol) return false;
  const isEqual = a.port === b.port && a.endPort === b.endPort;
  return isEqual || (a.port < b.port && b.port <= a.endPort! && a.endPort! < b.endPort!);
}

/** The blocks that stand side by side: in one table, or in one form under the same headings. */
function byPlace(file: FileFacts): Map<string, Claim[]> {
  const places = new Map<string, Claim[]>();
  const tables = (file.document?.tables ?? []).map(({ body }) => body).sort((a, b) => a.start - b.start);
  for (const claim of file.claims) {
    const { role, endPort, service, side, excused, form, section, span } = claim;
    if (role !== 'range' || endPort === undefined || service === undefined || side === 'container' || excused) continue;
    push(places, [form, around(span, tables) ?? '', ...section].join('\n'), claim);
  }
  return places;
}

/** Which of some stretches one lies in. They come one after the other, and none in another one. */
function around({ start, end }: Span, stretches: readonly Span[]): number | undefined {
  const place = partitionPoint(stretches, (stretch) => stretch.end < end);
  return place < stretches.length && stretches[place]!.start <= start ? place : undefined;
}
