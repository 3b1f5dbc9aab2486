import { pause } from './slices.ts';

/** How long a step waits that can do nothing yet, in milliseconds. */
const REST = 10;

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
  #endRest = () => {};

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
    this.#endRest();
  }

  /** To be awaited by a step that can do nothing yet: waits a moment, unless there is more work. */
  rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, REST);
      this.#endRest = () => {
        clearTimeout(timer);
        this.#endRest = () => {};
        void pause().then(resolve); // what was found out by who has woken us is to be told first
      };
    });
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
