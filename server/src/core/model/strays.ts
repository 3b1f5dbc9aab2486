import type { FileFacts } from '../facts.ts';
import { type Match, ownerOf } from './claims.ts';
import { covers } from './comparison.ts';
import type { Index } from './index.ts';
import { isGeneric, mayBeSame, Rank, wordsOf } from './names.ts';
import type { PlacedUse } from './uses.ts';

/** Words of an upstream group's name that only say that it is one. */
const GROUP_WORDS = new Set(['upstream', 'upstreams', 'backend', 'backends', 'servers', 'pool', 'cluster', 'up']);

/**
 * The places in nginx that send traffic to a service which no compose file defines, on a port that the registry gives
 * it on no side. By container name only where the registry's own words leave no doubt: the inside may differ from a
 * port of which the registry does not tell the side.
 */
export function* straysIn(file: FileFacts, index: Index): Iterable<{ use: PlacedUse; instead: readonly Match[] }> {
  if (file.kind !== 'nginx') return;
  for (const use of index.usesIn(file.path)) {
    if (use.role === 'listen' || use.service === undefined || use.endPort !== undefined) continue;
    if (use.side === 'container' && use.host !== undefined && index.servicesNamed(use.host, file.path).length > 0)
      continue;
    const matches = index.claims
      .about([{ name: groupName(use.service), by: 'upstream name' }], file.path)
      .filter(({ claim, rank }) => (claim.role === 'assignment' || claim.role === 'former') && rank <= Rank.prefixOff);
    const current = matches.filter(({ claim }) => claim.role === 'assignment' && claim.endPort === undefined);
    if (current.length === 0 || current.some(({ claim }) => covers(claim, use)) || isGeneric(groupName(use.service)))
      continue;
    const instead = current.filter(({ claim }) => speaksOf(claim.side, use, matches, index));
    if (instead.length > 0) yield { use, instead };
  }
}

function speaksOf(side: Match['claim']['side'], use: PlacedUse, matches: readonly Match[], index: Index): boolean {
  if (side === use.side) return true;
  if (side !== 'any') return false;
  if (use.side === 'host') return true;
  if (matches.some(({ claim }) => claim.role === 'former' && covers(claim, use))) return true;
  return index.claims
    .on(use.port, use.path, ['assignment'])
    .some(({ claim }) => !mayBeSame(ownerOf(claim), use.service!));
}

function groupName(service: string): string {
  const words = wordsOf(service).filter((word) => !GROUP_WORDS.has(word));
  return words.length > 0 ? words.join(' ') : service;
}
