/** Random choices that can be made again: the same seed gives the same ones. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1, by mulberry32. */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below a limit. */
  below(limit: number): number {
    return Math.floor(this.roll() * limit);
  }

  chance(probability: number): boolean {
    return this.roll() < probability;
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }

  /** A number that is often small, often near to a limit, and sometimes impossible. */
  somewhere(limit: number): number {
    return this.one([this.below(limit + 1), this.below(limit + 1), 0, limit, limit + 1, 1_000_000, 2 ** 31 - 1, -1]);
  }
}

/** The seed of a test; FC_SEED tries others. */
export const seed = Number(process.env.FC_SEED ?? 4100);
