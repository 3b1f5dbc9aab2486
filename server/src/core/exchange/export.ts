import type { Claim, ClaimRole, Protocol, Scope } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';

/** What a repository tells other repositories of its ports. Fields that are absent are not told. */
export interface Export {
  readonly version: 1;
  readonly repository: string;
  readonly claims: readonly ExportedClaim[];
  readonly uses: readonly ExportedUse[];
}

interface ExportedPort {
  readonly port: number;
  /** The last port of a range, inclusive. */
  readonly endPort?: number;
  readonly protocol?: Protocol;
  /** The owner, as the file calls it. */
  readonly service?: string;
  /** `file:line:column`, as seen from the repository's folder. Lines and UTF-16 columns count from 1. */
  readonly at: string;
}

/** What a registry says of a port of the host. */
export interface ExportedClaim extends ExportedPort {
  readonly role: ClaimRole;
  readonly scope?: Scope;
}

/** A port that a file of the repository takes on its host. */
export type ExportedUse = ExportedPort;

const ROLES: readonly ClaimRole[] = ['assignment', 'range', 'reserved', 'forbidden'];

/**
 * What a workspace tells others: the claims of its registries, unless they are about the inside of containers, and the
 * ports that its files take on their hosts.
 * @param at how a place is written
 */
export function exportOf(index: Index, repository: string, at: (place: Place) => string): Export {
  const claims: ExportedClaim[] = [];
  for (const { path, document, claims: all } of index.files()) {
    if (document?.authority !== 'registry') continue;
    for (const claim of all) if (isForOthers(claim)) claims.push(exportClaim(claim, at({ path, span: claim.span })));
  }
  const uses: ExportedUse[] = [];
  for (const ofFile of index.hostPorts.uses()) {
    for (const use of ofFile) {
      const { port, endPort, protocol, service } = use;
      uses.push({ port, ...given({ endPort, protocol, service }), at: at(use) });
    }
  }
  return { version: 1, repository, claims, uses };
}

function isForOthers({ role, side, internal, excused }: Claim): boolean {
  return ROLES.includes(role) && side !== 'container' && !internal && !excused;
}

function exportClaim({ role, port, endPort, protocol, service, scope }: Claim, at: string): ExportedClaim {
  const limits = Object.keys(scope).length > 0 ? scope : undefined;
  return { role, port, ...given({ endPort, protocol, service, scope: limits }), at };
}

/** The fields that are there. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
