import type { Claim } from '../facts.ts';
import type { Place } from '../finding.ts';
import { grouped, kept } from '../grouped.ts';
import { dirname } from '../path.ts';
import { holds, type Ports } from '../ports.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { ByPorts, FEW } from './byPorts.ts';
import { governedBy } from './governance.ts';
import { matchesOf } from './matching.ts';
import { isGeneric, Rank, wordsOf } from './names.ts';
import { namesOneFile } from './scope.ts';
import { hostUses, type Running } from './services.ts';
import { type Match, ownerOf, type Statement } from './statement.ts';
import type { Surroundings } from './surroundings.ts';
import type { PlacedUse } from './uses.ts';

/** A service that uses another port than its registry says. */
export interface Mismatch {
  readonly running: Running;
  readonly use: PlacedUse;
  /** The statements that say better, best first. Never empty. */
  readonly instead: readonly Match[];
  /** Where a registry says that the service has left this port. */
  readonly former?: Statement;
  /** Whether the port inside the container is the same number and has to change along. */
  readonly withTarget: boolean;
}

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
    const covering = claimsByPorts(known);
    for (const use of hostUses(running)) {
      const isSaid = wrong.has(use) || covering.find(use, ({ claim }) => covers(claim, use));
      if (!isSaid) further.push({ running, use });
    }
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

/** Whether a claim covers all ports of a use, or a pool of ports holds the claim's. */
export function covers(claim: Claim, use: Ports): boolean {
  return holds(claim, use) || holds(use, claim);
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

function differences(
  running: Running,
  assigned: readonly Match[],
  known: readonly Match[],
  around: Surroundings,
): Mismatch[] {
  const uses = hostUses(running);
  if (uses.length === 0) return inside(running, assigned, known, around);
  const host = assigned.filter(({ claim }) => claim.side === 'host' || (claim.side === 'any' && !claim.internal));
  const missing = notSatisfied(host, running);
  if (missing.length === 0) return besideTheMark(running, host);
  const strange = unexplained(uses, host.length > 0 ? host : assigned, running);
  if (strange.length === 0) return [];
  const told = formerOnes(known);
  const candidates = missing.slice(0, MOST_CANDIDATES);
  return pick(strange, missing, known, running).map((use) => {
    const target = targetOf(use, running);
    const instead = best(candidates, use, target);
    const former = formerly(told, use, around, running);
    return {
      running,
      use,
      instead,
      withTarget: movesTarget(use, target, instead, assigned, running),
      ...(former && { former }),
    };
  });
}

/** The ports that people outside reach and for which no registry accounts, by their numbers or those behind them. */
export function unaccounted(running: Running, { matches }: Comparison): PlacedUse[] {
  const known = matches.get(running.service.name) ?? [];
  const assigned = known.filter(({ claim }) => claim.role === 'assignment');
  return unexplained(hostUses(running), assigned, running);
}

/** The claims that are not met: their service does not use their port on the side of which they speak. */
function notSatisfied(matches: readonly Match[], running: Running): Match[] {
  const uses = hostUses(running);
  const key = (use: PlacedUse) => portsKey(use) + portsKey(targetOf(use, running));
  const outside = new ByPorts(uses, (use) => use, key);
  const inside = new ByPorts(uses, (use) => targetOf(use, running), key);
  return matches.filter(({ claim }) => {
    const isMeant = (use: PlacedUse) => explains(claim, use, running);
    return !outside.find(claim, isMeant) && !inside.find(claim, isMeant);
  });
}

/** The published ports for which none of these claims accounts. */
function unexplained(uses: readonly PlacedUse[], matches: readonly Match[], running: Running): PlacedUse[] {
  const byPorts = claimsByPorts(matches);
  return uses.filter((use) => {
    const isMeant = ({ claim }: Match) => explains(claim, use, running);
    const target = targetOf(use, running);
    return !byPorts.find(use, isMeant) && !(target && byPorts.find(target, isMeant));
  });
}

/** Statements of which those about some ports are asked for again and again. */
function claimsByPorts(matches: readonly Match[]): ByPorts<Match> {
  return new ByPorts(
    matches,
    ({ claim }) => claim,
    ({ claim }) => `${portsKey(claim)} ${claim.side} ${claim.role}`,
  );
}

function portsKey(ports: Ports | undefined): string {
  return ports ? `${ports.port}-${ports.endPort ?? ''} ` : '- ';
}

/**
 * Whether a claim accounts for a published port: it names the port; or it names the port behind it, where that is the
 * one on which such an image always listens, so that the registry plainly speaks of the inside.
 */
function explains(claim: Claim, use: PlacedUse, running: Running): boolean {
  if (covers(claim, use)) return true;
  if (claim.side === 'host') return false;
  const target = targetOf(use, running);
  if (!target || !covers(claim, target)) return false;
  return claim.side === 'any' && usualPorts(running).includes(target.port);
}

/** The ports on which an image such as that of a service always listens. */
export function usualPorts({ service }: Pick<Running, 'service'>): readonly number[] {
  const byImage = defaultPorts(service.image);
  return byImage.length > 0 ? byImage : defaultPorts(service.name);
}

/** The port inside the container behind a published one. */
export function targetOf(use: PlacedUse, { uses }: Running): PlacedUse | undefined {
  if (use.mapping === undefined) return undefined;
  if (uses.length <= FEW) return uses.find((other) => other.role === 'target' && other.mapping === use.mapping);
  return kept(targets, uses, () => targetsIn(uses)).get(use.mapping);
}

const targets = new WeakMap<readonly PlacedUse[], ReadonlyMap<number, PlacedUse>>();

function targetsIn(uses: readonly PlacedUse[]): ReadonlyMap<number, PlacedUse> {
  const byMapping = new Map<number, PlacedUse>();
  for (const use of uses) {
    if (use.role === 'target' && use.mapping !== undefined && !byMapping.has(use.mapping))
      byMapping.set(use.mapping, use);
  }
  return byMapping;
}

/**
 * Of the ports that no claim explains, those that stand in for the missing ones. A service may publish a debugger's
 * port beside its own, so never more than are missing.
 */
function pick(
  strange: readonly PlacedUse[],
  missing: readonly Match[],
  known: readonly Match[],
  running: Running,
): PlacedUse[] {
  const owners = new Set(missing.map(({ claim }) => `${claim.port}`));
  if (strange.length <= owners.size) return [...strange];
  const former = formerOnes(known);
  const parts = new Set(missing.map(({ inside }) => inside));
  const innerClaims = claimsByPorts(known.filter(({ claim }) => claim.side !== 'host'));
  const variables = new Set(running.uses.flatMap(({ role, port }) => (role === 'environment' ? port : [])));
  const likeness = (use: PlacedUse) => {
    const target = targetOf(use, running);
    if (former.find(use, ({ claim }) => covers(claim, use))) return 0;
    if (target && parts.has(target.port)) return 0;
    if (target && innerClaims.find(target, ({ claim }) => covers(claim, target))) return 1;
    return variables.has((target ?? use).port) ? 2 : 3;
  };
  const judged = strange.map((use) => ({ use, likeness: likeness(use) }));
  return judged
    .sort((a, b) => a.likeness - b.likeness)
    .slice(0, owners.size)
    .map(({ use }) => use);
}

/** The claims to follow for one use: the one that names the port behind it first, each port once. */
function best(missing: readonly Match[], use: PlacedUse, target: PlacedUse | undefined): Match[] {
  const ofPart = missing.filter(({ inside }) => inside !== undefined && inside === target?.port);
  const ofWhole = missing.filter(({ inside }) => inside === undefined);
  const meant = [ofPart, ofWhole, missing].find((matches) => matches.length > 0)!;
  const current = meant.filter(({ claim }) => claim.role === 'assignment');
  const candidates = current.length > 0 ? current : meant;
  const sameProtocol = candidates.filter(
    ({ claim }) => claim.protocol === undefined || claim.protocol === (use.protocol ?? 'tcp'),
  );
  const seen = new Set<number>();
  const unique = (sameProtocol.length > 0 ? sameProtocol : candidates).filter(
    ({ claim }) => !seen.has(claim.port) && seen.add(claim.port),
  );
  const behind = target && unique.filter(({ claim }) => covers(claim, target));
  return behind && behind.length === 1 ? behind : unique.slice(0, MOST_REMEDIES);
}

/** Nobody reads a longer list of ports that would be right as well. */
const MOST_REMEDIES = 10;
/** Of more ports that a service misses, only so many are thought of. */
const MOST_CANDIDATES = 100;

/** What a registry says of ports that its service has left. */
function formerOnes(known: readonly Match[]): ByPorts<Match> {
  return claimsByPorts(known.filter(({ claim }) => claim.role === 'former'));
}

function formerly(
  told: ByPorts<Match>,
  use: PlacedUse,
  around: Surroundings,
  { file, service }: Running,
): Statement | undefined {
  const own = told.find(use, ({ claim }) => covers(claim, use));
  if (own) return own;
  const words = wordsOf(service.container ?? service.name);
  return around.claims
    .on(use.port, file.path, ['former'])
    .find(({ claim }) => wordsOf(ownerOf(claim)).every((word) => words.includes(word)));
}

/** The inside changes along when it is the same number by choice and no claim says otherwise. */
export function movesTarget(
  use: PlacedUse,
  target: PlacedUse | undefined,
  instead: readonly Match[],
  assigned: readonly Match[],
  running: Running,
): boolean {
  if (!target || target.port !== use.port || use.endPort !== undefined) return false;
  if (usualPorts(running).includes(target.port)) return false;
  const inner = assigned.filter(({ claim }) => claim.side === 'container');
  if (inner.length > 0) return inner.some(({ claim }) => claim.port === instead[0]!.claim.port);
  return instead[0]!.claim.side === 'any';
}

/**
 * A service that is published on the registry's port, with the same port inside, and yet is told to listen on another
 * one or checked on it.
 */
function besideTheMark(running: Running, host: readonly Match[]): Mismatch[] {
  const { name } = running.service;
  const targets = running.uses.filter(({ role, service }) => role === 'target' && service === name);
  const [target] = targets;
  if (targets.length !== 1 || target!.endPort !== undefined) return [];
  const instead = host.filter(({ claim }) => claim.side === 'any' && claim.port === target!.port);
  if (instead.length === 0) return [];
  const tells = ({ role }: PlacedUse) => role === 'environment' || role === 'healthcheck';
  const wrong = running.uses.filter(
    (use) =>
      use.port !== target!.port &&
      use.service === name &&
      use.side === 'container' &&
      tells(use) &&
      !usualPorts(running).includes(use.port),
  );
  return wrong.length === 1
    ? [{ running, use: wrong[0]!, instead: best(instead, wrong[0]!, target), withTarget: false }]
    : [];
}

/**
 * A service that publishes nothing is compared by the port on which it listens: with claims about the inside, or with
 * a claim that tells no side when the port in use is its own former one.
 */
function inside(
  running: Running,
  assigned: readonly Match[],
  known: readonly Match[],
  around: Surroundings,
): Mismatch[] {
  const uses = running.uses.filter(
    (use) =>
      use.side === 'container' &&
      use.service === running.service.name &&
      (use.role === 'environment' || use.role === 'exposed'),
  );
  const candidates = assigned.filter(({ claim }) => claim.side !== 'host');
  if (uses.length === 0 || candidates.length === 0) return [];
  const byPorts = claimsByPorts(candidates);
  if (uses.some((use) => byPorts.find(use, ({ claim }) => covers(claim, use)))) return [];
  const left = formerOnes(known);
  const told = candidates.filter(({ claim }) => claim.side === 'container');
  return uses.flatMap((use) => {
    const former = formerly(left, use, around, running);
    const instead = (told.length > 0 ? told : former ? candidates : []).slice(0, MOST_CANDIDATES);
    if (instead.length === 0 || usualPorts(running).includes(use.port)) return [];
    return [{ running, use, instead: best(instead, use, undefined), withTarget: false, ...(former && { former }) }];
  });
}
