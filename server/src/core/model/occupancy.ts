import type { Claim, ClaimRole } from '../facts.ts';
import type { Index } from './index.ts';
import { wordsOf } from './names.ts';
import { ownerOf, type Statement } from './statement.ts';
import type { PlacedUse } from './uses.ts';

/** The roles by which a registry keeps a port from others. A former port may still be in use somewhere. */
const KEEPING: ReadonlySet<ClaimRole> = new Set(['assignment', 'reserved', 'forbidden', 'former']);

/** Ports below this one are for the system's own services: https://www.rfc-editor.org/rfc/rfc6335#section-6 */
const FIRST_FREE = 1024;
const LAST = 65535;

/** Consecutive ports, both ends inclusive. */
export interface Interval {
  readonly port: number;
  readonly endPort: number;
}

/** Whom the ports of the host belong to, seen from one place: by the registries that govern it, or by being used. */
export class Occupancy {
  readonly #index: Index;
  readonly #path: string;
  readonly #kept: readonly Statement[];
  readonly #used: readonly PlacedUse[];
  /** Of each port whether anybody has it. */
  readonly #taken = new Uint8Array(LAST + 1);

  /** @param path the file or folder (with a slash at its end) whose registries count */
  constructor(index: Index, path: string) {
    this.#index = index;
    this.#path = path;
    const isOfHost = ({ claim }: Statement) => claim.side !== 'container' && KEEPING.has(claim.role);
    this.#kept = index.claims
      .registriesFor(path)
      .flatMap((file) => file.claims.map((claim) => ({ claim, file })))
      .filter(isOfHost);
    this.#used = [...index.files()].flatMap((file) =>
      index.usesIn(file.path).filter((use) => use.side === 'host' && use.host === undefined),
    );
    const all = [...this.#kept.map(({ claim }) => claim), ...this.#used];
    for (const { port, endPort } of all.map(toInterval)) this.#taken.fill(1, port, endPort + 1);
  }

  /** The registries' statements that keep a port, whatever their scope. */
  keeping(port: number): Statement[] {
    return this.#kept.filter(({ claim }) => holds(claim, port));
  }

  /** The uses of a port on the host, in any file of the workspace. */
  using(port: number): PlacedUse[] {
    return this.#used.filter((use) => holds(use, port));
  }

  isFree(port: number): boolean {
    return port >= FIRST_FREE && this.#taken[port] === 0;
  }

  /** The first free ports of some intervals, in the order of these. */
  free(intervals: readonly Interval[], count: number): number[] {
    const found: number[] = [];
    for (const { port, endPort } of intervals) {
      for (let next = port; next <= endPort && found.length < count; next++) {
        if (this.isFree(next) && !found.includes(next)) found.push(next);
      }
    }
    return found;
  }

  /**
   * Where a new port is to be looked for: in the block of that name; beside ports of the same group in the smallest
   * block that holds one of them, then in larger ones; else in any block, then in what the registry lists as available.
   * Without all of these upward from the ports at hand.
   */
  intervals({ group, near = [] }: { group?: string; near?: readonly number[] } = {}): Interval[] {
    const blocks = this.#index.claims.ranges(this.#path).map(({ claim }) => claim);
    if (group !== undefined) return calledSo(group, blocks).map(toInterval);
    const around = blocks.filter((block) => near.some((port) => holds(block, port))).map(toInterval);
    if (around.length > 0) return around.sort((a, b) => size(a) - size(b));
    if (near.length > 0) return [upward(near)];
    if (blocks.length > 0) return blocks.map(toInterval).sort((a, b) => a.port - b.port);
    const listed = this.#index.claims
      .registriesFor(this.#path)
      .flatMap(({ claims }) => claims.filter(({ role }) => role === 'free').map(toInterval));
    if (listed.length > 0) return listed;
    const assigned = this.#kept.filter(({ claim }) => claim.role === 'assignment').map(({ claim }) => claim.port);
    return [upward(assigned.length > 0 ? assigned : this.#used.map(({ port }) => port))];
  }
}

/** The blocks of that very name; else those whose names hold all of its words. */
function calledSo(group: string, blocks: readonly Claim[]): Claim[] {
  const asked = wordsOf(group);
  const wordsBy = new Map(blocks.map((block) => [block, wordsOf(ownerOf(block))]));
  const exact = blocks.filter((block) => wordsBy.get(block)!.join(' ') === asked.join(' '));
  return exact.length > 0 ? exact : blocks.filter((block) => asked.every((word) => wordsBy.get(block)!.includes(word)));
}

function holds({ port, endPort = port }: { port: number; endPort?: number }, asked: number): boolean {
  return port <= asked && asked <= endPort;
}

function toInterval({ port, endPort = port }: { port: number; endPort?: number }): Interval {
  return { port, endPort };
}

function size({ port, endPort }: Interval): number {
  return endPort - port;
}

/** From the middle one of some ports, so that one far off decides nothing. */
function upward(ports: readonly number[]): Interval {
  const sorted = ports.toSorted((a, b) => a - b);
  return { port: sorted[Math.floor(sorted.length / 2)] ?? FIRST_FREE, endPort: LAST };
}
