import type { Claim, ClaimRole, FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import { claimCounts, LAST, takesHostPort } from '../model/portCounts.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, type Statement } from '../model/statement.ts';
import { hasPort, type Ports } from '../ports.ts';
import type { Span } from '../text.ts';

/** The roles by which a registry keeps a port from others. A former port may still be in use somewhere. */
const KEEPING: ReadonlySet<ClaimRole> = new Set(['assignment', 'reserved', 'forbidden', 'former']);

/** Ports below this one are for the system's own services: https://www.rfc-editor.org/rfc/rfc6335#section-6 */
const FIRST_FREE = 1024;

/** Consecutive ports, both ends inclusive. */
export interface Interval {
  readonly port: number;
  readonly endPort: number;
  /** The block of a registry that these are. */
  readonly block?: Claim;
}

const isKeeping = ({ side, role }: Claim) => side !== 'container' && KEEPING.has(role);
const keptBy = claimCounts(isKeeping);

/** Whom the ports of the host belong to, seen from one place: by the registries that govern it, or by being used. */
export class Occupancy {
  readonly #index: Index;
  readonly #path: string;
  readonly #registries: readonly FileFacts[];
  /** What is written where nothing counts. */
  readonly #apart: { readonly claims: readonly Claim[]; readonly uses: readonly PlacedUse[] };

  /**
   * @param path the file or folder (with a slash at its end) whose registries count
   * @param apart what stands there does not count, such as the line that somebody is writing
   */
  constructor(index: Index, path: string, apart?: Place) {
    this.#index = index;
    this.#path = path;
    this.#registries = index.claims.registriesFor(path);
    const isApart = ({ span }: { span: Span }) => apart!.span.start <= span.start && span.end <= apart!.span.end;
    const registry = this.#registries.find((file) => file.path === apart?.path);
    this.#apart = {
      claims: registry?.claims.filter((claim) => isKeeping(claim) && isApart(claim)) ?? [],
      uses: apart === undefined ? [] : index.usesIn(apart.path).filter((use) => takesHostPort(use) && isApart(use)),
    };
  }

  /** The registries' statements that keep a port, whatever their scope. */
  keeping(port: number): Statement[] {
    return this.#registries.flatMap((file) =>
      file.claims
        .filter((claim) => isKeeping(claim) && hasPort(claim, port) && !this.#apart.claims.includes(claim))
        .map((claim) => ({ claim, file })),
    );
  }

  /** The uses of a port on the host, in any file of the workspace. */
  using(port: number): PlacedUse[] {
    return [...this.#index.hostPorts.uses()].flatMap((uses) =>
      uses.filter((use) => hasPort(use, port) && !this.#apart.uses.some((other) => isSamePlace(use, other))),
    );
  }

  isFree(port: number): boolean {
    const apart = (all: readonly Ports[]) => all.filter((ports) => hasPort(ports, port)).length;
    if (port < FIRST_FREE || this.#index.hostPorts.count(port) > apart(this.#apart.uses)) return false;
    const kept = this.#registries.reduce((sum, file) => sum + keptBy(file).of(port), 0);
    return kept <= apart(this.#apart.claims);
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
    if (group !== undefined) return calledSo(group, blocks).map(toBlock);
    const around = blocks.filter((block) => near.some((port) => hasPort(block, port))).map(toBlock);
    if (around.length > 0) return around.sort((a, b) => size(a) - size(b));
    if (near.length > 0) return [upward(near)];
    if (blocks.length > 0) return blocks.map(toBlock).sort((a, b) => a.port - b.port);
    const listed = this.#index.claims
      .registriesFor(this.#path)
      .flatMap(({ claims }) => claims.filter(({ role }) => role === 'free').map(toInterval));
    if (listed.length > 0) return listed;
    const assigned = this.#registries.flatMap(({ claims }) =>
      claims.flatMap((claim) => (isKeeping(claim) && claim.role === 'assignment' ? [claim.port] : [])),
    );
    const used = () => [...this.#index.hostPorts.uses()].flatMap((uses) => uses.map(({ port }) => port));
    return [upward(assigned.length > 0 ? assigned : used())];
  }
}

/** The blocks of that very name; else those whose names hold all of its words. */
function calledSo(group: string, blocks: readonly Claim[]): Claim[] {
  const asked = wordsOf(group);
  const wordsBy = new Map(blocks.map((block) => [block, wordsOf(ownerOf(block))]));
  const exact = blocks.filter((block) => wordsBy.get(block)!.join(' ') === asked.join(' '));
  return exact.length > 0 ? exact : blocks.filter((block) => asked.every((word) => wordsBy.get(block)!.includes(word)));
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.path === b.path && a.span.start === b.span.start;
}

function toInterval({ port, endPort = port }: Ports): Interval {
  return { port, endPort };
}

function toBlock(block: Claim): Interval {
  return { ...toInterval(block), block };
}

function size({ port, endPort }: Interval): number {
  return endPort - port;
}

/** From the middle one of some ports, so that one far off decides nothing. */
function upward(ports: readonly number[]): Interval {
  const sorted = ports.toSorted((a, b) => a - b);
  return { port: sorted[Math.floor(sorted.length / 2)] ?? FIRST_FREE, endPort: LAST };
}
