import type { Claim } from '../../facts.ts';
import { basename, dirname } from '../../path.ts';
import { defaultPorts } from '../../vocabulary/images.ts';
import { Rank, wordsOf } from '../names.ts';
import { hostUses, namesOfService, type Running } from '../services/services.ts';
import { type Match, ownerOf } from '../statement.ts';
import { partsOf } from './parts.ts';
import type { Surroundings } from './surroundings.ts';

/** What the registries say of each service, by its name. A claim that fits one service of a file better is not another one's. */
export function matchesOf(services: readonly Running[], around: Surroundings): Map<string, readonly Match[]> {
  const all = services.map((running) => around.claims.about(namesOfService(running), running.file.path));
  const best = new Map<Claim, { rank: Rank; services: number }>();
  for (const known of all) {
    for (const { claim, rank } of known) {
      const before = best.get(claim);
      if (!before || rank < before.rank) best.set(claim, { rank, services: 1 });
      else if (rank === before.rank) before.services++;
    }
  }
  const fits = ({ claim, rank }: Match) => {
    const fitting = best.get(claim)!;
    return rank === fitting.rank && (rank !== Rank.numbered || fitting.services === 1);
  };
  const matches = new Map<string, readonly Match[]>();
  for (const [n, running] of services.entries()) {
    const own = ofProject(running, all[n]!.filter(fits));
    const parts = partsOf(running, own, best, around);
    matches.set(running.service.name, parts.length > 0 ? [...own, ...parts] : own);
  }
  const byPlace = byFolder(services, matches, around);
  if (byPlace) matches.set(byPlace.service.name, byPlace.known);
  return matches;
}

/** Of rows about projects those about the service's own, if there are any: `api` is a name in many of them. */
function ofProject({ file }: Running, matches: readonly Match[]): readonly Match[] {
  if (matches.length < 2) return matches;
  const project = wordsOf(file.project ?? basename(dirname(file.path))).join(' ');
  const own = matches.filter(({ claim: { scope } }) => wordsOf(scope.project ?? '').join(' ') === project);
  return own.length === 0 || project === ''
    ? matches
    : own.map((match) => ({ ...match, by: 'project and service name' }));
}

/**
 * What is said of the one owner who lies in the folder of a compose file, for the one service there of which no name
 * tells anything. A database beside it is no such service.
 */
function byFolder(services: readonly Running[], matches: ReadonlyMap<string, readonly Match[]>, around: Surroundings) {
  const unknown = services.filter(
    (running) =>
      matches.get(running.service.name)!.length === 0 &&
      hostUses(running).length > 0 &&
      defaultPorts(running.service.image).length === 0,
  );
  const [running] = unknown;
  if (!running || unknown.length > 1) return undefined;
  const statements = around.claims.beside(running.file.path);
  const owners = new Set(statements.map(({ claim }) => claim.container ?? ownerOf(claim)));
  if (owners.size !== 1) return undefined;
  const claims = new Set(statements.map(({ claim }) => claim));
  for (const known of matches.values()) if (known.some(({ claim }) => claims.has(claim))) return undefined;
  const known = statements.map((statement) => ({ ...statement, rank: Rank.folder, by: 'the folder in its row' }));
  return { service: running.service, known };
}
