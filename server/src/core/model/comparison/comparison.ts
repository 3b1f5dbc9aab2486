import type { Place } from '../../finding.ts';
import { grouped } from '../../grouped.ts';
import { dirname } from '../../path.ts';
import { covers } from '../../ports.ts';
import { defaultPorts } from '../../vocabulary/images.ts';
import { governedBy } from '../governance.ts';
import { isGeneric, Rank, wordsOf } from '../names.ts';
import { namesOneFile } from '../scope.ts';
import { hostUses, type Running } from '../services/services.ts';
import type { PlacedUse } from '../services/uses.ts';
import { type Match, ownerOf } from '../statement.ts';
import { claimsByPorts, unexplained } from './accounting.ts';
import { differences, type Mismatch } from './differences.ts';
import { matchesOf } from './matching.ts';
import type { Surroundings } from './surroundings.ts';

/** A published port of which no registry speaks as its service's. */
interface Unclaimed {
  readonly running: Running;
  readonly use: PlacedUse;
}

/** How the services of one compose file agree with the registries. */
export interface Comparison {
  /** What is compared. */
  readonly services: readonly Running[];
  readonly mismatches: readonly Mismatch[];
  /** The same by the names of the services. */
  readonly mismatchesOf: ReadonlyMap<string, readonly Mismatch[]>;
  /** Published ports of services of which no registry speaks. */
  readonly unclaimed: readonly Unclaimed[];
  /** Published ports beyond those that the registries know of their services, and all of unsettled services. */
  readonly further: readonly Unclaimed[];
  /** What the registries say of each service, by its name, and with what evidence. */
  readonly matches: ReadonlyMap<string, readonly Match[]>;
  /** The services that are not held to what the registries say of their name, and why. */
  readonly unsettled: ReadonlyMap<string, Doubt>;
}

/** `ambiguous`: several owners answer to the name. `another stack`: the name alone may mean a service elsewhere. */
export type Doubt = 'ambiguous' | 'another stack';

export function compare(services: readonly Running[], around: Surroundings): Comparison {
  const mismatches: Mismatch[] = [];
  const unclaimed: Unclaimed[] = [];
  const further: Unclaimed[] = [];
  const unsettled = new Map<string, Doubt>();
  const matches = matchesOf(services, around);
  for (const running of services) {
    const known = matches.get(running.service.name)!;
    const assigned = known.filter(({ claim }) => claim.role === 'assignment' || claim.role === 'reserved');
    if (assigned.length === 0) {
      for (const use of hostUses(running)) unclaimed.push({ running, use });
      continue;
    }
    const doubt = doubtOf(assigned, running, around);
    const found = doubt ? [] : differences(running, assigned, known, around);
    if (doubt) unsettled.set(running.service.name, doubt);
    for (const mismatch of found) mismatches.push(mismatch);
    const wrong = new Set(found.map(({ use }) => use));
    for (const use of beyond(hostUses(running), known)) if (!wrong.has(use)) further.push({ running, use });
  }
  const mismatchesOf = grouped(mismatches, ({ running }) => running.service.name);
  return { services, mismatches, mismatchesOf, unclaimed, further, matches, unsettled };
}

/** The mismatch that is found at a place, kept as long as the comparison is. */
export function mismatchAt(comparison: Comparison, { path, span }: Place): Mismatch | undefined {
  let places = mismatchesByPlace.get(comparison);
  if (!places) {
    places = new Map();
    for (const mismatch of comparison.mismatches) {
      const key = placeKey(mismatch.use);
      if (!places.has(key)) places.set(key, mismatch);
    }
    mismatchesByPlace.set(comparison, places);
  }
  return places.get(placeKey({ path, span }));
}

const mismatchesByPlace = new WeakMap<Comparison, Map<string, Mismatch>>();

function placeKey({ path, span }: Place): string {
  return `${path}\n${span.start}`;
}

/** The ports of which none of some claims speaks. */
function beyond(uses: readonly PlacedUse[], known: readonly Match[]): PlacedUse[] {
  const byPorts = claimsByPorts(known);
  return uses.filter((use) => !byPorts.find(use, ({ claim }) => covers(claim, use)));
}

function doubtOf(matches: readonly Match[], running: Running, around: Surroundings): Doubt | undefined {
  if (isAmbiguous(matches)) return 'ambiguous';
  return meansAnotherStack(matches, running, around) ? 'another stack' : undefined;
}

/** Several owners answer to the name equally well, so that nobody knows whose port it is. */
function isAmbiguous(matches: readonly Match[]): boolean {
  if (matches.length === 1) return false;
  const owners = new Set(matches.map(({ claim }) => wordsOf(claim.container ?? ownerOf(claim)).join('')));
  if (owners.size <= 1) return false;
  const [first] = matches;
  const bySection = new Set(matches.map(({ claim }) => claim.section.join('/')));
  return isGeneric(first!.claim.service ?? '') && bySection.size > 1;
}

/**
 * `postgres`, `grafana` and `web` run in dozens of stacks. Where several folders define one, a claim by that name alone
 * speaks of the stack beside the registry, or of none.
 */
function meansAnotherStack(matches: readonly Match[], { service, file }: Running, around: Surroundings): boolean {
  if (
    matches.some(({ rank, by }) => rank === Rank.alias || by === 'container_name' || by === 'project and service name')
  )
    return false;
  if (matches.some(({ claim }) => namesOneFile(claim.scope))) return false;
  const common = isGeneric(service.name) || defaultPorts(service.name).length > 0 || wordsOf(service.name).length === 1;
  if (!common || around.foldersDefining(service.name).size < 2) return false;
  return matches.every((match) => governedBy(match.file) !== dirname(file.path));
}

/** The ports that people outside reach and for which no registry accounts, by their numbers or those behind them. */
export function unaccounted(running: Running, { matches }: Comparison): PlacedUse[] {
  const known = matches.get(running.service.name) ?? [];
  const assigned = known.filter(({ claim }) => claim.role === 'assignment');
  return unexplained(hostUses(running), assigned, running);
}
