import { ownCopy } from './text.ts';

/** What was worked out lately, by a path or another text: what is often asked for stays, and not all there ever was. */
export class Recent<V> {
  readonly #most: number;
  #recent = new Map<string, V>();
  #earlier = new Map<string, V>();

  /** @param most how many are kept for certain; up to twice as many are */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * What is known under a text; made when it was not asked for lately.
   * @param make is given the text with memory of its own, so that what it makes keeps no other text
   */
  kept(text: string, make: (own: string) => V): V {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    const own = ownCopy(text);
    const value = this.#earlier.get(text) ?? make(own);
    if (this.#recent.size >= this.#most) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(own, value);
    return value;
  }

  delete(text: string): void {
    this.#recent.delete(text);
    this.#earlier.delete(text);
  }

  clear(): void {
    this.#recent.clear();
    this.#earlier.clear();
  }
}
