import { kept } from '../grouped.ts';
import { mayBeSame } from '../model/names.ts';
import { disjoint } from '../model/scope.ts';
import { lastOf } from '../ports.ts';
import type { Export, ExportedClaim, ExportedUse } from './export.ts';

/** A claim or a use, and the repository that it stands in. */
interface Witness {
  readonly repository: string;
  readonly at: string;
  readonly service?: string;
}

/** What several repositories say of one port, where that does not fit together. */
export interface PortReport {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /**
   * `claimed-twice`: repositories give the port to different services. `unknown-use`: it is used, and no registry gives
   * it to anybody. `unused`: it is given to somebody, and no repository uses it.
   */
  readonly problem: 'claimed-twice' | 'unknown-use' | 'unused';
  /** The first of those who say so. */
  readonly witnesses: readonly Witness[];
  /** How many say so. */
  readonly count: number;
}

/** How many witnesses are kept of a port, so that memory does not grow with the number of repositories. */
const KEPT = 4;
/** A range of more ports than this is a block to take ports from, not somebody's ports. */
const LONGEST = 64;

interface Owner extends Witness {
  readonly scope: NonNullable<ExportedClaim['scope']>;
}

class Port {
  readonly owners: Owner[] = [];
  readonly users: Witness[] = [];
  /** Whether two of the owners are different services of different repositories. */
  isContested = false;
  claims = 0;
  uses = 0;
}

/** What many repositories say of their ports together. Keeps a bounded number of witnesses for each port. */
export class Merged {
  readonly #ports = { tcp: new Map<number, Port>(), udp: new Map<number, Port>() };
  repositories = 0;
  claims = 0;
  uses = 0;

  /** Takes in the export of one more repository. */
  add({ repository, claims, uses }: Export): void {
    this.repositories++;
    this.claims += claims.length;
    this.uses += uses.length;
    for (const claim of claims)
      if (claim.role === 'assignment') this.#each(claim, (port) => claimed(port, claim, repository));
    for (const use of uses) this.#each(use, (port) => used(port, use, repository));
  }

  /** What does not fit together, by port. */
  *problems(): Iterable<PortReport> {
    for (const protocol of ['tcp', 'udp'] as const) {
      const ports = [...this.#ports[protocol]].sort(([a], [b]) => a - b);
      for (const [number, port] of ports) {
        const about = { port: number, protocol };
        if (port.isContested) yield { ...about, problem: 'claimed-twice', ...told(port.owners, port.claims) };
        if (port.claims === 0) yield { ...about, problem: 'unknown-use', ...told(port.users, port.uses) };
        if (port.uses === 0) yield { ...about, problem: 'unused', ...told(port.owners, port.claims) };
      }
    }
  }

  #each(fact: ExportedClaim | ExportedUse, take: (port: Port) => void): void {
    const ports = this.#ports[fact.protocol === 'udp' ? 'udp' : 'tcp'];
    if (lastOf(fact) - fact.port > LONGEST) return;
    for (let number = fact.port; number <= lastOf(fact); number++) {
      take(kept(ports, number, () => new Port()));
    }
  }
}

/** Registries that are copied from one repository to another say the same of the same service; that is no contest. */
function claimed(port: Port, { service, at, scope = {} }: ExportedClaim, repository: string): void {
  port.claims++;
  if (port.isContested && port.owners.length === KEPT) return; // one more would change nothing that is told
  const rivals = port.owners.filter(
    (owner) => owner.repository !== repository && !isSame(owner.service, service) && !disjoint(owner.scope, scope),
  );
  if (rivals.length > 0) port.isContested = true;
  const isKnown = port.owners.some((owner) => isSame(owner.service, service) && !disjoint(owner.scope, scope));
  if (!isKnown && port.owners.length < KEPT) port.owners.push({ ...witness(repository, at, service), scope });
}

function used(port: Port, { service, at }: ExportedUse, repository: string): void {
  port.uses++;
  if (port.users.length < KEPT) port.users.push(witness(repository, at, service));
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && mayBeSame(a, b));
}

function witness(repository: string, at: string, service: string | undefined): Witness {
  return { repository, at, ...(service !== undefined && { service }) };
}

function told(witnesses: readonly (Witness & Partial<Owner>)[], count: number) {
  return { witnesses: witnesses.map(({ repository, at, service }) => witness(repository, at, service)), count };
}
