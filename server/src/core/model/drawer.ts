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
    if (found === undefined) return [];
    return Array.isArray(found) ? found : [found];
  }

  add(key: string | number, value: V): void {
    const known = this.#values.get(key);
    if (known === undefined) {
      this.#values.set(key, value);
      return;
    }
    const values = Array.isArray(known) ? known : [known];
    values.push(value);
    if (this.#order(values.at(-2)!, value) > 0) values.sort(this.#order);
    this.#values.set(key, values);
  }

  /** Takes out the values of a key for which something holds. */
  remove(key: string | number, holds: (value: V) => boolean): void {
    const others = this.get(key).filter((value) => !holds(value));
    if (others.length > 1) this.#values.set(key, others);
    else if (others.length === 1) this.#values.set(key, others[0]!);
    else this.#values.delete(key);
  }
}
