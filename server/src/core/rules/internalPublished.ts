import type { Comparison } from '../model/comparison/comparison.ts';
import { hostUses, type Running, targetOf } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { type Match, ownerOf, placeOf } from '../model/statement.ts';
import { covers } from '../ports.ts';
import type { Rule } from '../rule.ts';
import { portText, relatedTo, whereText } from '../words.ts';

export const internalPublished: Rule = {
  id: 'internal-published',
  level: 'warning',
  finds: 'a published port that the registry calls internal or not exposed',
  in: ['compose', 'dotenv'],
  *check(file, index) {
    for (const comparison of index.comparisonsFor(file)) {
      for (const running of comparison.services) {
        for (const { use, said } of exposed(running, comparison)) {
          if (use.path !== file.path || index.claims.stageOf(file.path) === 'test') continue;
          const owner = ownerOf(said.claim);
          const as = owner === use.service ? 'it' : `"${owner}"`;
          yield {
            path: use.path,
            span: use.span,
            message: `${use.service} publishes ${portText({ ...use, endPort: use.endPort! })}, but the registry calls ${as} internal (${whereText(said)}).`,
            port: use.port,
            ...(use.service !== undefined && { service: use.service }),
            expected: [],
            registry: placeOf(said),
            related: [relatedTo(said)],
            fixes: [],
          };
        }
      }
    }
  },
};

/** The ports of a service that others may reach although its claims call them internal. */
function exposed(running: Running, { matches, unsettled }: Comparison): { use: PlacedUse; said: Match }[] {
  const known = matches.get(running.service.name) ?? [];
  if (!known.some(({ claim }) => claim.internal) || unsettled.has(running.service.name)) return [];
  const claims = known.filter(({ claim }) => claim.role === 'assignment');
  const internal = claims.filter(({ claim }) => claim.internal);
  if (internal.length === 0) return [];
  if (claims.some(({ claim }) => claim.side === 'host' || (claim.side === 'any' && !claim.internal))) return [];
  return hostUses(running).flatMap((use) => {
    if (use.role !== 'published' || isLoopback(use.address)) return [];
    const target = targetOf(use, running);
    const meant = internal.find(({ claim }) => covers(claim, use) || (target && covers(claim, target)));
    const said = meant ?? (internal.length === claims.length ? internal[0] : undefined);
    return said ? [{ use, said }] : [];
  });
}

/** Whether only the machine itself reaches an address. https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2 */
function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:127\.[\d.]+|\[?::1\]?|localhost)$/i.test(address);
}
