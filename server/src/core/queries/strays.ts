import type { FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { PROXIES } from '../model/mentions.ts';
import { isGeneric, mayBeSame, Rank, wholeKey, wordsOf } from '../model/names.ts';
import type { Running } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { type Match, ownerOf } from '../model/statement.ts';
import { covers } from '../ports.ts';
import { defaultPorts } from '../vocabulary/images.ts';

/** Words of an upstream group's name that only say that it is one. */
const GROUP_WORDS = new Set(['upstream', 'upstreams', 'backend', 'backends', 'servers', 'pool', 'cluster', 'up']);

/** A port that the registry gives its service on no side, in a file that does not define the service. */
export interface Stray {
  readonly use: PlacedUse;
  /** The places that say the same of the same service, and have to change along. */
  readonly repeated?: readonly PlacedUse[];
  readonly instead: readonly Match[];
}

/** The strays in a file that defines no compose services. */
export function straysIn(file: FileFacts, index: Index): Stray[] {
  const isProxy = PROXIES.has(file.kind);
  if (!isProxy && file.kind !== 'dotenv') return [];
  const strays: Stray[] = [];
  const servicesBeside = isProxy ? undefined : servicesByWords(file, index);
  for (const use of index.usesIn(file.path)) {
    if (use.service === undefined || use.endPort !== undefined) continue;
    const stray = servicesBeside
      ? strayVariable(use, servicesBeside.get(wholeKey(use.service)), index)
      : strayBehindProxy(use, file, index);
    if (stray) strays.push(stray);
  }
  return strays;
}

/** The services that run beside a dotenv file, by the words of their names. */
function servicesByWords({ path }: FileFacts, index: Index): Map<string, Running> {
  const services = new Map<string, Running>();
  for (const compose of index.servedBy(path)) {
    for (const running of index.runningIn(compose.path)) {
      const key = wholeKey(running.service.name);
      if (!services.has(key)) services.set(key, running);
    }
  }
  return services;
}

/**
 * Traffic to a service which no compose file defines. By container name only where the registry's own words leave no
 * doubt: the inside may differ from a port of which the registry does not tell the side.
 */
function strayBehindProxy(use: PlacedUse, file: FileFacts, index: Index): Stray | undefined {
  if (use.role === 'listen') return undefined;
  if (use.side === 'container' && use.host !== undefined && index.servicesNamed(use.host, file.path).length > 0)
    return undefined;
  const name = upstreamName(use.service!);
  const matches = index.claims
    .about([{ name, by: 'upstream name' }], file.path)
    .filter(({ claim, rank }) => (claim.role === 'assignment' || claim.role === 'former') && rank <= Rank.prefixOff);
  const current = matches.filter(({ claim }) => claim.role === 'assignment' && claim.endPort === undefined);
  if (current.some(({ claim }) => covers(claim, use)) || !isTold(name, matches)) return undefined;
  const instead = current.filter(({ claim }) => speaksOf(claim.side, use, matches, index));
  return instead.length > 0 ? { use, instead } : undefined;
}

/** A name of kinds of things only must be the registry's very own, and of several words: `admin-gateway`, not `api`. */
function isTold(name: string, matches: readonly Match[]): boolean {
  return !isGeneric(name) || (wordsOf(name).length > 1 && matches.every(({ rank }) => rank <= Rank.same));
}

/**
 * A variable that no compose file reads, named after a service of the compose file beside it (`QUAY_PORT`), with a port
 * that neither the registry nor that file knows of the service.
 */
function strayVariable(use: PlacedUse, running: Running | undefined, index: Index): Stray | undefined {
  if (use.role !== 'environment' || use.readAt || !running) return undefined;
  const matches = index.comparison(running.file.path).matches.get(running.service.name) ?? [];
  const instead = matches.filter(
    ({ claim }) => claim.role === 'assignment' && claim.endPort === undefined && claim.side !== 'container',
  );
  const isKnown =
    running.uses.some(({ port }) => port === use.port) ||
    defaultPorts(running.service.image).includes(use.port) ||
    matches.some(({ claim }) => covers(claim, use));
  return isKnown || instead.length === 0 || isSpread(instead) ? undefined : { use, instead };
}

/** Several owners by one name: nobody knows which is meant. */
function isSpread(matches: readonly Match[]): boolean {
  return new Set(matches.map(({ claim }) => claim.port)).size > 1;
}

function speaksOf(side: Match['claim']['side'], use: PlacedUse, matches: readonly Match[], index: Index): boolean {
  if (side === use.side) return true;
  if (side !== 'any') return false;
  if (use.side === 'host') return true;
  if (matches.some(({ claim }) => claim.role === 'former' && covers(claim, use))) return true;
  // Containers behind other proxies are on 3000 or 8080 as often as not, whoever has that on the host.
  if (use.form !== 'nginx') return false;
  return index.claims
    .on(use.port, use.path, ['assignment'])
    .some(({ claim }) => !mayBeSame(ownerOf(claim), use.service!));
}

/** What the name of an upstream group says of its service: `crane_backend` is the crane's. */
export function upstreamName(service: string): string {
  const words = wordsOf(service).filter((word) => !GROUP_WORDS.has(word));
  return words.length > 0 ? words.join(' ') : service;
}
