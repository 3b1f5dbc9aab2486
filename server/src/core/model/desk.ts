import type { FileFacts } from '../facts.ts';
import { kept } from '../grouped.ts';
import type { Comparison } from './comparison/comparison.ts';
import type { Running } from './services/services.ts';
import { isInEffect, type PlacedUse, placedUses, readsFrom } from './services/uses.ts';

/** What is asked of all files to know what follows for one of them. */
export interface Files {
  file(path: string): FileFacts | undefined;
  placedIn(compose: FileFacts): readonly PlacedUse[];
  servedBy(dotenv: string): readonly FileFacts[];
  readersOf(dotenv: string): readonly FileFacts[];
  dependentsOf(path: string): readonly string[];
  servicesNamed(host: string, from: string): readonly Running[];
  comparison(path: string, sample?: FileFacts | null): Comparison;
}

/** What follows for one file, kept as long as everybody asks of it and nothing changes. */
export class Desk {
  readonly path: string;
  /** For whom it was worked out: who asks has to have asked all that it rests on. */
  readonly asking: unknown;
  readonly #files: Files;
  #uses: readonly PlacedUse[] | undefined;
  #comparisons: readonly Comparison[] | undefined;
  #reached: readonly Comparison[] | undefined;
  readonly #named = new Map<string, readonly Running[]>();

  constructor(path: string, asking: unknown, files: Files) {
    this.path = path;
    this.asking = asking;
    this.#files = files;
  }

  /** The uses whose digits stand in the file. */
  get uses(): readonly PlacedUse[] {
    this.#uses ??= this.#usesHere();
    return this.#uses;
  }

  #usesHere(): readonly PlacedUse[] {
    const { path } = this;
    const file = this.#files.file(path);
    if (!file) return [];
    if (file.kind === 'compose') {
      const uses = this.#files.placedIn(file);
      return uses.every((use) => use.path === path) ? uses : uses.filter((use) => use.path === path);
    }
    const own = placedUses(file, undefined);
    if (file.kind !== 'dotenv') return own;
    const read = this.#files
      .servedBy(path)
      .filter((compose) => readsFrom(compose, file))
      .flatMap((compose) => (isInEffect(path) ? this.#files.placedIn(compose) : placedUses(compose, file)))
      .filter((use) => use.path === path);
    const starts = new Set(read.map((use) => use.span.start));
    return [...read, ...own.filter((use) => !starts.has(use.span.start))];
  }

  /** The compose services that answer to a host name, those nearest to the file. */
  servicesNamed(host: string): readonly Running[] {
    return kept(this.#named, host, () => this.#files.servicesNamed(host, this.path));
  }

  /** Every comparison whose findings may stand in the file. */
  get comparisons(): readonly Comparison[] {
    this.#comparisons ??= this.#comparisonsHere();
    return this.#comparisons;
  }

  #comparisonsHere(): readonly Comparison[] {
    const { path } = this;
    const file = this.#files.file(path);
    if (file?.kind === 'compose') {
      return [path, ...this.#files.dependentsOf(path)].map((compose) => this.#files.comparison(compose));
    }
    if (file?.kind !== 'dotenv') return [];
    if (isInEffect(path)) return this.#files.readersOf(path).map((compose) => this.#files.comparison(compose.path));
    // Samples in which a compose file reads nothing are all alike to it: a folder may hold thousands of them.
    return this.#files
      .servedBy(path)
      .map((compose) => this.#files.comparison(compose.path, readsFrom(compose, file) ? file : null));
  }

  /** The comparisons of the compose files whose services the file reaches. */
  get reached(): readonly Comparison[] {
    this.#reached ??= this.#reachedFrom();
    return this.#reached;
  }

  #reachedFrom(): readonly Comparison[] {
    const hosts = new Set(this.uses.flatMap(({ host }) => host ?? []));
    const reached = [...hosts].flatMap((host) => this.servicesNamed(host));
    return [...new Set(reached.map(({ file }) => file.path))].map((path) => this.#files.comparison(path));
  }
}
