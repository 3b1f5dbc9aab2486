import type { FileFacts, Service } from '../../facts.ts';
import { dirname, resolve } from '../../path.ts';
import { type PlacedUse, placed } from './uses.ts';

/** The Dockerfile from which a compose service's image is built. */
export function dockerfileOf(service: Service, path: string): string | undefined {
  const { build } = service;
  return build && resolve(resolve(dirname(path), build.context), build.dockerfile);
}

/**
 * What the image of a compose service does by itself, as far as compose leaves it so: a command of its own replaces
 * that of the image, and build arguments and variables may change what hangs on variables.
 * https://docs.docker.com/reference/compose-file/services/#command
 * @param own what compose itself tells of the service
 */
export function imageUses(service: Service, dockerfile: FileFacts | undefined, own: readonly PlacedUse[]): PlacedUse[] {
  const { build } = service;
  if (!build || dockerfile?.kind !== 'dockerfile') return [];
  const target = build.target?.toLowerCase();
  const stage = target === undefined ? dockerfile : dockerfile.stages?.find(({ name }) => name === target);
  const set = own.filter(({ role, service: owner }) => role === 'environment' && owner === service.name);
  return (stage?.uses ?? [])
    .slice(0, MOST_USES)
    .flatMap((use) => placed(use, dockerfile) ?? [])
    .filter((use) => {
      if (use.role === 'healthcheck' || (use.role === 'command' && build.overridesCommand)) return false;
      if (use.via?.some((name) => build.args?.includes(name))) return false;
      const isVariable = use.role === 'environment' || use.via !== undefined;
      return !isVariable || set.length === 0 || set.some(({ port }) => port === use.port);
    });
}

/** So many places in an image count: any number of services may be built from it, and each has them all. */
const MOST_USES = 100;
