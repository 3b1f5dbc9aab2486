import { ownCopy } from './text.ts';

/** So many pieces are remembered, a power of two, and none that is longer. */
const SLOTS = 1024;
const LONGEST = 32;

/**
 * The pieces of texts that come again and again, as the keys of YAML and the names of directives do: each is cut out
 * once, and engines work its hash out once. Two that fall into the same slot drive each other out, nothing more.
 */
export class Pieces {
  readonly #known: string[] = new Array<string>(SLOTS).fill('');

  /** What stands in a text from one offset to another. */
  cut(text: string, start: number, end: number): string {
    const length = end - start;
    if (length === 0 || length > LONGEST) return text.slice(start, end);
    const middle = text.charCodeAt(start + (length >> 1));
    const slot = (text.charCodeAt(start) * 7 + middle * 31 + text.charCodeAt(end - 1) * 131 + length * 17) % SLOTS;
    const known = this.#known[slot]!;
    if (known.length === length && text.startsWith(known, start)) return known;
    const piece = ownCopy(text.slice(start, end));
    this.#known[slot] = piece;
    return piece;
  }
}
