import type { Claim, FileFacts } from '../facts.ts';
import { dirname } from '../path.ts';
import type { Ports } from '../ports.ts';
import type { PlacedUse } from './uses.ts';

/** Ports end here. */
export const LAST = 65535;

/** How many have each port. */
class PortCounts {
  readonly #counts = new Int32Array(LAST + 1);

  add({ port, endPort = port }: Ports, times = 1): void {
    for (let at = port; at <= endPort; at++) this.#counts[at]! += times;
  }

  of(port: number): number {
    return this.#counts[port] ?? 0;
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

/**
 * The ports of the host that files take. What a change touches is looked at again when somebody asks, so that a
 * keystroke costs nothing and an answer costs one folder: a dotenv file and the compose files beside it tell together.
 */
export class HostPorts {
  readonly #usesIn: (path: string) => readonly PlacedUse[];
  readonly #counts = new PortCounts();
  readonly #uses = new Map<string, readonly PlacedUse[]>();
  readonly #single = new Map<number, Set<PlacedUse>>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #touched = new Set<string>();

  /** @param usesIn the uses that stand in a file as it is now, none when it is gone */
  constructor(usesIn: (path: string) => readonly PlacedUse[]) {
    this.#usesIn = usesIn;
  }

  /** Takes note that a file has come, changed or gone. */
  touch(path: string): void {
    const folder = dirname(path);
    const beside = this.#folders.get(folder);
    if (beside) beside.add(path);
    else this.#folders.set(folder, new Set([path]));
    this.#touched.add(folder);
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

  /** How many uses take a port. */
  count(port: number): number {
    this.#refresh();
    return this.#counts.of(port);
  }

  #refresh(): void {
    if (this.#touched.size === 0) return;
    for (const folder of this.#touched) for (const path of this.#folders.get(folder)!) this.#look(path);
    this.#touched.clear();
  }

  #look(path: string): void {
    for (const use of this.#uses.get(path) ?? []) this.#drop(use);
    const uses = this.#usesIn(path).filter(takesHostPort);
    for (const use of uses) this.#add(use);
    if (uses.length > 0) this.#uses.set(path, uses);
    else this.#uses.delete(path);
  }

  #add(use: PlacedUse): void {
    this.#counts.add(use);
    if (use.endPort !== undefined) return;
    const others = this.#single.get(use.port);
    if (others) others.add(use);
    else this.#single.set(use.port, new Set([use]));
  }

  #drop(use: PlacedUse): void {
    this.#counts.add(use, -1);
    const others = this.#single.get(use.port);
    others?.delete(use);
    if (others?.size === 0) this.#single.delete(use.port);
  }
}
