import { holds, type Ports } from '../../../server/src/core/ports.ts';

/** Which items the ports view shows. */
export interface Filter {
  /** Words or numbers, all of which an item must have; empty for all items. */
  readonly text: string;
  readonly problemsOnly: boolean;
}

export const everything: Filter = { text: '', problemsOnly: false };

/** Whether anything may be hidden. */
export function isFiltered({ text, problemsOnly }: Filter): boolean {
  return text.trim() !== '' || problemsOnly;
}

/** Whether an item has all words of a filter: in its text, or as a port in its range or the beginning of its port. */
export function matches({ text }: Filter, own: string, ports: Ports | number | null): boolean {
  const range = typeof ports === 'number' ? { port: ports } : ports;
  const bare = plain(own);
  const isIn = (word: string) =>
    bare.includes(plain(word)) ||
    (range !== null &&
      /^\d+$/.test(word) &&
      (String(range.port).startsWith(word) || holds(range, { port: Number(word) })));
  return text.toLowerCase().split(/\s+/).filter(Boolean).every(isIn);
}

/** `Tide Watch`, `tide-watch` and `tide_watch` are one. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}
