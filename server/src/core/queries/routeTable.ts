import type { FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { mayBeSame, Rank } from '../model/names.ts';
import type { Match, Statement } from '../model/statement.ts';
import type { Arrival } from '../model/traffic/traffic.ts';
import { hostKind } from '../notation/hostPort.ts';
import { covers } from '../ports.ts';
import {
  type Astray,
  isMachine,
  isOneOwner,
  isProxy,
  type Judgement,
  ownedBy,
  ownerNames,
  unanimous,
} from './astray.ts';

/** The places in a file that receive what a path is asked that the registry gives to another service. */
export function misroutedIn(file: FileFacts, index: Index): Astray[] {
  return unanimous(file, index, ({ to }) => to.portSpan ?? to.hostSpan, misrouted);
}

function misrouted(arrival: Arrival, file: FileFacts, index: Index): Judgement {
  const { location, to } = arrival;
  const route = location === undefined ? undefined : routeOf(arrival, location, file, index);
  if (!route || !isOneOwner(route)) return undefined;
  const own = ownedBy(route, index, file);
  const isRight = (other: Arrival) => reaches(other, own);
  if (
    isRight(arrival) ||
    [...index.traffic.under(location!)].some((other) => isElsewhere(other, arrival) && isRight(other))
  )
    return undefined;
  const reached = isMachine(to)
    ? index.claims.on(to.port ?? 0, file.path, ['assignment'])
    : named(to.host, file, index);
  const outer = isMachine(to) ? reached.filter(({ claim }) => claim.side !== 'container') : reached;
  const isOther = outer.every((other) => !isProxy(other) && !isAmong(ownerNames(other.claim), own));
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
  return owners.some(({ claim }) => ownerNames(claim).some((own) => names.some((name) => mayBeSame(own, name))));
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
