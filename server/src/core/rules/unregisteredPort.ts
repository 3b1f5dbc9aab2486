import type { Claim } from '../facts.ts';
import { unaccounted } from '../model/comparison/comparison.ts';
import { isNoted } from '../model/comparison/noted.ts';
import { wholeKey } from '../model/names.ts';
import { namesOfService, type Running } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, type Statement } from '../model/statement.ts';
import { holds } from '../ports.ts';
import { rowFor } from '../queries/row.ts';
import type { Rule } from '../rule.ts';
import { documentText, portText } from '../words.ts';

export const unregisteredPort: Rule = {
  id: 'unregistered-port',
  level: 'information',
  finds: 'a published port that no registry mentions',
  in: ['compose'],
  needsAll: true,
  *check(file, index) {
    if (index.claims.stageOf(file.path) === 'test') return;
    const registry = index.claims.registriesFor(file.path)[0];
    // What cannot be read as a whole may mention anything.
    if (!registry || index.claims.registriesFor(file.path).some(({ document }) => document?.isBroken)) return;
    const comparison = index.comparison(file.path);
    const mismatches = index.comparisonsFor(file).flatMap((one) => one.mismatches);
    const wrong = new Set(mismatches.flatMap(({ use }) => (use.path === file.path ? use.span.start : [])));
    for (const running of index.runningIn(file.path)) {
      for (const use of unaccounted(running, comparison)) {
        if (use.path !== file.path || use.role !== 'published' || wrong.has(use.span.start)) continue;
        if (
          isNoted(use, comparison.matches.get(running.service.name) ?? []) ||
          index.claims.isMentioned(use.port, file.path) ||
          isListedBlock(use, running, index.claims.on(use.port, file.path, ['range']))
        )
          continue;
        const row = use.endPort === undefined ? rowFor(running, use, registry) : undefined;
        yield {
          path: use.path,
          span: use.span,
          message: `${running.service.name} publishes ${portText({ ...use, endPort: use.endPort! })}, which ${documentText(registry)} does not mention.`,
          port: use.port,
          service: running.service.name,
          expected: [],
          related: [],
          fixes: row
            ? [
                {
                  title: `Register ${use.port} for ${running.service.name} in ${documentText(registry)}`,
                  preferred: false,
                  edits: [row],
                },
              ]
            : [],
        };
      }
    }
  },
};

/**
 * A range that is published as the registry lists it, or a port of the few that it lists for that very service. One port
 * alone is not yet mentioned by the block around it.
 */
function isListedBlock(use: PlacedUse, running: Running, blocks: readonly Statement[]): boolean {
  return blocks.some(({ claim }) => holds(claim, use) && (use.endPort !== undefined || isOwnBlock(claim, running)));
}

/** `minio: 9000-9001` tells the ports of one service; larger blocks are those of groups. */
function isOwnBlock(claim: Claim, running: Running): boolean {
  const owner = wholeKey(ownerOf(claim));
  const isSmall = claim.endPort !== undefined && claim.endPort - claim.port < MOST_OF_ONE;
  return isSmall && namesOfService(running).some(({ name }) => wholeKey(name) === owner);
}

const MOST_OF_ONE = 10;
