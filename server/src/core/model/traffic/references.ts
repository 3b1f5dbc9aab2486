import type { FileFacts } from '../../facts.ts';
import { push } from '../../grouped.ts';
import { hostNamesOf, hostsDefinedIn, hostsReachedFrom } from '../mentions.ts';
import type { Running } from '../services/services.ts';
import type { PlacedUse } from '../services/uses.ts';

/** The key of a service of a compose file and one of its ports. */
export function reachedAt(path: string, service: string, port: number): string {
  return `${path}\n${service}\n${port}`;
}

/** What has to be known of the files, as the index does. */
interface Files {
  file(path: string): FileFacts | undefined;
  usesIn(path: string): readonly PlacedUse[];
  servicesNamed(host: string, from: string): readonly Running[];
  /** The files in which a host name stands. */
  reaching(host: string): readonly string[];
}

/** What is reached by one host name. */
interface Reached {
  readonly byKey: Map<string, PlacedUse[]>;
  readonly byFile: Map<string, readonly (readonly [key: string, use: PlacedUse])[]>;
  /** The files to be looked at again when somebody asks. */
  readonly changed: Set<string>;
}

/**
 * The places in compose files and in nginx that reach compose services by a host name. A name is looked up in all files
 * when it is first asked for, and after that in those that change.
 */
export class References {
  readonly #files: Files;
  readonly #byHost = new Map<string, Reached>();

  constructor(files: Files) {
    this.#files = files;
  }

  /**
   * The places that reach a service by a host name, in no order.
   * @param at see {@link reachedAt}
   */
  by(host: string, at: string): readonly PlacedUse[] {
    let reached = this.#byHost.get(host);
    if (!reached) {
      reached = { byKey: new Map(), byFile: new Map(), changed: new Set(this.#files.reaching(host)) };
      this.#byHost.set(host, reached);
    }
    for (const path of reached.changed) this.#look(host, path, reached);
    reached.changed.clear();
    return reached.byKey.get(at) ?? [];
  }

  /**
   * Takes a change of one file.
   * @param composes the compose files whose services may be others now
   */
  change(before: FileFacts | undefined, after: FileFacts | undefined, composes: ReadonlySet<string>): void {
    if (this.#byHost.size === 0) return; // as while files are being read
    const path = (before ?? after)!.path;
    this.#touch(before);
    for (const other of new Set([path, ...composes])) this.#touch(this.#files.file(other));
    const names = (file: FileFacts | undefined) => JSON.stringify(file?.services.map(hostNamesOf) ?? []);
    if (names(before) === names(after)) return;
    const hosts = [before, after].flatMap((file) => (file ? hostsDefinedIn(file) : []));
    for (const host of hosts) this.#byHost.delete(host);
  }

  /** Takes note that a file may reach what it reaches in another way than before. */
  #touch(file: FileFacts | undefined): void {
    for (const host of file ? hostsReachedFrom(file) : []) this.#byHost.get(host)?.changed.add(file!.path);
  }

  clear(): void {
    this.#byHost.clear();
  }

  #look(host: string, path: string, { byKey, byFile }: Reached): void {
    for (const [key, use] of byFile.get(path) ?? []) {
      const others = byKey.get(key)!.filter((other) => other !== use);
      if (others.length > 0) byKey.set(key, others);
      else byKey.delete(key);
    }
    const uses = this.#files.usesIn(path).filter((use) => use.host === host && use.side === 'container');
    const services = uses.length > 0 ? this.#files.servicesNamed(host, path) : [];
    const found = uses.flatMap((use) =>
      services.map(({ file, service }) => [reachedAt(file.path, service.name, use.port), use] as const),
    );
    for (const [key, use] of found) push(byKey, key, use);
    if (found.length > 0) byFile.set(path, found);
    else byFile.delete(path);
  }
}
