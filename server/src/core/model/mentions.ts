import type { FileFacts } from '../facts.ts';
import { dirname } from '../path.ts';

/** Which files name a thing, such as a host or another file. Rests on what each file says by itself. */
export class Mentions {
  readonly #namedIn: (file: FileFacts) => Iterable<string>;
  /** The paths of the files that say a name, sorted. */
  readonly #paths = new Map<string, string[]>();

  /** @param namedIn the names that a file says */
  constructor(namedIn: (file: FileFacts) => Iterable<string>) {
    this.#namedIn = namedIn;
  }

  add(file: FileFacts): void {
    for (const name of new Set(this.#namedIn(file))) {
      const paths = this.#paths.get(name) ?? [];
      paths.splice(firstFrom(paths, file.path), 0, file.path);
      this.#paths.set(name, paths);
    }
  }

  /** Takes back what was added; the facts must be the same. */
  remove(file: FileFacts): void {
    for (const name of new Set(this.#namedIn(file))) {
      const paths = this.#paths.get(name) ?? [];
      if (paths.length > 1) paths.splice(firstFrom(paths, file.path), 1);
      else this.#paths.delete(name);
    }
  }

  /** The files that say a name, in the order of their paths. */
  of(name: string): readonly string[] {
    return this.#paths.get(name) ?? [];
  }

  /** The same, but only those in the innermost folder around a place in which any file says it. */
  nearest(name: string, folder: string): readonly string[] {
    const paths = this.of(name);
    for (let around = folder; around !== ''; around = dirname(around)) {
      const [from, to] = [firstFrom(paths, `${around}/`), firstFrom(paths, `${around}${AFTER_SLASH}`)];
      if (from < to) return paths.slice(from, to);
    }
    return paths;
  }
}

/** The character behind the slash, so that all paths in a folder sort before the folder with it. */
const AFTER_SLASH = '0';

/** At which place of sorted paths those begin that are not before a path. */
function firstFrom(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paths[middle]! < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The names of the services that a file defines. */
export function servicesDefinedIn({ services }: FileFacts): string[] {
  return services.map(({ name }) => name);
}

/** The names by which other containers reach the services that a file defines. */
export function hostsDefinedIn({ services }: FileFacts): string[] {
  return services.flatMap(hostNamesOf);
}

/** The names by which other containers reach a service. */
export function hostNamesOf({ name, container, hostname, aliases }: FileFacts['services'][number]): string[] {
  return [name, container, hostname, ...aliases].filter((host) => host !== undefined);
}

/** The hosts to which a compose file or one of nginx sends traffic inside a network. */
export function hostsReachedFrom({ kind, uses }: FileFacts): string[] {
  if (kind !== 'compose' && kind !== 'nginx') return [];
  return uses.flatMap(({ host, side }) => (host !== undefined && side === 'container' ? host : []));
}
