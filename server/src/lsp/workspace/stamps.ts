import { BEHIND, Slices } from './slices.ts';

/** How files were when they were read, for an editor that does not tell when they change on disk. */
export class Stamps {
  readonly #stampOf: (path: string) => string | undefined;
  readonly #stamps = new Map<string, string>();

  /** @param stampOf tells one state of a file from another without reading it; `undefined` for one that is not there */
  constructor(stampOf: (path: string) => string | undefined) {
    this.#stampOf = stampOf;
  }

  /** A file is about to be read. */
  note(path: string): void {
    const stamp = this.#stampOf(path);
    if (stamp === undefined) this.#stamps.delete(path);
    else this.#stamps.set(path, stamp);
  }

  /**
   * Which files are not as they were read: changed, new, or gone.
   * @param files those that are there now
   */
  async changed(files: Iterable<string>): Promise<string[]> {
    const there = new Set(files);
    const changed = [...this.#stamps.keys()].filter((path) => !there.has(path));
    const slices = new Slices(() => BEHIND);
    for (const path of there) {
      if (this.#stamps.get(path) !== this.#stampOf(path)) changed.push(path);
      await slices.breathe();
    }
    return changed;
  }
}
