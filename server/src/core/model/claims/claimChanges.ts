import type { Claim, FileFacts } from '../../facts.ts';
import type { LineMap, Span } from '../../text.ts';

/** What differs between the claims of two readings of a document. */
export interface ClaimChanges {
  /** Which claims at one stretch are said no more, and which are said there now. */
  readonly removed: readonly Claim[];
  readonly added: readonly Claim[];
  /** Where the stretch begins, as the number of claims in front of it. */
  readonly first: number;
  /** Claims that say the same at another line or column. */
  readonly moved: readonly Claim[];
}

/**
 * Compares two readings of a document. What stands in front of a change and behind it is said again, at other offsets
 * maybe; whatever lies between the first difference and the last counts as changed.
 */
export function claimChanges(before: FileFacts, after: FileFacts): ClaimChanges {
  const [was, is] = [before.claims, after.claims];
  const most = Math.min(was.length, is.length);
  let first = 0;
  while (first < most && saySame(was[first]!, is[first]!)) first++;
  let last = 0;
  while (last < most - first && saySame(was.at(-1 - last)!, is.at(-1 - last)!)) last++;
  const isAtSame = samePlaces(before.lines, after.lines);
  const hasMoved = (claim: Claim, earlier: Claim) =>
    !isAtSame(earlier.span, claim.span) ||
    (claim.serviceSpan !== undefined && !isAtSame(earlier.serviceSpan!, claim.serviceSpan));
  const later = is.length - was.length;
  return {
    removed: was.slice(first, was.length - last),
    added: is.slice(first, is.length - last),
    first,
    moved: is.filter((claim, i) => {
      if (i < first) return hasMoved(claim, was[i]!);
      return i >= is.length - last && hasMoved(claim, was[i - later]!);
    }),
  };
}

/** Tells whether places in two texts have the same lines and columns. */
export function samePlaces(before: LineMap, after: LineMap): (was: Span, is: Span) => boolean {
  const end = before.sameUntil(after);
  const isSame = (was: number, is: number) => {
    if (was === is && was < end) return true;
    const [a, b] = [before.position(was), after.position(is)];
    return a.line === b.line && a.column === b.column;
  };
  return (was, is) => isSame(was.start, is.start) && isSame(was.end, is.end);
}

/** Whether two claims say the same, wherever they stand. */
function saySame(a: Claim, b: Claim): boolean {
  if (a === b) return true;
  if (a.port !== b.port || a.service !== b.service || a.role !== b.role) return false;
  return isAlike(a, b);
}

/** Whether two values are equal but for where they stand in a text. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  let count = 0;
  for (const key in a) {
    count++;
    if (key === 'span' || key === 'serviceSpan') {
      if (!(key in b)) return false;
    } else if (!isAlike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  for (const _ in b) count--;
  return count === 0;
}
