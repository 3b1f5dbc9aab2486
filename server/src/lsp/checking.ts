import { farther, type Reach } from './change.ts';
import type { Knowledge } from './knowledge.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { pause, SHORT_SLICE, Slices } from './slices.ts';

/** How long nobody must have typed before files are checked that are not open. */
const QUIET = 100;

/** Which files have to be checked, and in which order they are. */
export class Checking {
  readonly #knowledge: Knowledge;
  readonly #documents: OpenDocuments;
  readonly #unchecked = new Set<string>();
  /** Whose findings may have changed since the files to check were last listed. */
  #reach: Reach = 'itself';

  constructor(knowledge: Knowledge, documents: OpenDocuments) {
    this.#knowledge = knowledge;
    this.#documents = documents;
  }

  /** Whether there are files to be checked. */
  get waits(): boolean {
    return this.#reach !== 'itself' || this.#unchecked.size > 0;
  }

  /** Has a file checked, and all that a change of it reaches. */
  add(path: string, reach: Reach): void {
    this.#unchecked.add(path);
    this.widen(reach);
  }

  widen(reach: Reach): void {
    this.#reach = farther(this.#reach, reach);
  }

  done(path: string): void {
    this.#unchecked.delete(path);
  }

  /**
   * Checks files: those that are open at once, the others when nobody types.
   * @param check checks one, and says that it is done
   * @param isUrgent whether something else has to be done first
   */
  async some(check: (path: string) => void, isUrgent: () => boolean): Promise<void> {
    this.#list();
    const slices = new Slices(SHORT_SLICE);
    const open = [...this.#unchecked].filter((path) => this.#documents.has(path));
    const isQuiet = this.#documents.quiet >= QUIET;
    if (open.length === 0 && !isQuiet) await pause(QUIET / 10);
    for (const path of isQuiet ? [...open, ...this.#unchecked] : open) {
      if (this.#unchecked.has(path)) check(path);
      await slices.breathe();
      if (isUrgent() || this.#reach !== 'itself') return;
    }
  }

  #list(): void {
    const reach = this.#reach;
    this.#reach = 'itself';
    if (reach === 'itself') return;
    for (const { path, document } of this.#knowledge.files()) {
      if (reach === 'everyone' || document === undefined) this.#unchecked.add(path);
    }
    if (reach === 'everyone') for (const path of this.#knowledge.configuration.paths()) this.#unchecked.add(path);
  }
}
