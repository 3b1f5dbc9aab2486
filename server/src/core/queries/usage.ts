import type { Claim, FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import { grouped } from '../grouped.ts';
import { governedBy } from '../model/governance.ts';
import type { Index } from '../model/index.ts';
import { mayBeSame } from '../model/names.ts';
import { mayMean } from '../model/scope.ts';
import { doesSomething, type PlacedUse } from '../model/services/uses.ts';
import { givenNames, type Statement } from '../model/statement.ts';
import { covers } from '../ports.ts';

/** The assignments of a registry against the files that it governs. */
export interface Usage {
  /** All uses in the governed files. */
  readonly uses: readonly PlacedUse[];
  /** For each assignment the uses that satisfy it. */
  readonly satisfying: ReadonlyMap<Claim, readonly PlacedUse[]>;
  /** The assignments whose service is on another port instead. */
  readonly missed: ReadonlySet<Claim>;
}

/**
 * Looks up what satisfies the assignments of a registry. On the host that is whoever uses the port and has no other one
 * in the registry, inside a container only who may be the service that is meant.
 * @returns `undefined` for a document that is no registry, or that governs no file with uses
 */
export function usageOf(registry: FileFacts, index: Index): Usage | undefined {
  if (registry.document?.authority !== 'registry') return undefined;
  const governed = [...index.files()].filter((file) => {
    if (file.uses.length + file.variables.length === 0 || !doesSomething(file)) return false;
    return index.claims.registriesFor(file.path).includes(registry);
  });
  const mismatches = governed
    .flatMap((file) => index.comparisonsFor(file))
    .flatMap((comparison) => comparison.mismatches);
  const missed = new Set(mismatches.flatMap(({ instead }) => instead.map(({ claim }) => claim)));
  const isWrong = placesOf(mismatches.map(({ use }) => use));
  const uses = governed.flatMap(({ path }) => index.usesIn(path));
  if (uses.length === 0) return undefined;
  const right = uses.filter((use) => !isWrong(use));
  const near = byPort(right);
  const assignments = registry.claims.filter(({ role }) => role === 'assignment');
  const satisfying = new Map(
    assignments.map((claim) => {
      const candidates = claim.endPort === undefined ? near(claim.port) : right;
      return [claim, candidates.filter((use) => satisfies(use, { claim, file: registry }))];
    }),
  );
  return { uses, satisfying, missed };
}

function placesOf(places: readonly Place[]): (place: Place) => boolean {
  const key = ({ path, span }: Place) => `${path}\n${span.start}`;
  const keys = new Set(places.map(key));
  return (place) => keys.has(key(place));
}

/** Looks up the uses that may hold a port: those of the very port, and all ranges. */
function byPort(uses: readonly PlacedUse[]): (port: number) => readonly PlacedUse[] {
  const ranges = uses.filter(({ endPort }) => endPort !== undefined);
  const single = grouped(
    uses.filter(({ endPort }) => endPort === undefined),
    ({ port }) => port,
  );
  return (port) => [...(single.get(port) ?? []), ...ranges];
}

function satisfies(use: PlacedUse, { claim, file }: Statement): boolean {
  if (!covers(claim, use)) return false;
  if (claim.side === 'host' ? use.side === 'container' : claim.side === 'container' && use.side === 'host')
    return false;
  const protocol = use.protocol ?? claim.protocol;
  if (claim.protocol !== undefined && protocol !== claim.protocol) return false;
  // A port that a compose file takes from its environment belongs to the compose file.
  if (!mayMean(claim.scope.path, (use.readAt ?? use).path, governedBy(file))) return false;
  if (use.side === 'host' || claim.side === 'host') return true;
  const owners = givenNames(claim);
  const names = [use.service, use.container, use.host, use.within].filter((name) => name !== undefined);
  return owners.length * names.length === 0 || owners.some((owner) => names.some((name) => mayBeSame(owner, name)));
}
