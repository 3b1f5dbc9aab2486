import { push } from '../grouped.ts';
import type { Running } from './services.ts';
import type { PlacedUse } from './uses.ts';

/** The places that reach compose services, by service and port: see {@link reachedAt}. */
export type Reached = ReadonlyMap<string, readonly PlacedUse[]>;

/** The key of a service of a compose file and one of its ports. */
export function reachedAt(path: string, service: string, port: number): string {
  return `${path}\n${service}\n${port}`;
}

/** What has to be known of the files, as the index does. */
interface Files {
  usesIn(path: string): readonly PlacedUse[];
  servicesNamed(host: string, from: string): readonly Running[];
}

/**
 * The places in compose files and in nginx that reach services by one host name.
 * @param paths the files in which the name stands
 */
export function referencesBy(host: string, paths: readonly string[], files: Files): Reached {
  const reached = new Map<string, PlacedUse[]>();
  for (const path of paths) {
    const uses = files.usesIn(path).filter((use) => use.host === host && use.side === 'container');
    const services = uses.length > 0 ? files.servicesNamed(host, path) : [];
    for (const use of uses) {
      for (const { file, service } of services) push(reached, reachedAt(file.path, service.name, use.port), use);
    }
  }
  return reached;
}
