/** What may be asked of an index, and what a change may touch. */
export const Question = {
  /** What a file says, or whether it is there: by its path. */
  file: 1,
  /** The services of a compose file as they run: by its path. */
  services: 2,
  /** The compose files in a folder: by its path. */
  folder: 3,
  /** Which files there are at all. */
  files: 31,
  /** The compose files that take in a file: by its path. */
  dependents: 4,
  /** The services that answer to a host name. */
  host: 5,
  /** The folders in which a service is defined: by its name. */
  defined: 6,
  /** The places that reach a service. */
  reached: 7,
  /** Whether a port is published. */
  published: 8,
  /** How a compose file agrees with the registries: by its path. */
  comparison: 9,
  /** What nginx sends where: by the file in which it is written, by path and by domain. */
  traffic: 10,
  location: 11,
  domain: 12,
  /** What the registries say: of a port, of a name, of all names that begin so, … */
  port: 20,
  name: 21,
  beginning: 22,
  scheme: 23,
  number: 24,
  address: 25,
  place: 26,
  owner: 27,
  block: 28,
  /** All blocks, and all claims. */
  blocks: 29,
  claims: 30,
  /** Whether there is any claim of some kinds: with an address, or to a port inside containers. */
  kinds: 32,
} as const;
export type Question = (typeof Question)[keyof typeof Question];

/** A question whose answer may be another one now. */
export type Touched = readonly [question: Question, of: string | number];

/** The path of a file whose findings were worked out, or the key of a question that leads to others. */
type Asker = string | number;

/** Of so many that are outdated some will never be worked out again, so that nothing is kept of them. */
const MANY = 1000;

/**
 * Which findings rest on what. While the findings of a file are worked out, every question to the index is noted; a
 * change of the index touches questions, and makes the findings stale that asked them. Questions are kept as numbers:
 * should two share one, a file is checked in vain.
 */
export class Dependencies {
  readonly #askers = new Map<number, Asker | Set<Asker>>();
  readonly #asked = new Map<Asker, readonly number[]>();
  /** Whose questions were touched. What they have asked stays noted, as they mostly ask the same when they ask again. */
  readonly #outdated = new Set<Asker>();
  #asking: Set<number> | undefined;
  #stale = new Set<string>();

  /** Notes that something is asked by what is being worked out. */
  ask(question: Question, of: string | number): void {
    this.#asking?.add(keyOf(question, of));
  }

  /** Stands for what is being worked out; nothing else of the two is to be known. */
  get asking(): unknown {
    return this.#asking;
  }

  /** Works out the findings of a file, and notes what is asked meanwhile. */
  findings<T>(path: string, work: () => T): T {
    this.#stale.delete(path);
    return this.#note(path, work);
  }

  /** Works out the answer to a question that is kept, and notes which other questions it leads to. */
  answer<T>(question: Question, of: string, work: () => T): T {
    return this.#note(keyOf(question, of), work);
  }

  /** Whether it is known on what the answer to a question rests. */
  isAnswered(question: Question, of: string): boolean {
    const asker = keyOf(question, of);
    return this.#asked.has(asker) && !this.#outdated.has(asker);
  }

  /** Says that the answer to a question may be another one now. */
  touch(...[question, of]: Touched): void {
    const touched = [keyOf(question, of)];
    for (const key of touched) {
      for (const asker of this.#askersOf(key)) {
        if (this.#outdated.has(asker)) continue;
        this.#outdated.add(asker);
        if (typeof asker === 'number') touched.push(asker);
        else this.#stale.add(asker);
      }
    }
    if (this.#outdated.size > MANY) this.#forgetOutdated();
  }

  /** Says that any answer may be another one now. */
  touchAll(): void {
    for (const asker of this.#asked.keys()) if (typeof asker === 'string') this.#stale.add(asker);
    this.#asked.clear();
    this.#askers.clear();
    this.#outdated.clear();
  }

  /** The files whose findings may have changed since this was last asked, and were not worked out again since. */
  takeStale(): ReadonlySet<string> {
    const stale = this.#stale;
    if (stale.size > 0) this.#stale = new Set();
    return stale;
  }

  #askersOf(key: number): Iterable<Asker> {
    const askers = this.#askers.get(key);
    if (askers === undefined) return [];
    return askers instanceof Set ? askers : [askers];
  }

  #note<T>(asker: Asker, work: () => T): T {
    const outer = this.#asking;
    const asked = new Set<number>();
    this.#asking = asked;
    try {
      return work();
    } finally {
      this.#asking = outer;
      this.#outdated.delete(asker);
      this.#keep(asker, asked);
    }
  }

  /** Notes what is asked now, other than before. */
  #keep(asker: Asker, asked: ReadonlySet<number>): void {
    const before = this.#asked.get(asker) ?? [];
    this.#asked.set(asker, [...asked]);
    const same = new Set<number>();
    for (const key of before) {
      if (asked.has(key)) same.add(key);
      else this.#drop(key, asker);
    }
    for (const key of asked) if (!same.has(key)) this.#add(key, asker);
  }

  #add(key: number, asker: Asker): void {
    const others = this.#askers.get(key);
    if (others === undefined) this.#askers.set(key, asker);
    else if (others instanceof Set) others.add(asker);
    else this.#askers.set(key, new Set([others, asker]));
  }

  #drop(key: number, asker: Asker): void {
    const askers = this.#askers.get(key);
    if (askers instanceof Set && askers.size > 1) askers.delete(asker);
    else this.#askers.delete(key);
  }

  #forgetOutdated(): void {
    for (const asker of this.#outdated) {
      for (const key of this.#asked.get(asker) ?? []) this.#drop(key, asker);
      this.#asked.delete(asker);
    }
    this.#outdated.clear();
  }
}

/** A number of 30 bits, which engines keep without a box. http://www.isthe.com/chongo/tech/comp/fnv/ */
function keyOf(question: Question, of: string | number): number {
  let hash = 0x811c9dc5 ^ question;
  if (typeof of === 'number') hash = Math.imul(Math.imul(hash, 0x01000193) ^ of, 0x9e3779b1);
  else for (let i = 0; i < of.length; i++) hash = Math.imul(hash ^ of.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}
