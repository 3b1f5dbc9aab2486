import type { Side } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { hostUses, type Running, usualPorts } from '../model/services/services.ts';
import { isInEffect, type PlacedUse } from '../model/services/uses.ts';
import type { Statement } from '../model/statement.ts';
import { hostKind } from '../notation/hostPort.ts';
import { dirname, sharedLength } from '../path.ts';
import { covers, hasPort } from '../ports.ts';

/** A use, and the service in whose definition it takes effect. */
export interface Mention {
  readonly use: PlacedUse;
  readonly running?: Running;
}

/** What a use means: a port of a service on one side, or of something else of which no compose file tells. */
export interface Endpoint {
  readonly port: number;
  readonly endPort?: number;
  readonly side: Side;
  readonly running?: Running;
  /** The name by which registries may know what is no service of a compose file. */
  readonly name?: string;
  /** The file that speaks of it, or that defines the service. */
  readonly path: string;
  /** The same for all uses that mean the same port of the same thing. */
  readonly key: string;
}

/** All uses whose digits stand in a file or are read there, each with every service that takes its port from them. */
export function mentionsIn(path: string, index: Index): Mention[] {
  const isHere = (use: PlacedUse) => use.path === path || use.readAt?.path === path;
  const found = servicesAround(path, index).flatMap((running) =>
    [...running.uses, ...running.image].filter(isHere).map((use): Mention => ({ use, running })),
  );
  const starts = new Set(found.filter(({ use }) => use.path === path).map(({ use }) => use.span.start));
  const others = index.usesIn(path).filter(({ span }) => !starts.has(span.start));
  return [...found, ...others.map((use) => ({ use, ...readerOf(use, index) }))];
}

/** The services of all compose files that take something from a file. */
function servicesAround(path: string, index: Index): Running[] {
  const file = index.file(path);
  const direct = file?.kind === 'compose' ? [path] : [];
  const served = file?.kind === 'dotenv' && isInEffect(path) ? index.servedBy(path).map((compose) => compose.path) : [];
  const composes = [...direct, ...served, ...index.occurrences.ofFile(path)];
  const all = new Set(composes.flatMap((compose) => [compose, ...index.dependentsOf(compose)]));
  return [...all].flatMap((compose) => [...index.runningIn(compose)]);
}

/** A sample such as `.env.example` serves the services that would read it. */
function readerOf({ readAt, within }: PlacedUse, index: Index): Pick<Mention, 'running'> {
  const running = readAt && index.runningIn(readAt.path).find(({ service }) => service.name === within);
  return running ? { running } : {};
}

/** What a use means; several things where several services answer to its host name. */
export function endpointsOf({ use, running }: Mention, index: Index): Endpoint[] {
  const from = running?.file.path ?? use.readAt?.path ?? use.path;
  const isOwn = running !== undefined && (use.service === running.service.name || running.image.includes(use));
  if (isOwn && (use.host === undefined || use.role === 'healthcheck')) {
    return [serviceEnd(running, use, use.side === 'host' ? 'host' : 'container')];
  }
  const { host } = use;
  if (host === undefined) return [unknownEnd(use, from, use.role === 'listen' ? `${use.form} ${dirname(from)}` : from)];
  if (isThisMachine(host)) {
    const known = running ? ownEnd(running, use) : undefined;
    const ends = known ? [known] : publishersOf(use, from, index).map((other) => serviceEnd(other, use, 'host'));
    return ends.length > 0 ? ends : [unknownEnd({ ...use, side: 'host' }, from, 'this machine')];
  }
  const named = use.side === 'container' ? index.servicesNamed(host, from) : [];
  return named.length > 0
    ? named.map((other) => serviceEnd(other, use, 'container'))
    : [unknownEnd(use, from, `host ${host}`)];
}

function serviceEnd(running: Running, { port, endPort }: PlacedUse, side: Side): Endpoint {
  const { file, service } = running;
  const key = [file.path, service.name, side, port, endPort].join('\n');
  return { port, ...(endPort !== undefined && { endPort }), side, running, path: file.path, key };
}

function unknownEnd({ port, endPort, side, service }: PlacedUse, path: string, whose: string): Endpoint {
  const range = endPort === undefined ? {} : { endPort };
  const key = [whose, side, port, endPort].join('\n');
  return { port, ...range, side, ...(service !== undefined && { name: service }), path, key };
}

function isThisMachine(host: string): boolean {
  return hostKind(host) === 'loopback' || /^(?:host|gateway)\.docker\.internal$/i.test(host);
}

/** `SELF_URL: http://localhost:8080`: the service's own port, as others reach it or as it sees itself. */
function ownEnd(running: Running, use: PlacedUse): Endpoint | undefined {
  if (hostUses(running).some((own) => own.port === use.port)) return serviceEnd(running, use, 'host');
  const isInside = running.uses.some(
    (own) => own.side === 'container' && own.service === running.service.name && own.port === use.port,
  );
  return isInside ? serviceEnd(running, use, 'container') : undefined;
}

/** The services that publish a port, those nearest to the asking file. */
function publishersOf(use: PlacedUse, from: string, index: Index): Running[] {
  const found = new Map<Running, number>();
  for (const path of index.occurrences.ofPort(use.port)) {
    for (const running of servicesAround(path, index)) {
      if (!hostUses(running).some((published) => hasPort(published, use.port))) continue;
      found.set(running, sharedLength(dirname(running.file.path), dirname(from)));
    }
  }
  const most = Math.max(...found.values());
  return [...found].filter(([, shared]) => shared === most).map(([running]) => running);
}

/** The statements of registries about the very port of an endpoint, and its side where they tell one. */
export function claimsOf(endpoint: Endpoint, index: Index): Statement[] {
  const known = knownOf(endpoint, index);
  const own = known.filter((statement) => speaksOf(statement, endpoint));
  if (own.length > 0 || known.length > 0 || endpoint.side === 'container') return own;
  return ownersOf(endpoint, index);
}

/** The statements that give a port to whomever, for a port on the host. */
export function ownersOf(endpoint: Endpoint, index: Index): Statement[] {
  if (endpoint.side === 'container') return [];
  return index.claims
    .on(endpoint.port, endpoint.path, ['assignment', 'reserved', 'former'])
    .filter((statement) => speaksOf(statement, endpoint));
}

/** All that registries say of what answers at an endpoint, whatever the port. */
export function knownOf({ running, name, path }: Endpoint, index: Index): readonly Statement[] {
  if (running) return index.comparison(running.file.path).matches.get(running.service.name) ?? [];
  return name === undefined ? [] : index.claims.about([{ name, by: 'name' }], path);
}

function speaksOf({ claim }: Statement, endpoint: Endpoint): boolean {
  if (claim.role === 'range' || claim.role === 'free' || !covers(claim, endpoint)) return false;
  if (endpoint.side !== 'container') return claim.side !== 'container';
  if (claim.side !== 'any' || !endpoint.running) return claim.side !== 'host';
  // An image's usual port stays inside when the registry's number, published, moves.
  const { running, port } = endpoint;
  return !usualPorts(running).includes(port) || !hostUses(running).some((use) => use.port === port);
}
