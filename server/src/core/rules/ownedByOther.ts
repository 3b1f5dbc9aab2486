import type { Index } from '../model/index.ts';
import { areNumberedApart, isGeneric, isMentioned, mayBeSame, wholeKey, wordsOf } from '../model/names.ts';
import { namesOfService, type Running, targetOf } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { basename, dirname } from '../path.ts';
import type { Rule } from '../rule.ts';
import { imageName } from '../vocabulary/images.ts';
import { genericWords, protocols, proxies } from '../vocabulary/names.ts';
import { listText, ownerText, relatedTo } from '../words.ts';

export const ownedByOther: Rule = {
  id: 'owned-by-other',
  level: 'error',
  finds: 'a used port that the registry gives to a different service',
  in: ['compose', 'dotenv'],
  needsAll: true,
  *check(file, index) {
    const seen = new Set<number>();
    for (const { unclaimed, further } of index.comparisonsFor(file)) {
      for (const { running, use } of [...unclaimed, ...further]) {
        const owners = use.path === file.path && !seen.has(use.span.start) ? ownersOf(use, running, index) : [];
        if (owners.length === 0) continue;
        seen.add(use.span.start);
        yield {
          path: use.path,
          span: use.span,
          message: `${running.service.name} publishes ${use.port}, which the registry gives to ${listText(distinct(owners).map(ownerText))}.`,
          port: use.port,
          service: running.service.name,
          expected: [],
          registry: placeOf(owners[0]!),
          related: owners.map(relatedTo),
          fixes: [],
        };
      }
    }
  },
};

/** Those to whom a registry gives the port; empty as soon as one of them might be the very service that uses it. */
function ownersOf(use: PlacedUse, running: Running, index: Index): Statement[] {
  if (use.endPort !== undefined) return [];
  const statements = index.claims
    .on(use.port, use.path, ['assignment'])
    .filter(({ claim }) => claim.endPort === undefined && claim.side !== 'container')
    .filter(({ claim }) => claim.protocol === undefined || claim.protocol === use.protocol);
  if (statements.length === 0) return [];
  const own = namesOfService(running).map(({ name }) => name);
  const names = [
    ...own,
    ...(running.service.image ? [imageName(running.service.image)] : []),
    ...(running.service.image ? [] : [basename(dirname(running.file.path))]),
    ...guestsOf(running, index),
  ];
  if (names.some((name) => wordsOf(name).some((word) => proxies.has(word)))) return [];
  const common = index.claims.commonWords(use.path);
  const strange = index.claims.everywhereOn(use.port, use.path).every(({ claim }) => {
    if (claim.endPort !== undefined) return true;
    // `frigate: {stream: 8554}` is the stream of whoever the section is about.
    const section = wholeKey(claim.section.at(-1) ?? '');
    if (own.some((name) => wholeKey(name) === section)) return false;
    const owners = [
      ownerOf(claim),
      claim.service?.replace(/[（(].*/su, ''),
      claim.container,
      claim.scope.project,
      claim.scope.machine,
      ...(claim.aliases ?? []),
    ].filter((name) => name !== undefined);
    if (
      isGeneric(ownerOf(claim)) ||
      (claim.excused && !claim.clashes) ||
      (isProtocol(ownerOf(claim)) && targetOf(use, running)?.port === use.port) ||
      use.via?.some((variable) => owners.some((owner) => isMentioned(variable, owner, common))) ||
      names.some((name) => isMentioned(name, claim.note, common) || isMentioned(name, claim.beside, common))
    )
      return false;
    const pairs = owners.flatMap((owner) => names.map((name) => [owner, name] as const));
    return (
      pairs.some(([owner, name]) => areNumberedApart(owner, name)) ||
      !pairs.some(([owner, name]) => mayBeSame(owner, name, common))
    );
  });
  return strange ? statements : [];
}

/** `OTLP gRPC` is no other service than the one that listens there, and neither is `WireGuard`. */
function isProtocol(owner: string): boolean {
  const words = protocols.has(wholeKey(owner)) ? [] : wordsOf(owner).filter((word) => !genericWords.has(word));
  return !isGeneric(owner) && words.every((word) => protocols.has(word));
}

/** The services that share a service's network, whose ports it publishes for them. */
function guestsOf({ service, file }: Running, index: Index): string[] {
  const hosts = [`service:${service.name}`, `container:${service.container ?? service.name}`];
  const guests = index.runningIn(file.path).filter((other) => hosts.includes(other.service.networkMode ?? ''));
  return guests.flatMap((guest) => namesOfService(guest).map(({ name }) => name));
}

function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [ownerOf(statement.claim), statement])).values()];
}
