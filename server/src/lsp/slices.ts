import type { CancellationToken } from 'vscode-languageserver';
import { Failure } from './failure.ts';

/** How long work for which somebody waits may keep an edit or a request waiting, in milliseconds. */
const SLICE = 10;
/** How long work may that is done behind the user's back. */
export const SHORT_SLICE = 3;
/** The same while nobody types or asks: each pause costs a millisecond. */
export const LONG_SLICE = 25;

/** Cuts long work into short slices, so that edits and requests come in between. */
export class Slices {
  readonly #length: () => number;
  #end = 0;

  /** @param length how long the next slice is, in milliseconds */
  constructor(length = () => SLICE) {
    this.#length = length;
  }

  /**
   * To be awaited between two pieces of work: goes on at once until the slice is used up.
   * @throws when nobody waits for the answer any more
   */
  async breathe(cancel?: CancellationToken): Promise<void> {
    if (performance.now() < this.#end) return;
    await pause();
    if (cancel) heed(cancel);
    this.#end = performance.now() + this.#length();
  }
}

/**
 * Goes on only while somebody waits for the answer.
 * @throws when nobody does any more
 */
export function heed(cancel: CancellationToken): void {
  if (cancel.isCancellationRequested) throw new Failure('requestCancelled', 'Nobody waits for it.');
}

/** Does work that pauses now and then, with other work in its pauses, as long as somebody waits for the answer. */
export async function inSlices<T>(work: Generator<unknown, T>, cancel: CancellationToken): Promise<T> {
  const slices = new Slices();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await slices.breathe(cancel);
  }
}

/** A timer and not `setImmediate`: messages come in one at an immediate, so a queue of them would get one a slice. */
export function pause(milliseconds = 1): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
