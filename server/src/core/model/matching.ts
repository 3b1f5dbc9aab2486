import type { Claim } from '../facts.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { Rank } from './names.ts';
import { partsOf } from './parts.ts';
import { hostUses, namesOfService, type Running } from './services.ts';
import { type Match, ownerOf } from './statement.ts';
import type { Surroundings } from './surroundings.ts';

/** What the registries say of each service, by its name. A claim that fits one service of a file better is not another one's. */
export function matchesOf(services: readonly Running[], around: Surroundings): Map<string, readonly Match[]> {
  const all = services.map((running) => ({
    running,
    known: around.claims.about(namesOfService(running), running.file.path),
  }));
  const best = new Map<Claim, Match[]>();
  for (const match of all.flatMap(({ known }) => known)) {
    const [other] = best.get(match.claim) ?? [];
    if (!other || match.rank < other.rank) best.set(match.claim, [match]);
    else if (match.rank === other.rank) best.get(match.claim)!.push(match);
  }
  const fits = (match: Match) => {
    const fitting = best.get(match.claim)!;
    return fitting.includes(match) && (match.rank !== Rank.numbered || fitting.length === 1);
  };
  const taken = new Set(best.keys());
  const matches = new Map(
    all.map(({ running, known }): [string, readonly Match[]] => {
      const own = known.filter(fits);
      return [running.service.name, [...own, ...partsOf(running, own, taken, around)]];
    }),
  );
  const byPlace = byFolder(services, matches, around);
  if (byPlace) matches.set(byPlace.service.name, byPlace.known);
  return matches;
}

/**
 * What is said of the one owner who lies in the folder of a compose file, for the one service there of which no name
 * tells anything. A database beside it is no such service.
 */
function byFolder(services: readonly Running[], matches: ReadonlyMap<string, readonly Match[]>, around: Surroundings) {
  const statements = services.length > 0 ? around.claims.beside(services[0]!.file.path) : [];
  if (statements.length === 0) return undefined;
  const owners = new Set(statements.map(({ claim }) => claim.container ?? ownerOf(claim)));
  const isTaken = [...matches.values()].flat().some(({ claim }) => statements.some((other) => other.claim === claim));
  const unknown = services.filter(
    (running) =>
      matches.get(running.service.name)!.length === 0 &&
      hostUses(running).length > 0 &&
      defaultPorts(running.service.image).length === 0,
  );
  if (owners.size !== 1 || isTaken || unknown.length !== 1) return undefined;
  const known = statements.map((statement) => ({ ...statement, rank: Rank.folder, by: 'the folder in its row' }));
  return { service: unknown[0]!.service, known };
}
