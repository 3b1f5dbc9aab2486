import type { Claim, FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { mayBeSame } from '../model/names.ts';
import { stageOf } from '../model/scope.ts';
import { ownerOf, type Statement } from '../model/statement.ts';
import type { Arrival } from '../model/traffic/traffic.ts';
import { covers } from '../ports.ts';
import { type Astray, isMachine, isOneOwner, isProxy, type Judgement, ownedBy, unanimous } from './astray.ts';

/** Ports on which nginx itself is reached: whoever is behind it has another one. */
const PUBLIC: ReadonlySet<number> = new Set([80, 443]);

/** The places in a file that receive what a registered domain is asked, on a port that is not its service's. */
export function misledIn(file: FileFacts, index: Index): Astray[] {
  const judged = new Map<string, Judgement>();
  return unanimous(
    file,
    index,
    ({ to }) => to.portSpan,
    (arrival) => {
      const { domains, location, to } = arrival;
      const alike = `${location === '/'}\n${to.host}\n${to.port}\n${domains.join('\n')}`;
      if (!judged.has(alike)) judged.set(alike, misled(arrival, file, index));
      return judged.get(alike);
    },
  );
}

function misled(arrival: Arrival, file: FileFacts, index: Index): Judgement {
  const { to, location } = arrival;
  if (to.port === undefined || !isMachine(to)) return undefined;
  const site = siteOf(arrival, file, index);
  if (!site || isReached(site, to.port, index) || listensItself(site, file)) return undefined;
  // A compose file that publishes the port says itself who is reached there.
  if (index.publishes(to.port)) return undefined;
  const others = index.claims.on(to.port, file.path, ['assignment', 'reserved', 'former']);
  const strange = others.filter(({ claim }) => !mayBeSame(ownerOf(claim), site.owner));
  if (strange.length > 0 && (location !== '/' || strange.some(isProxy))) return undefined;
  return site.instead.length > 0 ? { address: site.domain, instead: site.instead } : undefined;
}

/**
 * Whether some location of the site reaches its service, so that the others may be meant for somebody else; and the
 * port is only known to be the service's where the site as a whole goes there.
 */
function isReached(site: Site, port: number, index: Index): boolean {
  const arrivals = [...index.traffic.by(site.domain)];
  const isWhole = arrivals.some(({ location, to }) => location === '/' && to.port === port);
  return !isWhole || arrivals.some(({ to }) => to.port !== undefined && site.knows(to.port));
}

/** The configuration is that of the service itself, and what it sends on stays inside. */
function listensItself(site: Site, { uses }: FileFacts): boolean {
  return uses.some(({ role, port }) => role === 'listen' && port !== null && site.knows(port));
}

interface Site {
  readonly domain: string;
  readonly owner: string;
  /** The ports that requests from nginx may arrive at. */
  readonly instead: readonly Statement[];
  /** Whether the registry knows a port as the owner's, on whatever side. */
  knows(port: number): boolean;
}

/** The one service that the registry reaches under the domains of a server, in the stage for which the server is. */
function siteOf({ domains }: Arrival, file: FileFacts, index: Index): Site | undefined {
  const found = domains.flatMap((domain) => registered(domain, file, index));
  const [first] = found;
  if (!first || !isOneOwner(found.flatMap(({ statements }) => statements))) return undefined;
  const owner = ownerOf(first.statements[0]!.claim);
  const stage = first.stage ?? stageIn(first.statements) ?? stageOf(first.domain) ?? index.claims.stageOf(file.path);
  const all = ownedBy(first.statements, index, file).filter(({ claim }) => isIn(claim, stage));
  const outer = all.filter(
    ({ claim }) =>
      claim.role === 'assignment' && claim.side !== 'container' && !claim.internal && !PUBLIC.has(claim.port),
  );
  const isOpen = all.some(({ claim }) => PUBLIC.has(claim.port) || claim.endPort !== undefined);
  return {
    domain: first.domain,
    owner,
    instead: isOpen ? [] : outer,
    knows: (port) => all.some(({ claim }) => covers(claim, { port })),
  };
}

interface Registered {
  readonly domain: string;
  readonly statements: readonly Statement[];
  readonly stage?: string;
}

/** What the registry says of a domain; of the one that it is a stage of, where it says nothing of itself. */
function registered(domain: string, { path }: FileFacts, index: Index): Registered[] {
  const own = index.claims.at(domain, path);
  if (own.length > 0) return [{ domain, statements: own }];
  const [label = '', ...rest] = domain.split('.');
  const sub = index.claims.at(`${label}.*`, path);
  if (sub.length > 0) return [{ domain, statements: sub }];
  const [, word, name] = /^([a-z]+)(?:-(.+))?$/.exec(label) ?? [];
  const stage = stageOf(word);
  if (stage === undefined) return [];
  const statements = index.claims.at([...(name === undefined ? [] : [name]), ...rest].join('.'), path);
  return statements.length > 0 ? [{ domain, statements, stage }] : [];
}

/** The one stage for which all of these hold. */
function stageIn(statements: readonly Statement[]): string | undefined {
  const told = new Set(statements.map(({ claim }) => stageOf(claim.scope.environment)));
  return told.size === 1 ? [...told][0] : undefined;
}

function isIn({ scope }: Claim, stage: string | undefined): boolean {
  const claimed = stageOf(scope.environment);
  return claimed === undefined || stage === undefined || claimed === stage;
}
