import type { FileFacts } from '../facts.ts';
import { samePlaces } from './claims/claimChanges.ts';

/**
 * Whether two readings of a file say the same at the same lines and columns, as when somebody types between two ports:
 * then nobody else sees a difference.
 */
export function looksSame(before: FileFacts | undefined, after: FileFacts | undefined): boolean {
  if (before === after) return true;
  if (!before || !after) return false;
  const isAtSame = samePlaces(before.lines, after.lines);
  const isSame = (a: unknown, b: unknown): boolean => {
    if (a === b) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (isSpan(a)) return isSpan(b) && isAtSame(a, b);
    if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i]));
    const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
    const keys = Object.keys(x);
    return keys.length === Object.keys(y).length && keys.every((key) => UNSEEN.has(key) || isSame(x[key], y[key]));
  };
  return isSame(before, after);
}

/** What matters to nobody else: where a block of nginx ends, and what is compared by itself. */
const UNSEEN: ReadonlySet<string> = new Set(['blocks', 'lines']);

function isSpan(value: object): value is { start: number; end: number } {
  return 'start' in value && typeof value.start === 'number' && 'end' in value;
}
