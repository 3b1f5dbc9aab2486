import { pause } from './slices.ts';

/** What is done in the background. */
export interface Chores {
  /** Does the most urgent of what waits; false if nothing does. */
  step(): Promise<boolean>;
  failed(error: unknown): void;
  /** Nothing waits any more. */
  ended(): void;
}

/** Does one piece of work after the other until none is left. Nothing is done before {@link begin}. */
export class Background {
  readonly #chores: Chores;
  #begin: (() => void) | undefined;
  /** Work that is going on, or has to wait for the beginning. */
  #work: Promise<void> | undefined = new Promise((resolve) => (this.#begin = resolve));

  constructor(chores: Chores) {
    this.#chores = chores;
  }

  begin(): void {
    if (!this.#begin) return;
    this.#work = undefined;
    this.#begin();
    this.#begin = undefined;
  }

  /** There may be work again. */
  wake(): void {
    this.#work ??= this.#workOff();
  }

  /** Kept when nothing is left to be done. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work;
  }

  async #workOff(): Promise<void> {
    try {
      await pause();
      while (await this.#chores.step());
    } catch (error) {
      this.#chores.failed(error);
    } finally {
      this.#work = undefined;
      this.#chores.ended();
    }
  }
}
