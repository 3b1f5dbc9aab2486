import { pause } from './slices.ts';

/** For how long nothing must have happened, in milliseconds. */
const CALM = 50;
/** For how long at most what has happened is kept back, in milliseconds. */
const PATIENCE = 1000;

/**
 * What has happened on disk and was not looked at yet. A change of branches or an installation of packages comes in
 * thousands of events, often several for one file, so they are gathered until it is calm again.
 */
export class DiskEvents {
  #paths = new Set<string>();
  #first = 0;
  #last = 0;

  get isEmpty(): boolean {
    return this.#paths.size === 0;
  }

  add(paths: Iterable<string>): void {
    this.#last = performance.now();
    if (this.isEmpty) this.#first = this.#last;
    for (const path of paths) this.#paths.add(path);
  }

  /** All paths, once it is calm. */
  async take(): Promise<ReadonlySet<string>> {
    for (;;) {
      const now = performance.now();
      const left = Math.min(this.#last + CALM, this.#first + PATIENCE) - now;
      if (left <= 0) break;
      await pause(left);
    }
    const paths = this.#paths;
    this.#paths = new Set();
    return paths;
  }
}
