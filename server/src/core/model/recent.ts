/** How many are kept for certain. */
const MOST = 512;

/** What was worked out lately, by path: enough for the files that somebody looks at, and not for all there are. */
export class Recent<V> {
  #recent = new Map<string, V>();
  #earlier = new Map<string, V>();

  /** What is known under a path; made when it was not asked for lately. */
  kept(path: string, make: () => V): V {
    const known = this.#recent.get(path) ?? this.#earlier.get(path);
    if (known !== undefined && this.#recent.has(path)) return known;
    const value = known ?? make();
    if (this.#recent.size >= MOST) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(path, value);
    return value;
  }

  delete(path: string): void {
    this.#recent.delete(path);
    this.#earlier.delete(path);
  }

  clear(): void {
    this.#recent.clear();
    this.#earlier.clear();
  }
}
