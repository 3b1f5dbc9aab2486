import type { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from '../toLsp.ts';

/** A document that takes longer to read is not read at every keystroke. It waits as long again, but not for ever. */
const SLOW = 30;
const LONGEST_DELAY = 100;

/** For how long nobody has typed who is not typing, in milliseconds. */
const CALM = 500;

/** The documents that are open in the editor, and those among them that have changed and are not read yet. */
export class OpenDocuments {
  readonly #documents = new Map<string, TextDocument>();
  /** How long the last reading of each took. */
  readonly #cost = new Map<string, number>();
  readonly #late = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #take: (path: string) => void;
  #lastUse = Number.NEGATIVE_INFINITY;

  /** @param take reads a document whose text has changed */
  constructor(take: (path: string) => void) {
    this.#take = take;
  }

  /** A document, with its text as of now. */
  get(path: string): TextDocument | undefined {
    return this.#documents.get(path);
  }

  has(path: string): boolean {
    return this.#documents.has(path);
  }

  paths(): string[] {
    return [...this.#documents.keys()];
  }

  /** Whether a document has changed and is not read yet. */
  isLate(path: string): boolean {
    return this.#late.has(path);
  }

  /** Whether any has. */
  get areLate(): boolean {
    return this.#late.size > 0;
  }

  /** Somebody types, or asks something. */
  noteUse(): void {
    this.#lastUse = performance.now();
  }

  /** For how long nobody has typed or asked, in milliseconds. */
  get quiet(): number {
    return performance.now() - this.#lastUse;
  }

  /** Nobody is typing, or asking. */
  get areCalm(): boolean {
    return this.quiet > CALM;
  }

  /** Takes a document as it is now, and has it read: at once, unless that takes long. */
  put(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (this.#documents.has(path)) this.noteUse();
    this.#documents.set(path, document);
    const cost = this.#cost.get(path) ?? 0;
    if (cost <= SLOW) this.#take(path);
    else if (!this.#late.has(path)) {
      const timer = setTimeout(() => this.catchUp(), Math.min(cost, LONGEST_DELAY));
      this.#late.set(path, timer);
    }
  }

  delete(path: string): void {
    this.#documents.delete(path);
    this.#cost.delete(path);
    clearTimeout(this.#late.get(path));
    this.#late.delete(path);
  }

  /** Does the reading of a document, and remembers how long it took. */
  timed(path: string, reading: () => void): void {
    const start = performance.now();
    reading();
    this.#cost.set(path, performance.now() - start);
  }

  /** Has those read that are not yet. */
  catchUp(): void {
    for (const [path, timer] of this.#late) {
      clearTimeout(timer);
      this.#late.delete(path);
      this.#take(path);
    }
  }
}
