import type { FileFacts, Use } from '../facts.ts';
import { grouped } from '../grouped.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, Rank } from '../model/names.ts';
import { type PlacedUse, placed, placedUses } from '../model/services/uses.ts';
import type { Match } from '../model/statement.ts';
import { covers } from '../ports.ts';
import type { Stray } from './strays.ts';

/** From these ports nodes publish what no number is chosen for: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const NODE_PORTS = { first: 30000, last: 32767 };

/** In a cluster these are for everybody, and behind them is what builds serve that listen elsewhere in development. */
const COMMON: ReadonlySet<number> = new Set([80, 443]);

/** What manifests add to the name of the service that they are about. */
const KIND_AT_END = /[-_](?:deploy(?:ment)?|svc|sts|statefulset|ds|daemonset|pods?|node-?port)$/i;

/**
 * The services of a manifest that are on one port that is not theirs. Inside of a cluster ports are no shared resource:
 * what pods listen on is compared with claims about containers alone, or with a port that the service has left; what
 * nodes publish, with claims in the range of such ports.
 */
export function deviationsIn(file: FileFacts, index: Index): Stray[] {
  const uses = index.usesIn(file.path).filter(({ service }) => service !== undefined);
  const inside = uses.filter((use) => use.side === 'container' && !isOfService(use) && use.role !== 'proxy');
  const published = uses.filter((use) => use.role === 'published' && use.mapping !== undefined);
  return [
    ...deviations(inside, ({ claim }) => claim.side === 'container', index),
    ...deviations(published, ({ claim }) => claim.side !== 'container' && isNodePort(claim.port), index),
  ];
}

/** Requests to a port that their Service does not have. */
export interface Unserved {
  readonly use: PlacedUse;
  /** The ports that it has; more than anybody looks through are left out. */
  readonly served: readonly PlacedUse[];
}

const MOST = 10;

/** The backends of a file that name no port of their Service, where the same file defines it and tells all its ports. */
export function unservedIn(file: FileFacts): Unserved[] {
  const services = grouped(file.uses.filter(isOfService), ({ service }) => service);
  const ports = new Map([...services].map(([name, own]) => [name, new Set(own.map(({ port }) => port))]));
  return placedUses(file, undefined).flatMap((use) => {
    const known = use.role === 'proxy' ? ports.get(use.service) : undefined;
    if (!known || known.has(use.port) || known.has(null)) return [];
    const served = services.get(use.service)!.slice(0, MOST);
    return [{ use, served: served.flatMap((own) => placed(own, file) ?? []) }];
  });
}

/** A Service that leads to a port on which its pods do not listen. */
export interface Misdirected {
  readonly use: PlacedUse;
  /** The places that say where they listen. */
  readonly listening: readonly PlacedUse[];
}

/**
 * The Services of a file whose only target is not the port on which the pods behind it listen. What containers tell of
 * their ports is a hint alone, so that the environment or a check has to say the same; all of it has to be in the file.
 */
export function misdirectedIn(file: FileFacts): Misdirected[] {
  const targets = grouped(
    file.uses.filter(({ role }) => role === 'target'),
    ({ service }) => service,
  );
  const told = grouped(
    file.uses.filter((use) => TELLING.has(use.role) && !isOfService(use) && use.protocol !== 'udp'),
    ({ service }) => service,
  );
  const ports = grouped(file.uses.filter(isOfService), ({ service }) => service);
  return [...targets].flatMap(([name, [use]]) => {
    // Beside the port of the service itself there may be one for metrics, of which containers do not tell.
    if (ports.get(name)?.length !== 1) return [];
    const listening = use?.within === undefined ? [] : (told.get(use.within) ?? []);
    const [first] = listening;
    const isSure = first?.port !== null && listening.every(({ port }) => port === first?.port);
    const isSaidTwice = new Set(listening.map(({ role }) => role === 'exposed')).size === 2;
    const found = use && placed(use, file);
    if (!found || !isSure || !isSaidTwice || found.port === first?.port) return [];
    return [{ use: found, listening: listening.flatMap((own) => placed(own, file) ?? []).slice(0, MOST) }];
  });
}

const TELLING: ReadonlySet<Use['role']> = new Set(['exposed', 'environment', 'healthcheck']);

/** Whether a use is the port of a Service itself, on which others in the cluster reach it. */
function isOfService({ role, mapping }: Pick<Use, 'role' | 'mapping'>): boolean {
  return role === 'exposed' && mapping !== undefined;
}

function isNodePort(port: number): boolean {
  return port >= NODE_PORTS.first && port <= NODE_PORTS.last;
}

function deviations(uses: readonly PlacedUse[], speaks: (match: Match) => boolean, index: Index): Stray[] {
  const found: Stray[] = [];
  for (const own of grouped(uses, ({ service }) => service).values()) {
    const [first] = own as [PlacedUse];
    // Of several ports nobody knows which one is meant.
    if (own.some(({ port }) => port !== first.port) || COMMON.has(first.port)) continue;
    const matches = claimsAbout(first, index);
    if (matches.some(({ claim }) => covers(claim, first) && claim.role === 'assignment')) continue;
    const hasLeft = matches.some(({ claim }) => covers(claim, first) && claim.role === 'former');
    const current = matches.filter(({ claim }) => claim.role === 'assignment' && claim.endPort === undefined);
    const instead = current.filter((match) => speaks(match) || (hasLeft && match.claim.side === 'any'));
    if (instead.length > 0) found.push({ use: first, repeated: own.slice(1), instead });
  }
  return found;
}

/** What registries say of a service by its own name; a mere kind, such as `api`, is in every project. */
export function claimsAbout({ path, service = '' }: PlacedUse, index: Index): Match[] {
  const name = service.replace(KIND_AT_END, '');
  if (isGeneric(name)) return [];
  const known = index.claims.about([{ name, by: 'the name in the manifest' }], path);
  return known.filter(({ claim, rank }) => rank <= Rank.prefixOff && ['assignment', 'former'].includes(claim.role));
}
