import type { FileFacts, Service } from '../facts.ts';
import { dirname } from '../path.ts';
import { defaults, type Settings } from '../settings.ts';
import { Claims } from './claims.ts';
import { type Comparison, compare } from './comparison.ts';
import { asConfigured } from './governance.ts';
import { dockerfileOf } from './image.ts';
import { HostPorts } from './portCounts.ts';
import { type ComposeFiles, projectServices, servicesInEffect } from './project.ts';
import { type Running, runningServices } from './services.ts';
import { Traffic } from './traffic.ts';
import { isInEffect, type PlacedUse, placedUses } from './uses.ts';

/**
 * The facts of all files and what follows from them across files. What follows is worked out when first asked for and
 * kept until a file changes that it rests on. The order in which files come makes no difference.
 */
export class Index {
  readonly #files = new Map<string, FileFacts>();
  /** The documents as they were read, before the settings had their say. */
  readonly #documents = new Map<string, { file: FileFacts; borrowed: boolean }>();
  /** The compose files of each folder. */
  readonly #composeIn = new Map<string, Map<string, FileFacts>>();
  #settings: Settings;
  #claims: Claims | undefined;
  #traffic: Traffic | undefined;
  #byHostName: Map<string, Defined[]> | undefined;
  /** Of those with a host name, the nearest to a folder. */
  readonly #nearestTo = new Map<string, readonly Defined[]>();
  /** The services of each compose file, by what the file says alone. */
  readonly #alone = new Map<string, readonly Running[]>();
  /** The same as they are in effect, and with the rest of their project: both rest on several files. */
  readonly #running = new Map<string, readonly Running[]>();
  readonly #projects = new Map<string, readonly Running[]>();
  /** The ports of the host that the files take. */
  readonly hostPorts = new HostPorts((path) => this.usesIn(path));
  #dependents: Map<string, Set<string>> | undefined;
  readonly #comparisons = new Map<string, Comparison>();

  constructor(settings: Settings = defaults) {
    this.#settings = settings;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Whoever changes the settings checks every file again. */
  set settings(settings: Settings) {
    this.#settings = settings;
    this.#claims = undefined;
    this.#dependents = undefined;
    this.#running.clear();
    this.#projects.clear();
    this.#comparisons.clear();
    for (const { file, borrowed } of this.#documents.values()) {
      this.#files.set(file.path, asConfigured(file, settings.registries, borrowed));
    }
  }

  /**
   * Adds a file, or replaces what was known of it.
   * @param borrowed a document outside the workspace, which counts where the settings name it and nowhere else
   */
  put(file: FileFacts, borrowed = false): void {
    this.#forget(this.#files.get(file.path), file);
    this.#files.set(file.path, asConfigured(file, this.#settings.registries, borrowed));
    if (file.document) this.#documents.set(file.path, { file, borrowed });
    else this.#documents.delete(file.path);
    if (file.kind !== 'compose') return;
    const folder = dirname(file.path);
    const beside = this.#composeIn.get(folder) ?? new Map<string, FileFacts>();
    this.#composeIn.set(folder, beside.set(file.path, file));
  }

  delete(path: string): void {
    this.#forget(this.#files.get(path), undefined);
    this.#files.delete(path);
    this.#documents.delete(path);
    this.#composeIn.get(dirname(path))?.delete(path);
  }

  file(path: string): FileFacts | undefined {
    return this.#files.get(path);
  }

  /** A file as other settings see it. */
  fileUnder(settings: Settings, path: string): FileFacts | undefined {
    const known = this.#documents.get(path);
    return known ? asConfigured(known.file, settings.registries, known.borrowed) : this.#files.get(path);
  }

  files(): Iterable<FileFacts> {
    return this.#files.values();
  }

  /** The documents with claims, whatever the settings make of them. */
  documents(): string[] {
    return [...this.#documents.keys()];
  }

  get claims(): Claims {
    this.#claims ??= new Claims(this.#files.values(), this.#settings);
    return this.#claims;
  }

  get traffic(): Traffic {
    this.#traffic ??= new Traffic(this.#files.values());
    return this.#traffic;
  }

  /** The dotenv file that Docker reads for a compose file. */
  environmentOf(path: string): FileFacts | undefined {
    return this.#files.get(dirname(path) === '' ? '.env' : `${dirname(path)}/.env`);
  }

  /**
   * The compose files that are merged in front of this one: as the settings say, or the base in front of its override.
   * https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
   */
  mergedBefore(path: string): string[] {
    const stack = this.#settings.stacks.find((files) => files.includes(path));
    if (stack) return stack.slice(0, stack.indexOf(path)).filter((other) => this.#files.has(other));
    const [, base] = /^(.*?(?:docker-)?compose)\.override\.ya?ml$/.exec(path) ?? [];
    return ['yaml', 'yml'].map((ending) => `${base}.${ending}`).filter((other) => this.#files.has(other));
  }

  /** The compose files that stand beside a dotenv file. */
  servedBy(dotenv: string): FileFacts[] {
    return [...(this.#composeIn.get(dirname(dotenv))?.values() ?? [])];
  }

  /**
   * The uses whose digits stand in a file. A port that a compose file takes from `.env` stands there; sample files
   * such as `.env.example` are read as if they were in effect.
   */
  usesIn(path: string): PlacedUse[] {
    const file = this.#files.get(path);
    if (!file) return [];
    if (file.kind === 'compose') {
      return placedUses(file, this.environmentOf(path)).filter((use) => use.path === path);
    }
    const own = placedUses(file, undefined);
    if (file.kind !== 'dotenv') return own;
    const read = this.servedBy(path)
      .flatMap((compose) => placedUses(compose, file))
      .filter((use) => use.path === path);
    const starts = new Set(read.map((use) => use.span.start));
    return [...read, ...own.filter((use) => !starts.has(use.span.start))];
  }

  /** The services of a compose file as they run, with what they extend and what is merged before the file. */
  runningIn(path: string): readonly Running[] {
    return kept(this.#running, path, () => servicesInEffect(path, this.#composeFiles));
  }

  /** The services that run when Docker is given a compose file: its own and those of the files that belong to it. */
  projectOf(path: string): readonly Running[] {
    return kept(this.#projects, path, () => projectServices(path, this.#composeFiles));
  }

  /** The compose files that include a file, merge themselves after it or extend services of it. */
  dependentsOf(path: string): ReadonlySet<string> {
    this.#dependents ??= this.#findDependents();
    return this.#dependents.get(path) ?? new Set();
  }

  #findDependents(): Map<string, Set<string>> {
    const dependents = new Map<string, Set<string>>();
    for (const file of this.#files.values()) {
      if (file.kind !== 'compose') continue;
      const extended = file.services.flatMap((service) => service.extends?.path ?? []);
      for (const other of [...(file.includes ?? []), ...this.mergedBefore(file.path), ...extended]) {
        dependents.set(other, (dependents.get(other) ?? new Set()).add(file.path));
      }
    }
    return dependents;
  }

  readonly #composeFiles: ComposeFiles = {
    file: (path) => this.#files.get(path),
    alone: (path) =>
      kept(this.#alone, path, () => {
        const file = this.#files.get(path);
        return file ? this.#runningWith(file, this.environmentOf(path)) : [];
      }),
    mergedBefore: (path) => this.mergedBefore(path),
  };

  /** The compose services that answer to a host name, those nearest to the asking file. */
  servicesNamed(host: string, from: string): Running[] {
    return this.#nearest(host, dirname(from)).flatMap(({ file, service }) =>
      this.runningIn(file.path).filter((running) => running.service.name === service.name),
    );
  }

  #nearest(host: string, folder: string): readonly Defined[] {
    this.#byHostName ??= hostNames(this.#files.values());
    const byHostName = this.#byHostName;
    return kept(this.#nearestTo, `${host}\n${folder}`, () => {
      const all = byHostName.get(host) ?? [];
      const shared = all.map(({ file }) => sharedLength(dirname(file.path), folder));
      const most = shared.reduce((a, b) => Math.max(a, b), 0);
      return all.filter((_, i) => shared[i] === most);
    });
  }

  /** In how many folders compose files define a service of this name. */
  foldersDefining(service: string): ReadonlySet<string> {
    this.#byHostName ??= hostNames(this.#files.values());
    const named = (this.#byHostName.get(service) ?? []).filter((entry) => entry.service.name === service);
    return new Set(named.map(({ file }) => dirname(file.path)));
  }

  /** How the services of a compose file agree with the registries, with the environment in effect or a sample of it. */
  comparison(path: string, sample?: FileFacts): Comparison {
    return kept(this.#comparisons, `${path}\n${sample?.path ?? ''}`, () => {
      const file = this.#files.get(path);
      const running = sample && file ? this.#runningWith(file, sample) : this.runningIn(path);
      return compare(running, this);
    });
  }

  /** Every comparison whose findings may stand in a file. */
  comparisonsFor(file: FileFacts): Comparison[] {
    if (file.kind === 'compose') {
      return [file.path, ...this.dependentsOf(file.path)].map((path) => this.comparison(path));
    }
    if (file.kind !== 'dotenv') return [];
    const sample = isInEffect(file.path) ? undefined : file;
    return this.servedBy(file.path).map((compose) => this.comparison(compose.path, sample));
  }

  #runningWith(file: FileFacts, environment: FileFacts | undefined): Running[] {
    return runningServices(file, placedUses(file, environment), (path) => this.#files.get(path));
  }

  /** Forgets what rests on a file that tells of services from outside: a Dockerfile or an environment file. */
  #forgetServicesBy(path: string): void {
    for (const [compose, running] of this.#alone) {
      const rests = ({ service }: Running) =>
        dockerfileOf(service, compose) === path || service.envFiles?.includes(path);
      if (running.some(rests)) this.#alone.delete(compose);
    }
  }

  #forget(before: FileFacts | undefined, after: FileFacts | undefined): void {
    if (before?.document || after?.document) this.#claims = undefined;
    if (before?.nginx || after?.nginx) this.#traffic = undefined;
    const changed = [before, after].filter((file) => file !== undefined);
    if (changed.some((file) => file.services.length > 0)) {
      this.#byHostName = undefined;
      this.#nearestTo.clear();
    }
    for (const file of changed) {
      this.hostPorts.touch(file.path);
      if (file.kind === 'compose') this.#dependents = undefined;
      this.#alone.delete(file.path);
      if (file.kind === 'dockerfile' || file.kind === 'dotenv') this.#forgetServicesBy(file.path);
      if (file.kind === 'dotenv') for (const { path } of this.servedBy(file.path)) this.#alone.delete(path);
    }
    this.#running.clear();
    this.#projects.clear();
    this.#comparisons.clear();
  }
}

function kept<V>(known: Map<string, V>, key: string, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

interface Defined {
  readonly file: FileFacts;
  readonly service: Service;
}

function hostNames(files: Iterable<FileFacts>): Map<string, Defined[]> {
  const byName = new Map<string, Defined[]>();
  for (const file of files) {
    for (const service of file.services) {
      const names = new Set([service.name, service.container, service.hostname, ...service.aliases]);
      for (const name of names) {
        if (name === undefined) continue;
        const entries = byName.get(name) ?? [];
        entries.push({ file, service });
        byName.set(name, entries);
      }
    }
  }
  return byName;
}

/** How many leading segments two folders share. */
function sharedLength(a: string, b: string): number {
  const x = a.split('/');
  const y = b.split('/');
  let shared = 0;
  while (shared < x.length && shared < y.length && x[shared] === y[shared]) shared++;
  return shared;
}
