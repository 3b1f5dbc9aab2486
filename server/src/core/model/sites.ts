import type { Claim, FileFacts } from '../facts.ts';
import { hostKind } from '../hostPort.ts';
import type { Destination } from '../nginxFacts.ts';
import type { Span } from '../text.ts';
import { proxies } from '../vocabulary/names.ts';
import { type Match, ownerOf, type Statement } from './claims.ts';
import { covers } from './comparison.ts';
import type { Index } from './index.ts';
import { mayBeSame, Rank, wordsOf } from './names.ts';
import { stageOf } from './scope.ts';
import type { Arrival } from './traffic.ts';

/** Ports on which nginx itself is reached: whoever is behind it has another one. */
const PUBLIC: ReadonlySet<number> = new Set([80, 443]);

/** Requests for a registered address that arrive at a port of nobody, or of somebody else. */
export interface Astray {
  readonly span: Span;
  readonly port: number | null;
  /** The domain or path that is registered. */
  readonly address: string;
  /** What the registry says of those to whom the address belongs. */
  readonly instead: readonly Statement[];
  /** Those to whom the requests go, where the registry knows them. */
  readonly actual?: Statement;
  /** They go to a container by its name, so that a port alone sets nothing right. */
  readonly isNamed?: boolean;
}

/** The places in a file that receive what a registered domain is asked, on a port that is not its service's. */
export function misledIn(file: FileFacts, index: Index): Astray[] {
  return unanimous(file, index, ({ to }) => to.portSpan, misled);
}

/** The places in a file that receive what a path is asked that the registry gives to another service. */
export function misroutedIn(file: FileFacts, index: Index): Astray[] {
  return unanimous(file, index, ({ to }) => to.portSpan ?? to.hostSpan, misrouted);
}

/** Several locations may share one place, by an upstream group or a variable: it is wrong where it is wrong for all. */
function unanimous(
  file: FileFacts,
  index: Index,
  place: (arrival: Arrival) => Span | undefined,
  judge: (arrival: Arrival, file: FileFacts, index: Index) => Omit<Astray, 'span' | 'port'> | undefined,
): Astray[] {
  const places = new Map<number, { span: Span; arrivals: Arrival[] }>();
  for (const arrival of index.traffic.into(file.path)) {
    const span = place(arrival);
    if (!span) continue;
    const known = places.get(span.start);
    if (known) known.arrivals.push(arrival);
    else places.set(span.start, { span, arrivals: [arrival] });
  }
  return [...places.values()].flatMap(({ span, arrivals }) => {
    const judged = arrivals.map((arrival) => judge(arrival, file, index));
    const [first] = judged;
    const port = arrivals[0]!.to.port ?? null;
    return first && judged.every((other) => other && isOneOwner([...first.instead, ...other.instead]))
      ? [{ span, port, ...first }]
      : [];
  });
}

function misled(arrival: Arrival, file: FileFacts, index: Index): Omit<Astray, 'span' | 'port'> | undefined {
  const { to } = arrival;
  if (to.port === undefined || !isMachine(to)) return undefined;
  const site = siteOf(arrival, file, index);
  if (!site) return undefined;
  const arrivals = index.traffic.by(site.domain);
  const isReached = arrivals.some((other) => other.to.port !== undefined && site.knows(other.to.port));
  if (isReached || isPublished(to.port, index)) return undefined;
  const others = index.claims.on(to.port, file.path, ['assignment', 'reserved', 'former']);
  const own = others.filter(({ claim }) => mayBeSame(ownerOf(claim), site.owner));
  if (others.length > own.length && (arrival.location !== '/' || others.some(isProxy))) return undefined;
  return site.instead.length > 0 ? { address: site.domain, instead: site.instead } : undefined;
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
  const stage = first.stage ?? stageOf(first.domain) ?? index.claims.stageOf(file.path);
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

function misrouted(arrival: Arrival, file: FileFacts, index: Index): Omit<Astray, 'span' | 'port'> | undefined {
  const { location, to } = arrival;
  const route = location === undefined ? undefined : routeOf(arrival, location, file, index);
  if (!route || !isOneOwner(route)) return undefined;
  const own = ownedBy(route, index, file);
  const isRight = (other: Arrival) => reaches(other, own);
  if (isRight(arrival) || index.traffic.under(location!).some((other) => isElsewhere(other, arrival) && isRight(other)))
    return undefined;
  const reached = isMachine(to)
    ? index.claims.on(to.port ?? 0, file.path, ['assignment'])
    : named(to.host, file, index);
  const outer = isMachine(to) ? reached.filter(({ claim }) => claim.side !== 'container') : reached;
  const isOther = outer.every((other) => !isProxy(other) && !isAmong(namesOf(other.claim), own));
  if (outer.length === 0 || !isOther) return undefined;
  const side = isMachine(to) ? 'container' : 'host';
  const instead = own.filter(({ claim }) => claim.side !== side && claim.endPort === undefined);
  return instead.length > 0 ? { address: location!, instead, actual: outer[0]!, isNamed: !isMachine(to) } : undefined;
}

/** Whether requests arrive at one of these owners, by its name, its group's name or its port. */
function reaches({ to }: Arrival, owners: readonly Statement[]): boolean {
  if (isAmong([to.host, ...(to.group === undefined ? [] : [to.group])], owners)) return true;
  const { port } = to;
  return isMachine(to) && (port === undefined || owners.some(({ claim }) => covers(claim, { port })));
}

function isAmong(names: readonly string[], owners: readonly Statement[]): boolean {
  return owners.some(({ claim }) => namesOf(claim).some((own) => names.some((name) => mayBeSame(own, name))));
}

/** A path of a registry without domains may belong to another site. */
function isElsewhere(a: Arrival, b: Arrival): boolean {
  return a.domains.every((domain) => !b.domains.includes(domain)) && a.domains.length + b.domains.length > 0;
}

/** What the registry says of a path, on one of the domains if it tells them. Every site has a `/` of its own. */
function routeOf(
  { domains }: Arrival,
  location: string,
  { path }: FileFacts,
  index: Index,
): readonly Statement[] | undefined {
  const found = domains.map((domain) => index.claims.at(domain + location, path)).find(({ length }) => length > 0);
  if (found) return found;
  const bare = location === '/' ? [] : index.claims.at(location, path);
  return bare.length > 0 ? bare : undefined;
}

/** Those whom the registry knows under the name of a container. */
function named(host: string, { path }: FileFacts, index: Index): readonly Match[] {
  if (hostKind(host) !== 'name') return [];
  return index.claims
    .about([{ name: host, by: 'host name' }], path)
    .filter(({ claim, rank }) => claim.role === 'assignment' && rank <= Rank.prefixOff);
}

/** All that the registries say of the ports of an owner. */
function ownedBy(statements: readonly Statement[], index: Index, { path }: FileFacts): Statement[] {
  const [{ claim, file }] = statements as [Statement];
  const owner = ownerOf(claim);
  const beside = file.claims.filter(
    (other) =>
      other.role === 'assignment' &&
      isOneOwner([
        { claim, file },
        { claim: other, file },
      ]),
  );
  const elsewhere = index.claims.about([{ name: owner, by: 'owner' }], path).filter((match) => match.file !== file);
  return [...beside.map((other) => ({ claim: other, file })), ...elsewhere];
}

function isOneOwner(statements: readonly Statement[]): boolean {
  return new Set(statements.map(({ claim }) => wordsOf(ownerOf(claim)).join(' '))).size === 1;
}

function isIn({ scope }: Claim, stage: string | undefined): boolean {
  const claimed = stageOf(scope.environment);
  return claimed === undefined || stage === undefined || claimed === stage;
}

function namesOf(claim: Claim): string[] {
  return [ownerOf(claim), claim.service, claim.container, ...(claim.aliases ?? [])].filter(
    (name) => name !== undefined,
  );
}

function isProxy({ claim }: Statement): boolean {
  return namesOf(claim).some((name) => wordsOf(name).some((word) => proxies.has(word) || word === 'gateway'));
}

/** A machine, or the one on which nginx runs: a port there is a port of the host. */
function isMachine({ host }: Destination): boolean {
  const kind = hostKind(host);
  return kind === 'loopback' || kind === 'machine';
}

/** A compose file that publishes the port says itself who is reached there. */
function isPublished(port: number, index: Index): boolean {
  for (const file of index.files()) {
    if (file.services.length === 0) continue;
    const uses = index.runningIn(file.path).flatMap((running) => running.uses);
    if (uses.some((use) => use.role === 'published' && use.port <= port && port <= (use.endPort ?? use.port)))
      return true;
  }
  return false;
}
