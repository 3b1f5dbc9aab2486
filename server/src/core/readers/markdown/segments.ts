import { roleWords } from '../../vocabulary/keys.ts';
import type { Line } from './blocks.ts';
import { mask } from './inline.ts';
import { pairOf } from './pairs.ts';

const SIGN = /\s[·•|]\s|[;,.]\s/g;
const REMARK = /^(?:\([^()]*\))?$/;
/** With more than these it is a text, and with fewer than two there is nothing to tell apart. */
const MOST = 30;

/**
 * The entries of a line that has several, each with a name and ports: `Winch: 8989 · Crane: 7878`. Between commas the
 * names of parts, as in `Winch: 8989, console: 8990`, make no entries. Empty where the line is one entry or none.
 */
export function segmentsOf(line: Line): Line[] {
  const masked = mask(line.text);
  const segments: Line[] = [];
  let from = 0;
  let isList = false;
  for (const { index, 0: sign } of masked.matchAll(SIGN)) {
    if (segments.push(part(line, from, index)) > MOST) return [];
    isList ||= /[;,]/.test(sign);
    from = index + sign.length;
  }
  if (segments.length === 0) return [];
  const end = masked.trimEnd().length;
  segments.push(part(line, from, masked[end - 1] === '.' ? end - 1 : end));
  return segments.every((segment) => isEntry(segment, isList)) ? segments : [];
}

function part({ text, start }: Line, from: number, to: number): Line {
  return { text: text.slice(from, to), start: start + from };
}

function isEntry({ text, start }: Line, isList: boolean): boolean {
  const pair = pairOf(mask(text), start);
  if (!pair || pair.portFirst || !REMARK.test(pair.remark)) return false;
  return !isList || !wordsIn(pair.name).every((word) => roleWords.has(word));
}

function wordsIn(name: string): string[] {
  return name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}
