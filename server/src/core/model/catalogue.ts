import { Drawer } from './drawer.ts';

/**
 * Things by what is asked for, such as claims by their owners. They are sorted in when somebody first asks, which in
 * many workspaces nobody does; after that a change costs what it changes.
 */
export class Catalogue<T, V extends object> {
  readonly #all: () => Iterable<T>;
  readonly #entries: (thing: T) => Iterable<readonly [key: string | number, value: V]>;
  readonly #thingOf: (value: V) => T;
  readonly #order: (a: T, b: T) => number;
  #drawer: Drawer<V> | undefined;

  /**
   * @param all the things that there are at the moment
   * @param entries under what a thing belongs into the catalogue, and as what; the same until it is taken out
   * @param thingOf the thing that a value stands for
   * @param order in which order values of one key are given back
   */
  constructor(
    all: () => Iterable<T>,
    entries: (thing: T) => Iterable<readonly [key: string | number, value: V]>,
    thingOf: (value: V) => T,
    order: (a: T, b: T) => number,
  ) {
    this.#all = all;
    this.#entries = entries;
    this.#thingOf = thingOf;
    this.#order = order;
  }

  get(key: string | number): readonly V[] {
    return this.#filled().get(key);
  }

  get isEmpty(): boolean {
    return this.#filled().isEmpty;
  }

  /** Takes a thing that has come to the others. */
  add(thing: T): void {
    if (this.#drawer) this.#file(thing, this.#drawer);
  }

  /** Takes out a thing that was there, while it is still as it was. */
  remove(thing: T): void {
    if (!this.#drawer) return;
    for (const [key] of this.#entries(thing)) this.#drawer.remove(key, (value) => this.#thingOf(value) === thing);
  }

  #filled(): Drawer<V> {
    if (this.#drawer) return this.#drawer;
    this.#drawer = new Drawer<V>((a, b) => this.#order(this.#thingOf(a), this.#thingOf(b)));
    for (const thing of this.#all()) this.#file(thing, this.#drawer);
    return this.#drawer;
  }

  #file(thing: T, drawer: Drawer<V>): void {
    for (const [key, value] of this.#entries(thing)) drawer.add(key, value);
  }
}
