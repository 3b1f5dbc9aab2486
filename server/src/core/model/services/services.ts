import type { FileFacts, Service, UseRole } from '../../facts.ts';
import { grouped, kept } from '../../grouped.ts';
import { basename, dirname } from '../../path.ts';
import { defaultPorts, imageName } from '../../vocabulary/images.ts';
import { FEW } from '../byPorts.ts';
import { isGeneric, Rank, wordsOf } from '../names.ts';
import type { KnownAs } from '../statement.ts';
import { envFileUses } from './envFiles.ts';
import { dockerfileOf, imageUses } from './image.ts';
import type { PlacedUse } from './uses.ts';

/** A compose service, its file, and its ports as they are in effect. */
export interface Running {
  readonly service: Service;
  readonly file: FileFacts;
  readonly uses: readonly PlacedUse[];
  /** What its environment files tell it, and what its image does by itself, as the Dockerfile tells. */
  readonly image: readonly PlacedUse[];
}

/** The names by which a registry may call a compose service, the telling ones first. */
export function namesOfService({ service, file }: Pick<Running, 'service' | 'file'>): KnownAs[] {
  const folder = basename(dirname(file.path));
  const project = file.project ?? folder;
  const names: KnownAs[] = [{ name: service.name, by: 'service name' }];
  if (service.container !== undefined) names.push({ name: service.container, by: 'container_name' });
  if (service.hostname !== undefined) names.push({ name: service.hostname, by: 'hostname' });
  for (const alias of service.aliases) names.push({ name: alias, by: 'network alias' });
  if (project && (isGeneric(service.name) || defaultPorts(service.name).length > 0))
    names.push({ name: `${project} ${service.name}`, by: 'project and service name' });
  if (service.image !== undefined && saysNothing(service.name)) {
    names.push({ name: imageName(service.image), by: 'image', rank: Rank.image });
  }
  return names;
}

/** Names such as `db` and `cache` leave it to the image to tell what runs there. */
function saysNothing(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && isGeneric(name);
}

/** The services of one compose file with their own uses. `find` gives a file by its path. */
export function runningServices(
  file: FileFacts,
  uses: readonly PlacedUse[],
  find: (path: string) => FileFacts | undefined,
): Running[] {
  const byService = grouped(uses, (use) => use.within ?? use.service);
  return file.services.map((service) => {
    const own = byService.get(service.name) ?? [];
    const dockerfile = dockerfileOf(service, file.path);
    const image = dockerfile === undefined ? [] : imageUses(service, find(dockerfile), own);
    const told = envFileUses(service, find, own);
    return { service, file, uses: own, image: told.length > 0 ? [...told, ...image] : image };
  });
}

/** The services of a name among many, which are looked through once. */
export function servicesOfName(services: readonly Running[], name: string | undefined): readonly Running[] {
  let byName = servicesByName.get(services);
  if (!byName) {
    byName = grouped(services, ({ service }) => service.name);
    servicesByName.set(services, byName);
  }
  return (name === undefined ? undefined : byName.get(name)) ?? [];
}

const servicesByName = new WeakMap<readonly Running[], ReadonlyMap<string, readonly Running[]>>();

/** What follows from a service: worked out anew each time where it has few uses, and kept where there are many. */
function keptIfMany<V>(known: WeakMap<Running, V>, running: Running, make: () => V): V {
  return running.uses.length + running.image.length > FEW ? kept(known, running, make) : make();
}

/** What the compose file says of the ports on which a service listens. */
export function tellingUses(running: Running): readonly PlacedUse[] {
  return keptIfMany(telling, running, () => running.uses.filter((use) => tells(use, running)));
}

const telling = new WeakMap<Running, readonly PlacedUse[]>();

const TELLING: ReadonlySet<UseRole> = new Set(['target', 'exposed', 'environment', 'command', 'label']);

function tells(use: PlacedUse, { service }: Running): boolean {
  return use.service === service.name && TELLING.has(use.role);
}

/** The ports on which its compose file, its environment files and its Dockerfile tell a service to listen. */
export function toldPorts(running: Running): ReadonlySet<number> {
  return keptIfMany(told, running, () => portsTold(running));
}

const told = new WeakMap<Running, ReadonlySet<number>>();

function portsTold(running: Running): ReadonlySet<number> {
  const told = new Set<number>();
  for (const use of [...tellingUses(running), ...running.image]) {
    for (let port = use.port; port <= lastTold(use); port++) told.add(port);
  }
  return told;
}

/** Whether a port is among {@link toldPorts}. */
export function isToldOf(running: Running, port: number): boolean {
  const { uses, image } = running;
  if (uses.length + image.length > FEW) return toldPorts(running).has(port);
  const isOn = (use: PlacedUse) => use.port <= port && port <= lastTold(use);
  return uses.some((use) => isOn(use) && tells(use, running)) || image.some(isOn);
}

/** The last port of a use; of a very long range only the beginning counts. */
function lastTold({ port, endPort = port }: PlacedUse): number {
  return Math.min(endPort, port + 1000);
}

/** The ports that people outside reach: the published ones, or all of a service on the host's network. */
export function hostUses(running: Running): readonly PlacedUse[] {
  return keptIfMany(outside, running, () => running.uses.filter((use) => isOutside(use, running)));
}

const outside = new WeakMap<Running, readonly PlacedUse[]>();

function isOutside(use: PlacedUse, { service }: Running): boolean {
  return use.side === 'host' && use.service === service.name && use.host === undefined;
}

/** Whether a service is reached from outside by a port. */
export function publishes(running: Running, port: number): boolean {
  return usesOn(running, port).some((use) => isOutside(use, running));
}

/** The uses of a service that begin with a port, in their order. */
export function usesOn(running: Running, port: number): readonly PlacedUse[] {
  const { uses } = running;
  if (uses.length <= FEW) return uses.filter((use) => use.port === port);
  return kept(byPort, running, () => grouped(uses, (use) => use.port)).get(port) ?? [];
}

const byPort = new WeakMap<Running, ReadonlyMap<number, readonly PlacedUse[]>>();

/** The ports on which an image such as that of a service always listens. */
export function usualPorts({ service }: Pick<Running, 'service'>): readonly number[] {
  const byImage = defaultPorts(service.image);
  return byImage.length > 0 ? byImage : defaultPorts(service.name);
}

/** The port inside the container behind a published one. */
export function targetOf(use: PlacedUse, { uses }: Running): PlacedUse | undefined {
  if (use.mapping === undefined) return undefined;
  if (uses.length <= FEW) return uses.find((other) => other.role === 'target' && other.mapping === use.mapping);
  return kept(targets, uses, () => targetsIn(uses)).get(use.mapping);
}

const targets = new WeakMap<readonly PlacedUse[], ReadonlyMap<number, PlacedUse>>();

function targetsIn(uses: readonly PlacedUse[]): ReadonlyMap<number, PlacedUse> {
  const byMapping = new Map<number, PlacedUse>();
  for (const use of uses) {
    if (use.role === 'target' && use.mapping !== undefined && !byMapping.has(use.mapping))
      byMapping.set(use.mapping, use);
  }
  return byMapping;
}

/** Whether some command starts both services. https://docs.docker.com/compose/how-tos/profiles/ */
export function activeTogether(a: Service, b: Service): boolean {
  if (a.profiles.length === 0 || b.profiles.length === 0) return true;
  return a.profiles.some((profile) => b.profiles.includes(profile));
}
