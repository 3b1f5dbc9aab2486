import type { Span } from '../text.ts';
import type { Spot } from './spot.ts';

/**
 * The stretches to which a selection grows from a spot, smallest first: the digits or the name; the mapping, URL or cell
 * around it; its row or line.
 */
export function stretchesAround(spot: Spot, text: string): Span[] {
  const { span, file } = spot;
  const line = file.lines.position(span.start).line;
  const row = trimmed(text, { start: file.lines.lineStart(line), end: file.lines.lineStart(line + 1) });
  const isCell = spot.kind === 'claim' && spot.claim.form === 'table';
  const entry = trimmed(text, grown(text, span, row, isCell ? /\|/ : /[\s"'`,;|[\]]/));
  const all = [span, entry, row].filter(({ start, end }) => start <= span.start && span.end <= end);
  return all.filter((one, n) => n === 0 || one.start < all[n - 1]!.start || one.end > all[n - 1]!.end);
}

/** A stretch as far as the next character on each side that ends it, within bounds. A backslash takes a pipe's meaning. */
function grown(text: string, { start, end }: Span, bounds: Span, ending: RegExp): Span {
  const ends = (at: number) => ending.test(text[at]!) && text[at - 1] !== '\\';
  let [from, to] = [start, end];
  while (from > bounds.start && !ends(from - 1)) from--;
  while (to < bounds.end && !ends(to)) to++;
  return { start: from, end: to };
}

function trimmed(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const from = start + inside.length - inside.trimStart().length;
  return { start: from, end: Math.max(from, start + inside.trimEnd().length) };
}
