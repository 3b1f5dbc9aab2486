import { covers } from '../../ports.ts';
import type { ByPorts } from '../byPorts.ts';
import { wordsOf } from '../names.ts';
import { stageOf } from '../scope.ts';
import { hostUses, namesOfService, type Running, targetOf, usualPorts } from '../services/services.ts';
import type { PlacedUse } from '../services/uses.ts';
import { type Match, ownerOf, type Statement } from '../statement.ts';
import { claimsByPorts, notSatisfied, unexplained } from './accounting.ts';
import { isNoted } from './noted.ts';
import type { Surroundings } from './surroundings.ts';

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

/**
 * Where a service disagrees with what its registry says of it.
 * @param assigned the claims that give it a port, or keep one for it; never empty
 * @param known all claims about it
 */
export function differences(
  running: Running,
  assigned: readonly Match[],
  known: readonly Match[],
  around: Surroundings,
): Mismatch[] {
  const uses = hostUses(running);
  if (uses.length === 0) return inside(running, assigned, known, around);
  const host = assigned.filter(({ claim }) => claim.side === 'host' || (claim.side === 'any' && !claim.internal));
  const missing = ofItsStage(notSatisfied(host, running), host);
  if (missing.length === 0) return besideTheMark(running, host);
  const unknown = unexplained(uses, host.length > 0 ? host : assigned, running);
  const whole = unknown.filter((use) => !isOfPart(use, running, around));
  // Of a service on its own port, what the row says of further ones is as good as a column of them.
  const isSettled = missing.length < host.length;
  const strange = isSettled ? whole.filter((use) => !isNoted(use, known)) : whole.length > 0 ? whole : unknown;
  if (strange.length === 0) return [];
  const told = formerOnes(known);
  const candidates = missing.slice(0, MOST_CANDIDATES);
  return pick(strange, missing, known, running).map((use) => {
    const target = targetOf(use, running);
    const instead = best(inStageOf(use, candidates, around), use, target);
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

/** A service that is on its port of one stage runs there: what is said of its other stages is not missing. */
function ofItsStage(missing: readonly Match[], host: readonly Match[]): readonly Match[] {
  if (missing.length === 0 || missing.length === host.length) return missing;
  const stage = ({ claim }: Match) => stageOf(claim.scope.environment);
  const met = new Set(host.filter((match) => !missing.includes(match)).map(stage));
  return met.has(undefined) ? missing : missing.filter((match) => stage(match) === undefined || met.has(stage(match)));
}

/** Whether a registry gives the port to a part of the service: `winch metrics`, of a `winch` on its own port. */
function isOfPart(use: PlacedUse, running: Running, around: Surroundings): boolean {
  const { path } = running.file;
  // Most wrong ports are nobody's, and names of parts are sorted in only for who looks for them.
  if (around.claims.on(use.port, path, ['assignment']).length === 0) return false;
  const parts = around.claims.parts(namesOfService(running), path);
  return parts.some(({ claim }) => claim.side !== 'container' && covers(claim, use));
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

/** Where a port stands in a file for one stage, such as `.env.staging`, the claims for that stage, if there are any. */
function inStageOf({ path }: PlacedUse, missing: readonly Match[], around: Surroundings): readonly Match[] {
  const stage = around.claims.stageOf(path);
  if (stage === undefined) return missing;
  const own = missing.filter(({ claim }) => stageOf(claim.scope.environment) === stage);
  return own.length > 0 ? own : missing;
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
