import type { FileFacts } from '../../facts.ts';
import { kept, push } from '../../grouped.ts';
import type { Destination, Standing } from '../../nginxFacts.ts';
import { normalPath } from '../../notation/webAddress.ts';
import { dirname } from '../../path.ts';
import { type Dependencies, Question, type Touched } from '../dependencies.ts';
import { Mentions } from '../mentions.ts';
import { Includes, isReadTogether, keysIncludedBy, keysOf } from './nginxIncludes.ts';

/** Requests that reach a destination: by which domains and under which path, where that is told. */
export interface Arrival {
  readonly domains: readonly string[];
  readonly location?: string;
  /** The destination, the file in which it is written, and the upstream group that it belongs to. */
  readonly to: Destination & { readonly path: string; readonly group?: string };
}

/**
 * How nginx sends requests through a workspace, over the borders of files. Files that do not include each other, over
 * any number of others, know nothing of each other: a change costs what hangs together with it.
 */
export class Traffic {
  readonly #files = new Map<string, FileFacts>();
  readonly #standing = new Mentions(({ path }) => keysOf(path));
  readonly #including = new Mentions(keysIncludedBy);
  readonly #byFile = new Map<string, readonly Arrival[]>();
  readonly #byLocation = new Map<string, Set<Arrival>>();
  readonly #byDomain = new Map<string, Set<Arrival>>();
  readonly #questions: Dependencies | undefined;
  /** The files to be looked at again when somebody asks. */
  readonly #changed = new Set<string>();

  constructor(files: Iterable<FileFacts>, questions?: Dependencies) {
    this.#questions = questions;
    for (const file of files) this.#replace(undefined, file);
    for (const path of this.#files.keys()) this.#changed.add(path);
  }

  /** Takes a file as it is now, or that it is gone. Gives the questions whose answers may be others now. */
  change(before: FileFacts | undefined, after: FileFacts | undefined): Touched[] {
    const path = (before ?? after)!.path;
    const earlier = this.#filesAround(path);
    this.#replace(before, after);
    const together = new Set([...earlier, ...this.#filesAround(path)]);
    for (const file of together) {
      this.#forget(file.path);
      this.#changed.add(file.path);
    }
    return [...together].flatMap(questionsOf);
  }

  #replace(before: FileFacts | undefined, after: FileFacts | undefined): void {
    const [was, is] = [before, after].map((file) => (file?.nginx ? file : undefined));
    if (!was && !is) return;
    this.#standing.replace(was, is);
    this.#including.replace(was, is);
    if (is) this.#files.set(is.path, is);
    else this.#files.delete(was!.path);
  }

  /** A file and all that it hangs together with by what they include. */
  #filesAround(path: string): FileFacts[] {
    const paths = new Set([path]);
    const found: FileFacts[] = [];
    for (const one of paths) {
      const file = this.#files.get(one);
      if (!file) continue;
      found.push(file);
      for (const key of keysIncludedBy(file)) for (const other of this.#standing.of(key)) paths.add(other);
      for (const key of keysOf(one)) for (const other of this.#including.of(key)) paths.add(other);
    }
    return found;
  }

  #forget(path: string): void {
    for (const arrival of this.#byFile.get(path) ?? []) {
      if (arrival.location !== undefined) drop(this.#byLocation, arrival.location, arrival);
      for (const domain of arrival.domains) drop(this.#byDomain, domain, arrival);
    }
    this.#byFile.delete(path);
  }

  #refresh(): void {
    for (const path of this.#changed) {
      const files = this.#filesAround(path).sort((a, b) => (a.path < b.path ? -1 : 1));
      for (const file of files) this.#changed.delete(file.path);
      this.#changed.delete(path);
      for (const [of, arrivals] of new Configuration(files).byFile) this.#keep(of, arrivals);
    }
  }

  #keep(path: string, arrivals: readonly Arrival[]): void {
    this.#byFile.set(path, arrivals);
    for (const arrival of arrivals) {
      if (arrival.location !== undefined) add(this.#byLocation, arrival.location, arrival);
      for (const domain of arrival.domains) add(this.#byDomain, domain, arrival);
    }
  }

  /** What reaches the destinations that are written in a file. */
  into(path: string): readonly Arrival[] {
    this.#refresh();
    this.#questions?.ask(Question.traffic, path);
    return this.#byFile.get(path) ?? [];
  }

  /** What goes by one path, on whatever domain. In no order. */
  under(location: string): Iterable<Arrival> {
    this.#refresh();
    this.#questions?.ask(Question.location, location);
    return this.#byLocation.get(location) ?? [];
  }

  /** What goes by one domain. In no order. */
  by(domain: string): Iterable<Arrival> {
    this.#refresh();
    this.#questions?.ask(Question.domain, domain);
    return this.#byDomain.get(domain) ?? [];
  }
}

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function drop<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}

/** The questions of which something that goes by a file may be the answer. */
function questionsOf({ path, nginx }: FileFacts): Touched[] {
  const touched: Touched[] = [[Question.traffic, path]];
  for (const { domains = [], location } of [...nginx!.routes, ...nginx!.includes]) {
    const path = location === undefined ? undefined : normalPath(location);
    if (path !== undefined) touched.push([Question.location, path]);
    for (const domain of domains) touched.push([Question.domain, domain]);
  }
  return touched;
}

/** Files that hang together: a fragment stands where it is included, and all know the upstream groups of each other. */
class Configuration {
  readonly byFile = new Map<string, Arrival[]>();
  readonly #includes: Includes;
  readonly #configurations = new Map<string, readonly string[]>();
  readonly #members = new Map<string, Arrival['to'][]>();

  /** @param files in the order of their paths */
  constructor(files: readonly FileFacts[]) {
    this.#includes = new Includes(files);
    for (const file of files) this.#addMembers(file);
    for (const file of files) this.#addArrivals(file);
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
    push(this.byFile, to.path, { domains: place.domains ?? [], ...(location !== undefined && { location }), to });
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
      return [path, ...roots.map((root) => (isReadTogether(dirname(root)) ? dirname(root) : root))];
    });
  }
}
