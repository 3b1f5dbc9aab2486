import type { FileFacts, Service } from '../facts.ts';
import { basename, dirname } from '../path.ts';
import { imageName } from '../vocabulary/images.ts';
import type { KnownAs } from './claims.ts';
import { isGeneric, Rank, wordsOf } from './names.ts';
import type { PlacedUse } from './uses.ts';

/** A compose service, its file, and its ports as they are in effect. */
export interface Running {
  readonly service: Service;
  readonly file: FileFacts;
  readonly uses: readonly PlacedUse[];
}

/** The names by which a registry may call a compose service, the telling ones first. */
export function namesOfService({ service, file }: Pick<Running, 'service' | 'file'>): KnownAs[] {
  const folder = basename(dirname(file.path));
  const project = file.project ?? folder;
  const names: KnownAs[] = [{ name: service.name, by: 'service name' }];
  if (service.container !== undefined) names.push({ name: service.container, by: 'container_name' });
  if (service.hostname !== undefined) names.push({ name: service.hostname, by: 'hostname' });
  for (const alias of service.aliases) names.push({ name: alias, by: 'network alias' });
  if (project && isGeneric(service.name))
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

/** The services of one compose file with their own uses. */
export function runningServices(file: FileFacts, uses: readonly PlacedUse[]): Running[] {
  return file.services.map((service) => ({
    service,
    file,
    uses: uses.filter(
      (use) => use.within === service.name || (use.within === undefined && use.service === service.name),
    ),
  }));
}

/** The ports on which the file tells a service to listen. */
export function toldPorts({ service, uses }: Running): Set<number> {
  const told = new Set<number>();
  for (const use of uses) {
    if (use.service !== service.name) continue;
    if (!['target', 'exposed', 'environment', 'command', 'label'].includes(use.role)) continue;
    for (let port = use.port; port <= Math.min(use.endPort ?? use.port, use.port + 1000); port++) told.add(port);
  }
  return told;
}

/** Whether some command starts both services. https://docs.docker.com/compose/how-tos/profiles/ */
export function activeTogether(a: Service, b: Service): boolean {
  if (a.profiles.length === 0 || b.profiles.length === 0) return true;
  return a.profiles.some((profile) => b.profiles.includes(profile));
}
