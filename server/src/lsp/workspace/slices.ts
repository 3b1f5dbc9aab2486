import type { CancellationToken } from 'vscode-languageserver';
import { cancelled } from '../failure.ts';

/** How long work is cut into slices, and what lies between two of them. */
interface Pace {
  /** How long a slice may keep an edit or a request waiting, in milliseconds. */
  readonly slice: number;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** For work for which somebody waits. */
const AWAITED: Pace = { slice: 10, pause };
/** For work that is done behind the user's back. */
export const BEHIND: Pace = { slice: 3, pause };
/** The same while nobody types or asks. */
export const ALONE: Pace = { slice: 25, pause: letIn };

/** Cuts long work into short slices, so that edits and requests come in between. */
export class Slices {
  readonly #pace: () => Pace;
  #end = 0;

  /** @param pace that of the next slice */
  constructor(pace = () => AWAITED) {
    this.#pace = pace;
  }

  /**
   * To be awaited between two pieces of work: goes on at once until the slice is used up.
   * @throws when nobody waits for the answer any more
   */
  async breathe(cancel?: CancellationToken): Promise<void> {
    if (performance.now() < this.#end) return;
    await this.#pace().pause();
    if (cancel) heed(cancel);
    this.#end = performance.now() + this.#pace().slice;
  }
}

/**
 * Goes on only while somebody waits for the answer.
 * @throws when nobody does any more
 */
export function heed(cancel: CancellationToken): void {
  if (cancel.isCancellationRequested) throw cancelled();
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

/** In each turn of the event loop comes one message, or a part of a long one. */
const TURNS = 10;

/** Lets in what has come already, in a tenth of the time that a timer takes. Who has sent more is noticed by the first. */
async function letIn(): Promise<void> {
  if (typeof setImmediate !== 'function') return pause(); // in a browser
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}
