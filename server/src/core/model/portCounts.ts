import type { Claim, FileFacts } from '../facts.ts';
import { kept } from '../grouped.ts';
import { dirname } from '../path.ts';
import { lastOf, type Ports } from '../ports.ts';
import { type Dependencies, Question } from './dependencies.ts';
import { isInEffect, type PlacedUse } from './services/uses.ts';

/** Ports end here. */
export const LAST = 65535;

/** How many ports are counted together: most documents speak of few stretches of all ports. */
const STRETCH = 256;

/** How many have each port. */
class PortCounts {
  readonly #stretches = new Map<number, Int32Array>();

  add({ port, endPort = port }: Ports, times = 1): void {
    for (let at = port; at <= endPort; at++) {
      const counts = kept(this.#stretches, Math.floor(at / STRETCH), () => new Int32Array(STRETCH));
      counts[at % STRETCH]! += times;
    }
  }

  of(port: number): number {
    return this.#stretches.get(Math.floor(port / STRETCH))?.[port % STRETCH] ?? 0;
  }
}

/** Counts the claims of a file that are wanted, once for each file as it is read. */
export function claimCounts(wanted: (claim: Claim) => boolean): (file: FileFacts) => PortCounts {
  const known = new WeakMap<FileFacts, PortCounts>();
  return (file) => {
    const counted = known.get(file);
    if (counted) return counted;
    const counts = new PortCounts();
    for (const claim of file.claims) if (wanted(claim)) counts.add(claim);
    known.set(file, counts);
    return counts;
  };
}

/** Whether a use takes a port of the host, and does not only speak of one. */
export function takesHostPort({ side, host }: PlacedUse): boolean {
  return side === 'host' && host === undefined;
}

/** Whether Docker publishes a port so; samples of dotenv files only tell what it might do. */
function isPublishing({ role, readAt }: PlacedUse, path: string): boolean {
  return role === 'published' && (readAt === undefined || isInEffect(path));
}

/**
 * The ports of the host that files take. What a change touches is looked at again when somebody asks, so that a
 * keystroke costs nothing and an answer costs one folder: a dotenv file and the compose files beside it tell together.
 */
export class HostPorts {
  readonly #usesIn: (path: string) => readonly PlacedUse[];
  readonly #counts = new PortCounts();
  readonly #published = new PortCounts();
  readonly #uses = new Map<string, readonly PlacedUse[]>();
  readonly #single = new Map<number, Set<PlacedUse>>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #touched = new Set<string>();
  readonly #questions: Dependencies | undefined;
  /** Somebody has asked what is published, and wants to know when that changes. */
  #isFollowed = false;

  /** @param usesIn the uses that stand in a file as it is now, none when it is gone */
  constructor(usesIn: (path: string) => readonly PlacedUse[], questions?: Dependencies) {
    this.#usesIn = usesIn;
    this.#questions = questions;
  }

  /** Takes note that a file has come, changed or gone. */
  touch(path: string, isGone: boolean): void {
    const folder = dirname(path);
    const beside = kept(this.#folders, folder, () => new Set<string>());
    this.#touched.add(folder);
    if (!isGone) {
      beside.add(path);
      return;
    }
    this.#look(path);
    beside.delete(path);
    if (beside.size > 0) return;
    this.#folders.delete(folder);
    this.#touched.delete(folder);
  }

  /** The uses that take a port, file by file. */
  uses(): Iterable<readonly PlacedUse[]> {
    this.#refresh();
    return this.#uses.values();
  }

  /** The uses that take one port each, by that port. */
  single(): ReadonlyMap<number, ReadonlySet<PlacedUse>> {
    this.#refresh();
    return this.#single;
  }

  /** Whether some compose file publishes a port, by itself or in a range. */
  isPublished(port: number): boolean {
    this.#questions?.ask(Question.published, port);
    this.#isFollowed = true;
    this.#refresh();
    return this.#published.of(port) > 0;
  }

  /** How many uses take a port. */
  count(port: number): number {
    this.#refresh();
    return this.#counts.of(port);
  }

  /** Finds out for whom a change makes a difference. */
  settle(): void {
    if (this.#isFollowed) this.#refresh();
  }

  #refresh(): void {
    if (this.#touched.size === 0) return;
    for (const folder of this.#touched) for (const path of this.#folders.get(folder)!) this.#look(path);
    this.#touched.clear();
  }

  #look(path: string): void {
    const before = this.#uses.get(path) ?? [];
    const uses = this.#usesIn(path).filter(takesHostPort);
    for (const use of before) this.#drop(use, path);
    for (const use of uses) this.#add(use, path);
    if (this.#questions && this.#isFollowed) this.#touchPublished(before, uses, this.#questions);
    if (uses.length > 0) this.#uses.set(path, uses);
    else this.#uses.delete(path);
  }

  #touchPublished(before: readonly PlacedUse[], after: readonly PlacedUse[], questions: Dependencies): void {
    const ranges = (uses: readonly PlacedUse[]) =>
      uses.filter(({ role }) => role === 'published').map((use) => `${use.port}-${lastOf(use)}`);
    const [was, is] = [new Set(ranges(before)), new Set(ranges(after))];
    for (const use of [...before, ...after]) {
      const range = `${use.port}-${lastOf(use)}`;
      if (was.has(range) === is.has(range)) continue;
      for (let port = use.port; port <= lastOf(use); port++) questions.touch(Question.published, port);
    }
  }

  #add(use: PlacedUse, path: string): void {
    this.#counts.add(use);
    if (isPublishing(use, path)) this.#published.add(use);
    if (use.endPort !== undefined) return;
    const others = this.#single.get(use.port);
    if (others) others.add(use);
    else this.#single.set(use.port, new Set([use]));
  }

  #drop(use: PlacedUse, path: string): void {
    this.#counts.add(use, -1);
    if (isPublishing(use, path)) this.#published.add(use, -1);
    const others = this.#single.get(use.port);
    others?.delete(use);
    if (others?.size === 0) this.#single.delete(use.port);
  }
}
