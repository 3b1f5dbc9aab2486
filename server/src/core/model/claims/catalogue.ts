import { Drawer } from './drawer.ts';

/**
 * Things by what is asked for, such as claims by their owners. They are sorted in when somebody first asks, which in
 * many workspaces nobody does; after that a change costs what it changes.
 */
export class Catalogue<T extends object> {
  readonly #all: () => Iterable<T>;
  readonly #keysOf: (thing: T) => readonly (string | number)[];
  readonly #order: (a: T, b: T) => number;
  #drawer: Drawer<T> | undefined;

  /**
   * @param all the things that there are at the moment
   * @param keysOf under what a thing belongs into the catalogue; the same until it is taken out
   * @param order in which order things of one key are given back
   */
  constructor(
    all: () => Iterable<T>,
    keysOf: (thing: T) => readonly (string | number)[],
    order: (a: T, b: T) => number,
  ) {
    this.#all = all;
    this.#keysOf = keysOf;
    this.#order = order;
  }

  get(key: string | number): readonly T[] {
    this.#drawer ??= this.#filled();
    return this.#drawer.get(key);
  }

  /** Takes a thing that has come to the others. */
  add(thing: T): void {
    if (this.#drawer) this.#file(thing, this.#drawer);
  }

  /** Takes out a thing that was there, while it is still as it was. */
  remove(thing: T): void {
    if (!this.#drawer) return;
    for (const key of this.#keysOf(thing)) this.#drawer.remove(key, thing);
  }

  #filled(): Drawer<T> {
    const drawer = new Drawer<T>(this.#order);
    for (const thing of this.#all()) this.#file(thing, drawer);
    return drawer;
  }

  #file(thing: T, drawer: Drawer<T>): void {
    for (const key of this.#keysOf(thing)) drawer.add(key, thing);
  }
}
