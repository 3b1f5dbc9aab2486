/** Values by their keys, in an order. Most keys have one value, which takes no list of its own. */
export class Drawer<V extends object> {
  readonly #order: (a: V, b: V) => number;
  readonly #values = new Map<string | number, V | V[]>();

  constructor(order: (a: V, b: V) => number) {
    this.#order = order;
  }

  keys(): Iterable<string | number> {
    return this.#values.keys();
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  get(key: string | number): readonly V[] {
    const found = this.#values.get(key);
    if (found === undefined) return NOTHING;
    return Array.isArray(found) ? found : [found];
  }

  /** Adds a value, if it is not there under this key. */
  add(key: string | number, value: V): void {
    const known = this.#values.get(key);
    if (known === undefined) this.#values.set(key, value);
    else if (!Array.isArray(known)) {
      if (known !== value) this.#values.set(key, [known, value].sort(this.#order));
    } else if (this.#order(known.at(-1)!, value) < 0) known.push(value);
    else if (!known.includes(value)) {
      known.push(value);
      known.sort(this.#order);
    }
  }

  /** Takes out a value of a key. */
  remove(key: string | number, value: V): void {
    const others = this.get(key).filter((other) => other !== value);
    if (others.length > 1) this.#values.set(key, others);
    else if (others.length === 1) this.#values.set(key, others[0]!);
    else this.#values.delete(key);
  }
}

const NOTHING: readonly never[] = [];
