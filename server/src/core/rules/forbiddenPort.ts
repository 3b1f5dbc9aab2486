import type { Claim, FileFacts } from '../facts.ts';
import type { Contradiction } from '../finding.ts';
import type { Comparison } from '../model/comparison/comparison.ts';
import type { Index } from '../model/index.ts';
import { mayBeSame } from '../model/names.ts';
import { disjoint } from '../model/scope.ts';
import { hostUses, namesOfService, type Running } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { hasPort } from '../ports.ts';
import type { Rule } from '../rule.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { portText, relatedTo, whereText } from '../words.ts';

export const forbiddenPort: Rule = {
  id: 'forbidden-port',
  level: 'warning',
  finds: 'a use of a port or range that the registry forbids or reserves',
  in: ['registry', 'compose', 'dotenv'],
  *check(file, index) {
    if (file.document) yield* assignedAnyway(file);
    const seen = new Set<number>();
    for (const comparison of index.comparisonsFor(file)) {
      if (!isGoverned(comparison, file, index)) continue;
      const wrong = new Set(comparison.mismatches.map(({ use }) => use.span.start));
      for (const running of comparison.services) {
        const known = comparison.matches.get(running.service.name) ?? [];
        const assigned = new Set(known.flatMap(({ claim }) => (claim.role === 'assignment' ? claim.port : [])));
        for (const use of hostUses(running)) {
          if (use.path !== file.path || wrong.has(use.span.start) || seen.has(use.span.start)) continue;
          const ban = assigned.has(use.port) ? undefined : banOn(use, running, index);
          if (ban) yield used(use, running, ban);
          if (ban) seen.add(use.span.start);
        }
      }
    }
  },
};

/**
 * Whether a registry's bans are meant for a compose file: one beside the registry, or one in which a service runs that
 * the registry knows. The stacks that a repository only bundles keep to ports of their own.
 */
function isGoverned({ matches }: Comparison, file: FileFacts, index: Index): boolean {
  for (const known of matches.values()) if (known.length > 0) return true;
  return index.claims.isBesideRegistry(file.path);
}

function banOn(use: PlacedUse, running: Running, index: Index): Statement | undefined {
  const bans = index.claims.on(use.port, use.path, ['forbidden', 'reserved']);
  const names = namesOfService(running).map(({ name }) => name);
  const meant = (claim: Claim) =>
    claim.role === 'reserved' && claim.service !== undefined && names.some((name) => mayBeSame(name, claim.service!));
  if (bans.some(({ claim }) => meant(claim))) return undefined;
  // What is kept for later is kept from new services, not from a database on the port of all such databases.
  const isUsual = defaultPorts(running.service.image).includes(use.port);
  if (isUsual && bans.every(({ claim }) => claim.role === 'reserved' && claim.service === undefined)) return undefined;
  const isOwned = index.claims
    .on(use.port, use.path, ['assignment'])
    .some(({ claim }) => claim.endPort === undefined && claim.side !== 'container');
  return isOwned ? undefined : bans[0];
}

function used(use: PlacedUse, running: Running, ban: Statement): Contradiction {
  const range = ban.claim.endPort === undefined ? ',' : `, in ${portText(ban.claim)},`;
  const published = use.endPort === undefined ? use.port : `${use.port} (of ${use.port}–${use.endPort})`;
  return {
    path: use.path,
    span: use.span,
    message: `${running.service.name} publishes ${published}${range} which the registry ${said(ban.claim)} (${whereText(ban)}).`,
    port: use.port,
    service: running.service.name,
    expected: [],
    registry: placeOf(ban),
    related: [relatedTo(ban)],
    fixes: [],
  };
}

function said({ role, service }: Claim): string {
  if (role === 'forbidden') return 'says not to use';
  return service === undefined ? 'keeps for later' : `keeps for "${service}"`;
}

/** Rows of a registry that assign what the same registry forbids. */
function* assignedAnyway(file: FileFacts): Iterable<Contradiction> {
  const bans = file.claims.filter(({ role }) => role === 'forbidden');
  const reserved = file.claims.filter(
    ({ role, service, endPort }) => role === 'reserved' && service === undefined && endPort === undefined,
  );
  for (const claim of file.claims) {
    if (claim.role !== 'assignment' || claim.endPort !== undefined || claim.excused || claim.side === 'container')
      continue;
    const ban = [...bans, ...reserved].find(
      (other) => hasPort(other, claim.port) && !disjoint(other.scope, claim.scope),
    );
    if (!ban || (ban.service !== undefined && mayBeSame(ban.service, ownerOf(claim)))) continue;
    const statement = { claim: ban, file };
    const range = ban.endPort === undefined ? ',' : `, in ${portText(ban)},`;
    yield {
      path: file.path,
      span: claim.span,
      message: `"${ownerOf(claim)}" is given ${claim.port}${range} which the registry itself ${said(ban)} (${whereText(statement)}).`,
      port: claim.port,
      service: ownerOf(claim),
      expected: [],
      registry: placeOf(statement),
      related: [relatedTo(statement)],
      fixes: [],
    };
  }
}
