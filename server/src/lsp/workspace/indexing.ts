/** The files of the workspace being read, which may take long: how far that is, and a way to end it early. */
export class Indexing {
  /** Kept when all has been read, or when that was stopped. */
  readonly done: Promise<void>;
  #finish = () => {};
  #halt = () => {};
  readonly #halted = new Promise<void>((resolve) => (this.#halt = resolve));
  #read = 0;
  #total = 0;
  #isStopped = false;
  #tell = () => {};

  constructor() {
    this.done = new Promise((resolve) => (this.#finish = resolve));
  }

  /** How many files have been read. */
  get read(): number {
    return this.#read;
  }

  /** How many files there are; 0 until they are listed. */
  get total(): number {
    return this.#total;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Has every further step told. */
  follow(tell: () => void): void {
    this.#tell = tell;
  }

  /** As many files are there. */
  listed(total: number): void {
    this.#total = total;
    this.#tell();
  }

  /** As many files more have been read. */
  advance(files: number): void {
    this.#read += files;
    this.#tell();
  }

  /** Leaves the rest unread. */
  stop(): void {
    this.#isStopped = true;
    this.#halt();
  }

  finish(): void {
    this.#finish();
  }

  /** What a promise gives, or nothing as soon as the reading is stopped. */
  unlessStopped<T>(promise: Promise<T>): Promise<T | undefined> {
    return Promise.race([promise, this.#halted.then(() => undefined)]);
  }
}
