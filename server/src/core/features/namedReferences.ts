import type { FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import type { Running } from '../model/services/services.ts';
import { claimAt, distinct, type Reference, useAt } from './reference.ts';
import { hostsIn, type NamedHost, type NameSpot, type Spot } from './spot.ts';

/** Where a service is defined, all that is sent to it by name, and what the registries say of it. */
export function reaching(spot: NameSpot, index: Index): Reference[] {
  const meant = meantBy(spot, index);
  const paths = new Set([...namesOf(meant)].flatMap((name) => index.occurrences.ofHost(name)));
  const around = [...new Set([...paths, ...meant.services.map(({ file }) => file.path)])];
  const places = around.flatMap((path) => placesIn(index.file(path), meant, index));
  const claims = meant.services.flatMap(
    ({ file, service }) => index.comparison(file.path).matches.get(service.name) ?? [],
  );
  return [...distinct(claims).map(claimAt), ...places];
}

/** Whether a spot names something, and is no port. */
export function isNamed(spot: Spot): spot is NameSpot {
  return spot.kind === 'service' || spot.kind === 'host' || spot.kind === 'group';
}

/** Whom a name means: compose services, or an upstream group of one nginx file. */
interface Meant {
  readonly services: readonly Running[];
  readonly group?: { readonly name: string; readonly path: string };
}

function meantBy(spot: NameSpot, index: Index): Meant {
  const { path } = spot.file;
  const name = spot.kind === 'group' ? spot.block.name : spot.kind === 'host' ? spot.host : undefined;
  const mayBeGroup = spot.kind === 'group' || (spot.kind === 'host' && spot.isBare);
  if (name !== undefined && mayBeGroup && groupsOf(spot.file).has(name)) return { services: [], group: { name, path } };
  return { services: servicesAt(spot, index) };
}

function namesOf({ services, group }: Meant): Set<string> {
  if (group) return new Set([group.name]);
  const names = services.flatMap(({ service }) => [
    service.name,
    service.container,
    service.hostname,
    ...service.aliases,
  ]);
  return new Set(names.filter((name) => name !== undefined));
}

/** The places of one file that mean what a spot of it names: the definition, and the names of hosts. */
export function reachingIn(spot: NameSpot, index: Index, text?: string): Reference[] {
  return placesIn(spot.file, meantBy(spot, index), index, text);
}

function placesIn(file: FileFacts | undefined, meant: Meant, index: Index, text?: string): Reference[] {
  const { services, group } = meant;
  if (!file || (group && file.path !== group.path)) return [];
  const { path } = file;
  const groups = groupsOf(file);
  const keys = new Set(services.map(keyOf));
  const isMeant = ({ host, isBare }: NamedHost) =>
    group
      ? isBare && host === group.name
      : !(isBare && groups.has(host)) && index.servicesNamed(host, path).some((one) => keys.has(keyOf(one)));
  const hosts = [...namesOf(meant)].some((name) => index.occurrences.ofHost(name).includes(path))
    ? hostPlaces(file, index, text).filter(isMeant)
    : [];
  const definitions = group
    ? file.nginx!.blocks.filter(({ kind, name }) => kind === 'upstream' && name === group.name).map((b) => b.nameSpan)
    : file.services.filter(({ name }) => keys.has(keyOf({ file, service: { name } }))).map(({ span }) => span);
  return [
    ...definitions.map((span): Reference => ({ path, span, kind: 'definition' })),
    ...hosts.map(({ span }) => useAt({ path, span })),
  ];
}

/** The names of upstream groups, which come before those of hosts. */
function groupsOf({ nginx }: FileFacts): Set<string> {
  return new Set(nginx?.blocks.flatMap(({ kind, name }) => (kind === 'upstream' ? [name] : [])));
}

/** The hosts that a file names; where the text is not at hand, their ports stand for those that are not known exactly. */
function hostPlaces(file: FileFacts, index: Index, text: string | undefined): NamedHost[] {
  const uses = index.usesIn(file.path);
  const exact = hostsIn(file, uses, text);
  const ends = new Set(exact.map(({ span }) => span.end));
  const others = uses.filter(({ host, span }) => host !== undefined && !ends.has(span.start - 1));
  return [...exact, ...others.map(({ host, span }) => ({ host: host!, span }))];
}

function keyOf({ file, service }: { file: Pick<FileFacts, 'path'>; service: { name: string } }): string {
  return `${file.path}\n${service.name}`;
}

/** The services that a spot names. */
export function servicesAt(spot: NameSpot, index: Index): readonly Running[] {
  const { path } = spot.file;
  if (spot.kind === 'host') return index.servicesNamed(spot.host, path);
  if (spot.kind === 'group') return [];
  return index.runningIn(path).filter(({ service }) => service.name === spot.service.name);
}
