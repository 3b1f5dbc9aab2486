import type { FileFacts } from '../facts.ts';
import { kept, push } from '../grouped.ts';
import type { Destination, Standing } from '../nginxFacts.ts';
import { dirname } from '../path.ts';
import { normalPath } from '../webAddress.ts';
import { Includes } from './nginxIncludes.ts';

/** Requests that reach a destination: by which domains and under which path, where that is told. */
export interface Arrival {
  readonly domains: readonly string[];
  readonly location?: string;
  /** The destination, the file in which it is written, and the upstream group that it belongs to. */
  readonly to: Destination & { readonly path: string; readonly group?: string };
}

/** Folders whose files nginx reads together, whether or not the including file is known. */
const TOGETHER = /(?:^|\/)(?:conf\.d|sites-enabled|sites-available|templates)$/;

/**
 * How nginx sends requests through a workspace, over the borders of files: a fragment stands where it is included, and
 * an upstream group is known to all files that one configuration takes in.
 */
export class Traffic {
  readonly #includes: Includes;
  readonly #configurations = new Map<string, readonly string[]>();
  readonly #members = new Map<string, Arrival['to'][]>();
  readonly #byFile = new Map<string, Arrival[]>();
  readonly #byLocation = new Map<string, Arrival[]>();
  readonly #byDomain = new Map<string, Arrival[]>();

  constructor(files: Iterable<FileFacts>) {
    const confs = [...files].filter(({ nginx }) => nginx !== undefined).sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#includes = new Includes(confs);
    for (const file of confs) this.#addMembers(file);
    for (const file of confs) this.#addArrivals(file);
  }

  /** What reaches the destinations that are written in a file. */
  into(path: string): readonly Arrival[] {
    return this.#byFile.get(path) ?? [];
  }

  /** What goes by one path, on whatever domain. */
  under(location: string): readonly Arrival[] {
    return this.#byLocation.get(location) ?? [];
  }

  /** What goes by one domain. */
  by(domain: string): readonly Arrival[] {
    return this.#byDomain.get(domain) ?? [];
  }

  #addMembers({ path, nginx }: FileFacts): void {
    for (const member of nginx!.members) {
      for (const root of this.#configurationsOf(path)) {
        push(this.#members, `${root}\n${member.group}`, { ...member, path });
      }
    }
  }

  #addArrivals({ path, nginx }: FileFacts): void {
    const around = this.#includes.standingsOf(path);
    for (const { domains, location, ...to } of nginx!.routes) {
      const own: Standing = { ...(domains && { domains }), ...(location !== undefined && { location }) };
      const places = domains ? [own] : around.map((outer) => ({ ...outer, ...own }));
      for (const place of places) for (const end of this.#ends({ ...to, path })) this.#add(place, end);
    }
  }

  #add(place: Standing, to: Arrival['to']): void {
    const location = place.location === undefined ? undefined : normalPath(place.location);
    const arrival: Arrival = { domains: place.domains ?? [], ...(location !== undefined && { location }), to };
    push(this.#byFile, to.path, arrival);
    if (location !== undefined) push(this.#byLocation, location, arrival);
    for (const domain of arrival.domains) push(this.#byDomain, domain, arrival);
  }

  /** The members of the group that a route names, or its own destination. */
  #ends(to: Arrival['to']): Arrival['to'][] {
    if (to.port !== undefined) return [to];
    for (const root of this.#configurationsOf(to.path)) {
      const members = this.#members.get(`${root}\n${to.host}`);
      if (members) return members;
    }
    return [to];
  }

  #configurationsOf(path: string): readonly string[] {
    return kept(this.#configurations, path, () => {
      const roots = this.#includes.rootsOf(path);
      return [path, ...roots.map((root) => (TOGETHER.test(dirname(root)) ? dirname(root) : root))];
    });
  }
}
