import { Expansion, UNKNOWN } from '../../notation/interpolation.ts';
import { ownCopy } from '../../text.ts';
import type { Word } from './statements.ts';

const VARIABLE = /\{\$([A-Za-z_]\w*)(?::([^{}]*))?\}/g;

/**
 * A word with the defaults of the variables in it, `{$PORT:8080}`.
 * https://caddyserver.com/docs/caddyfile/concepts#environment-variables
 */
export function expandWord({ text, start }: Word): Expansion {
  if (!text.includes('{$')) return Expansion.plain(text, start);
  const segments: Parameters<typeof Expansion.of>[0][number][] = [];
  let at = 0;
  let last = 0;
  const add = (piece: string, from: number, to: number, via: readonly string[]) => {
    if (piece === '') return;
    segments.push({ at, text: piece, start: start + from, end: start + to, via });
    at += piece.length;
  };
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, name, fallback] = match;
    const end = match.index + whole.length;
    add(text.slice(last, match.index), last, match.index, []);
    if (fallback) add(fallback, end - 1 - fallback.length, end - 1, [ownCopy(name!)]);
    else add(UNKNOWN, match.index, end, [ownCopy(name!)]);
    last = end;
  }
  add(text.slice(last), last, text.length, []);
  return Expansion.of(segments, []);
}
