import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { type Running, tellingUses } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { placeOf, type Statement } from '../model/statement.ts';
import { type Endpoint, knownOf, ownersOf } from '../queries/endpoints.ts';
import { servicesAt } from './namedReferences.ts';
import { distinct } from './reference.ts';
import { claimsAt, endpointsAt } from './references.ts';
import type { NameSpot, Spot, UseSpot } from './spot.ts';

/**
 * Where that is decided which stands at a spot. A port is decided by the registry; one by which a service is reached
 * inside a network by the service itself, which says on what it listens. A claim decides for itself: its own place is
 * what makes editors show its references instead.
 */
export function definitionsOf(spot: Spot, index: Index): Place[] {
  const { path } = spot.file;
  if (spot.kind === 'claim' || spot.kind === 'group') return [{ path, span: spot.span }];
  if (spot.kind === 'use') return ofUse(spot, index);
  return spot.kind === 'host' ? ofHost(spot, index) : distinct(knownAs(spot, index)).map(placeOf);
}

function ofUse(spot: UseSpot, index: Index): Place[] {
  const endpoints = endpointsAt(spot, index);
  // Where a compose file reads a variable, its value is the nearer half of the answer.
  const value = spot.use.readAt && spot.span === spot.use.readAt.span ? [placed(spot.use)] : [];
  const told = endpoints.flatMap((endpoint) => (isReference(spot.use) ? source(endpoint) : []));
  if (told.length > 0) return once([...value, ...told]);
  const claims = claimsAt(spot, endpoints, index);
  if (claims.length > 0) return once([...value, ...claims.map(placeOf)]);
  const listening = endpoints.flatMap(source);
  if (value.length + listening.length > 0) return once([...value, ...listening]);
  const owners = endpoints.flatMap((endpoint) => ownersOf(endpoint, index));
  const known = endpoints.flatMap((endpoint) => assignedTo(endpoint, index));
  return once(distinct(owners.length > 0 ? owners : isReference(spot.use) ? known : []).map(placeOf));
}

/** Whether a use speaks of somebody else's port, or of one's own as others would. */
function isReference({ host, role }: PlacedUse): boolean {
  return host !== undefined || role === 'healthcheck';
}

/** The place where a service says that it is on a port: the most telling one that it has. */
function source({ running, side, port }: Endpoint): Place[] {
  if (!running) return [];
  const { service, uses, image } = running;
  const own = uses.filter((use) => use.service === service.name && use.port === port && use.side === side);
  const by = (...roles: PlacedUse['role'][]) => own.filter(({ role, host }) => roles.includes(role) && !host);
  if (side === 'host') return by('published').map(placed);
  const telling = new Set(tellingUses(running));
  const groups = [by('command', 'environment'), image.filter((use) => use.port === port), by('label', 'exposed')];
  return (groups.find(({ length }) => length > 0) ?? by('target').filter((use) => telling.has(use))).map(placed);
}

/** What is given to whoever answers at an endpoint, on the sides that it may be. */
function assignedTo(endpoint: Endpoint, index: Index): Statement[] {
  return knownOf(endpoint, index).filter(
    ({ claim }) => claim.role === 'assignment' && (claim.side === 'any' || claim.side === endpoint.side),
  );
}

function ofHost(spot: NameSpot & { kind: 'host' }, index: Index): Place[] {
  const { path, nginx } = spot.file;
  const group = spot.isBare && nginx?.blocks.find(({ kind, name }) => kind === 'upstream' && name === spot.host);
  if (group) return [{ path, span: group.nameSpan }];
  return servicesAt(spot, index).map(({ file, service }) => ({ path: file.path, span: service.span }));
}

function knownAs(spot: NameSpot, index: Index): Statement[] {
  return servicesAt(spot, index).flatMap(
    ({ file, service }: Running) => index.comparison(file.path).matches.get(service.name) ?? [],
  );
}

function placed({ path, span }: Place): Place {
  return { path, span };
}

function once(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}\n${place.span.start}`, place])).values()];
}
