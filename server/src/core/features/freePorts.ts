import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import { namesOf, ownerOf } from '../model/statement.ts';
import { type Interval, Occupancy } from '../queries/occupancy.ts';

/** A block of ports and the next free ones in it. */
export interface FreeBlock extends Pick<Interval, 'port' | 'endPort'> {
  /** The group to which the registry gives the block; absent where no registry has blocks. */
  readonly group?: string;
  readonly free: readonly number[];
}

/**
 * The blocks in which a new port may be looked for, seen from a file, each with its next free ports. Blocks without a
 * free port are left out.
 * @param near a port beside which the new one is to be, where there is one
 */
export function freePorts(index: Index, path: string, count: number, near?: number): FreeBlock[] {
  const occupancy = new Occupancy(index, path);
  return occupancy
    .intervals(near === undefined ? {} : { near: [near] })
    .map(({ port, endPort, block }) => {
      const free = occupancy.free([{ port, endPort }], count);
      return { port, endPort, ...(block && { group: ownerOf(block) }), free };
    })
    .filter(({ free }) => free.length > 0);
}

/** The ports of the host that a service of that name has, by the registries that count at a place, and by use. */
export function portsOf(index: Index, path: string, service: string): number[] {
  const asked = wordsOf(service).join('');
  const isName = (name: string | undefined) => name !== undefined && wordsOf(name).join('') === asked;
  const claimed = index.claims
    .registriesFor(path)
    .flatMap(({ claims }) => claims)
    .filter((claim) => claim.role === 'assignment' && claim.side !== 'container' && namesOf(claim).some(isName));
  const used = [...index.hostPorts.uses()].flat().filter((use) => isName(use.service));
  return [...new Set([...claimed, ...used].map(({ port }) => port))];
}
