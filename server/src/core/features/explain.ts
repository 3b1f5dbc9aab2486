import { check } from '../analyze.ts';
import type { FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Comparison, Doubt } from '../model/comparison/comparison.ts';
import { isNamedBy } from '../model/governance.ts';
import type { Index } from '../model/index.ts';
import { SENDERS } from '../model/mentions.ts';
import { hostUses, namesOfService, type Running } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import type { Match } from '../model/statement.ts';
import { covers } from '../ports.ts';
import { claimsAbout, deviationsIn } from '../queries/manifests.ts';
import { movesAlong } from '../queries/move.ts';
import { readers } from '../readers/index.ts';
import { claimLine, listText, useLine } from '../words.ts';

/**
 * Why a line was read as it was: the claims and uses in it, for a claim what gave it its meaning, for a use the claims
 * that were considered and why they agree, differ or were not compared, and the findings.
 * @param text of the file
 * @param line 0-based
 * @param where how places are to be written
 */
export function explain(
  index: Index,
  path: string,
  text: string,
  line: number,
  where: (place: Place) => string,
): readonly string[] {
  const why = readingOf(index, path, text, line);
  const file = index.file(path);
  if (!file) return why.length > 0 ? why : ['Not read: nothing in this file tells of ports.'];
  const isHere = ({ span }: Pick<Place, 'span'>) => file.lines.position(span.start).line === line;
  const claims = file.claims.filter(isHere);
  const uses = index.usesIn(path).filter(isHere);
  const told = [
    ...claims.map((claim) => `Claim: ${claimLine({ claim, file }, where)}.`),
    ...uses.flatMap((use) => [`Use: ${useLine(use, where)}.`, ...considered(use, file, index, where)]),
  ];
  const nothing = told.length + why.length > 0 ? [] : ['Not read: no port in this line is a claim or a use.'];
  const found = check(path, index).filter(isHere);
  return [...why, ...told, ...nothing, ...found.map(({ rule, message }) => `Finding: ${rule}: ${message}`)];
}

/** What the reader of the file says of the line. */
function readingOf(index: Index, path: string, text: string, line: number): readonly string[] {
  const named = index.settings.registries.some((pattern) => isNamedBy(pattern, path));
  const reader = readers.find((one) => one.wants(path) || (named && one.mayBeNamed?.(path)));
  return reader?.explain?.(text, path, line, named) ?? [];
}

/** What the registries say of the service that uses a port, and what came of it, in sentences. */
export function considered(use: PlacedUse, file: FileFacts, index: Index, where: (place: Place) => string): string[] {
  if (index.claims.registriesFor(file.path).length === 0) return ['Not compared: no registry governs this file.'];
  if (file.kind === 'kubernetes') return inManifest(use, file, index, where);
  const name = use.within ?? use.service;
  const comparisons = SENDERS.has(file.kind) ? index.comparisonsReachedFrom(file) : index.comparisonsFor(file);
  const compared = comparisons.flatMap((comparison) =>
    comparison.services.filter(({ service }) => service.name === name).map((running) => ({ comparison, running })),
  );
  if (compared.length === 0)
    return [`Not compared: ${name === undefined ? 'it names no service' : `no compose file here defines ${name}`}.`];
  return compared.flatMap(({ comparison, running }) => outcome(use, running, comparison, index, where));
}

function inManifest(use: PlacedUse, file: FileFacts, index: Index, where: (place: Place) => string): string[] {
  const known = claimsAbout(use, index);
  if (known.length === 0) return [`Not compared: no registry speaks of ${use.service ?? 'it'} by that name.`];
  const lines = known.map((match) => `Considered: ${matchLine(match, where)}.`);
  const differing = deviationsIn(file, index).flatMap((stray) => [stray.use, ...(stray.repeated ?? [])]);
  if (differing.some((other) => isAt(other, use))) return [...lines, 'Compared: it differs.'];
  const agrees = known.some(
    ({ claim }) => claim.role === 'assignment' && claim.side === use.side && covers(claim, use),
  );
  return [...lines, agrees ? 'Compared: it agrees.' : `Not compared: ${onlyInCluster}.`];
}

const onlyInCluster =
  'in a cluster a claim about a container is held against the one port on which its pods listen, and one from 30000 to 32767 against the port that its nodes publish';

function outcome(
  use: PlacedUse,
  running: Running,
  comparison: Comparison,
  index: Index,
  where: (place: Place) => string,
): string[] {
  const known = comparison.matches.get(running.service.name) ?? [];
  if (known.length === 0) return unknown(running, index, where);
  const lines = known.map((match) => `Considered: ${matchLine(match, where)}.`);
  const doubt = comparison.unsettled.get(running.service.name);
  if (doubt) return [...lines, `Not compared: ${doubts[doubt]}.`];
  if (comparison.mismatches.some((mismatch) => isAt(mismatch.use, use))) return [...lines, 'Compared: it differs.'];
  const isMoved = comparison.mismatches
    .flatMap((mismatch) => movesAlong(mismatch, index))
    .some((other) => isAt(other, use));
  if (isMoved) return [...lines, 'Compared: it has to change along with the port that differs.'];
  const isCompared = hostUses(running).some((other) => isAt(other, use));
  const isFurther = comparison.further.some((other) => other.running === running && isAt(other.use, use));
  if (isFurther) return [...lines, 'Compared: none of these claims tells this port.'];
  if (isCompared) return [...lines, 'Compared: nothing against it.'];
  if (known.some(({ claim }) => claim.role === 'assignment' && claim.side !== 'host' && covers(claim, use)))
    return [...lines, 'Compared: it agrees.'];
  return [...lines, `Not compared: ${notHost(running)}.`];
}

function isAt(a: Place, b: Place): boolean {
  return a.path === b.path && a.span.start === b.span.start;
}

function unknown(running: Running, index: Index, where: (place: Place) => string): string[] {
  const names = namesOfService(running);
  const called = listText([...new Set(names.map(({ name }) => name))], 'or');
  const elsewhere = index.claims.aboutElsewhere(names, running.file.path);
  return [
    ...elsewhere.map((match) => `Considered: ${matchLine(match, where)}, whose scope does not reach this file.`),
    elsewhere.length > 0
      ? 'Not compared: no claim of the service holds for this file.'
      : `Not compared: no registry speaks of ${called}.`,
  ];
}

function notHost(running: Running): string {
  return hostUses(running).length > 0
    ? 'a claim is held against the ports that the service publishes, and this is none of them'
    : 'the claims tell of the host, and this is a port inside the container';
}

function matchLine(match: Match, where: (place: Place) => string): string {
  return `${claimLine(match, where)}, by ${match.by}`;
}

const doubts: Readonly<Record<Doubt, string>> = {
  ambiguous: 'several owners answer to the name equally well',
  'another stack': 'several folders define a service of this name, so that the claim may mean another one',
};
