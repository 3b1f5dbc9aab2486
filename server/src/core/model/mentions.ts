import type { FileFacts, FileKind } from '../facts.ts';
import { dirname } from '../path.ts';
import { partitionPoint } from '../sorted.ts';

/** Which files name a thing, such as a host or another file. Rests on what each file says by itself. */
export class Mentions<K extends string | number = string> {
  readonly #namedIn: (file: FileFacts) => readonly K[];
  /** The paths of the files that say a name, sorted. */
  readonly #paths = new Map<K, string[]>();

  /** @param namedIn the names that a file says */
  constructor(namedIn: (file: FileFacts) => readonly K[]) {
    this.#namedIn = namedIn;
  }

  /** Takes what a file says now in place of what it said. Gives the names that only one of the two says. */
  replace(before: FileFacts | undefined, after: FileFacts | undefined): K[] {
    const was = before ? this.#namedIn(before) : NOTHING;
    const is = after ? this.#namedIn(after) : NOTHING;
    if (areSame(was, is)) return []; // as after most keystrokes
    const gone = without(was, is);
    const come = without(is, was);
    for (const name of gone) this.#remove(name, before!.path);
    for (const name of come) this.#add(name, after!.path);
    return [...gone, ...come];
  }

  #add(name: K, path: string): void {
    const paths = this.#paths.get(name);
    if (paths) paths.splice(placeOf(path, paths), 0, path);
    else this.#paths.set(name, [path]);
  }

  #remove(name: K, path: string): void {
    const paths = this.#paths.get(name) ?? [];
    paths.splice(placeOf(path, paths), 1);
    if (paths.length === 0) this.#paths.delete(name);
    else if (paths.length === 1) this.#paths.set(name, [...paths]); // the old list keeps the room that it once had
  }

  /** The files that say a name, in the order of their paths. */
  of(name: K): readonly string[] {
    return this.#paths.get(name) ?? [];
  }

  /** The same, but only those in the innermost folder around a place in which any file says it. */
  nearest(name: K, folder: string): readonly string[] {
    const paths = this.of(name);
    for (let around = folder; around !== ''; around = dirname(around)) {
      const [from, to] = [placeOf(`${around}/`, paths), placeOf(`${around}${AFTER_SLASH}`, paths)];
      if (from < to) return paths.slice(from, to);
    }
    return paths;
  }
}

const NOTHING: readonly never[] = [];

/** Each of some names once, without the others. */
function without<K>(names: readonly K[], others: readonly K[]): Iterable<K> {
  const left = new Set(names);
  for (const other of others) left.delete(other);
  return left;
}

/** The character behind the slash, so that all paths in a folder sort before the folder with it. */
const AFTER_SLASH = '0';

/** At which place of sorted paths one stands, or would stand. */
function placeOf(path: string, paths: readonly string[]): number {
  return partitionPoint(paths, (one) => one < path);
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i]);
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

/** The kinds of files that tell a reverse proxy where requests go. */
export const PROXIES: ReadonlySet<FileKind> = new Set<FileKind>(['nginx', 'traefik', 'caddy']);

/** The kinds of files that run nothing themselves, and send traffic to containers by their names. */
export const SENDERS: ReadonlySet<FileKind> = new Set<FileKind>([...PROXIES, 'prometheus']);

/** The hosts to which a compose file, or one that only sends traffic, does so inside a network. */
export function hostsReachedFrom({ kind, uses }: FileFacts): string[] {
  if (kind !== 'compose' && !SENDERS.has(kind)) return [];
  const hosts: string[] = [];
  for (const { host, side } of uses) if (host !== undefined && side === 'container') hosts.push(host);
  return hosts;
}
