import type { FileFacts } from '../facts.ts';
import { kept } from '../grouped.ts';
import { dirname } from '../path.ts';
import { defaults, type Settings } from '../settings.ts';
import { Claims } from './claims.ts';
import { type Comparison, compare } from './comparison.ts';
import { Fleet } from './fleet.ts';
import { asConfigured } from './governance.ts';
import { hostsReachedFrom, Mentions, servicesDefinedIn } from './mentions.ts';
import { Occurrences } from './occurrences.ts';
import { HostPorts } from './portCounts.ts';
import { type Reached, referencesBy } from './references.ts';
import type { Running } from './services.ts';
import { Traffic } from './traffic.ts';
import { isInEffect, type PlacedUse, placedUses } from './uses.ts';

/**
 * The facts of all files and what follows from them across files. What follows is worked out when first asked for and
 * kept until a file changes that it rests on. The order in which files come makes no difference.
 */
export class Index {
  #isPartial = false;
  /** Something was asked to which a file that was not read may give another answer. */
  #isUnsure = false;
  readonly #files = new Map<string, FileFacts>();
  /** The paths of the files, sorted, so that nothing rests on the order in which files have come. */
  #paths: readonly string[] | undefined;
  /** The documents as they were read, before the settings had their say. */
  readonly #documents = new Map<string, { file: FileFacts; borrowed: boolean }>();
  readonly #fleet: Fleet;
  readonly #reaching = new Mentions(hostsReachedFrom);
  #settings: Settings;
  #claims: Claims | undefined;
  #traffic: Traffic | undefined;
  readonly #references = new Map<string, Reached>();
  /** Of each compose file, by the path of the sample with which it is compared. */
  readonly #comparisons = new Map<string, Map<string, Comparison>>();

  #occurrences: Occurrences | undefined;
  /** The ports of the host that the files take. */
  readonly hostPorts = new HostPorts((path) => this.usesIn(path));

  constructor(settings: Settings = defaults) {
    this.#settings = settings;
    this.#fleet = new Fleet(this.#files, settings.stacks);
  }

  /** There are files that were not read, so that nothing can be told from what is missing. */
  get isPartial(): boolean {
    return this.#isPartial;
  }

  set isPartial(isPartial: boolean) {
    this.#isPartial = isPartial;
    this.#comparisons.clear();
  }

  /**
   * Whether a piece of work comes to the same result when more files are known, other than registries that govern the
   * same files and files of the same projects.
   */
  isSure(work: () => void): boolean {
    if (!this.#isPartial) return true;
    this.#comparisons.clear();
    this.#isUnsure = false;
    work();
    return !this.#isUnsure;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Whoever changes the settings checks every file again. */
  set settings(settings: Settings) {
    this.#settings = settings;
    this.#claims = undefined;
    this.#fleet.stacks = settings.stacks;
    this.#references.clear();
    this.#comparisons.clear();
    for (const { file, borrowed } of this.#documents.values()) {
      const configured = asConfigured(file, settings.registries, borrowed);
      this.#occurrences?.replace(this.#files.get(file.path), configured);
      this.#files.set(file.path, configured);
    }
  }

  /**
   * Adds a file, or replaces what was known of it.
   * @param borrowed a document outside the workspace, which counts where the settings name it and nowhere else
   */
  put(file: FileFacts, borrowed = false): void {
    this.#change(file.path, asConfigured(file, this.#settings.registries, borrowed));
    if (file.document) this.#documents.set(file.path, { file, borrowed });
    else this.#documents.delete(file.path);
  }

  /** An index of the same files, in which changes can be tried out. */
  copy(): Index {
    const copy = new Index(this.#settings);
    for (const file of this.#files.values()) {
      const known = this.#documents.get(file.path);
      copy.put(known?.file ?? file, known?.borrowed);
    }
    return copy;
  }

  delete(path: string): void {
    this.#change(path, undefined);
    this.#documents.delete(path);
  }

  /** Takes a file as it is now, and forgets what rests on it. */
  #change(path: string, after: FileFacts | undefined): void {
    const before = this.#files.get(path);
    if ((before === undefined) !== (after === undefined)) this.#paths = undefined;
    if (after) this.#files.set(path, after);
    else this.#files.delete(path);
    if (before) this.#reaching.remove(before);
    if (after) this.#reaching.add(after);
    this.#occurrences?.replace(before, after);
    this.hostPorts.touch(path);
    const changed = [before, after].filter((file) => file !== undefined);
    if (changed.some(({ nginx }) => nginx)) this.#traffic = undefined;
    if (changed.some(({ kind }) => kind !== 'registry')) this.#references.clear();
    const touched = this.#fleet.change(before, after);
    const isOfDocument = changed.some(({ document }) => document);
    if (isOfDocument) this.#claims = undefined;
    // A comparison rests on its own services, on the registries, and on which services there are elsewhere.
    if (isOfDocument || namesOf(before) !== namesOf(after)) this.#comparisons.clear();
    else for (const compose of touched) this.#comparisons.delete(compose);
  }

  file(path: string): FileFacts | undefined {
    return this.#files.get(path);
  }

  /** A file as it was read, whatever the settings make of it. */
  asRead(path: string): FileFacts | undefined {
    return this.#documents.get(path)?.file ?? this.#files.get(path);
  }

  /** A file as other settings see it. */
  fileUnder(settings: Settings, path: string): FileFacts | undefined {
    const known = this.#documents.get(path);
    return known ? asConfigured(known.file, settings.registries, known.borrowed) : this.#files.get(path);
  }

  /** All files, by their paths. */
  files(): Iterable<FileFacts> {
    this.#paths ??= [...this.#files.keys()].sort();
    return this.#paths.map((path) => this.#files.get(path)!);
  }

  /** The documents with claims, whatever the settings make of them. */
  documents(): string[] {
    return [...this.#documents.keys()];
  }

  get claims(): Claims {
    this.#claims ??= new Claims(this.files(), this.#settings);
    return this.#claims;
  }

  /** In which files ports and hosts are written. Only who moves around in an editor asks for it. */
  get occurrences(): Occurrences {
    this.#occurrences ??= new Occurrences(this.files());
    return this.#occurrences;
  }

  get traffic(): Traffic {
    this.#traffic ??= new Traffic(this.files());
    return this.#traffic;
  }

  /** The dotenv file that Docker reads for a compose file. */
  environmentOf(path: string): FileFacts | undefined {
    return this.#fleet.environmentOf(path);
  }

  /** The compose files that are merged in front of this one. */
  mergedBefore(path: string): string[] {
    return this.#fleet.mergedBefore(path);
  }

  /** The compose files that stand beside a dotenv file. */
  servedBy(dotenv: string): FileFacts[] {
    return this.#fleet.servedBy(dotenv);
  }

  /**
   * The uses whose digits stand in a file. A port that a compose file takes from `.env` stands there; sample files
   * such as `.env.example` are read as if they were in effect.
   */
  usesIn(path: string): readonly PlacedUse[] {
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
    return this.#fleet.runningIn(path);
  }

  /** The services that run when Docker is given a compose file: its own and those of the files that belong to it. */
  projectOf(path: string): readonly Running[] {
    return this.#fleet.projectOf(path);
  }

  /** The other compose files that include a file, merge themselves after it or extend services of it. */
  dependentsOf(path: string): string[] {
    return this.#fleet.dependentsOf(path);
  }

  /** The compose services that answer to a host name, those nearest to the asking file. */
  servicesNamed(host: string, from: string): Running[] {
    const named = this.#fleet.servicesNamed(host, from);
    if (!named.some(({ file }) => dirname(file.path) === dirname(from))) this.#isUnsure = true;
    return named;
  }

  /** In which folders compose files define a service of this name. */
  foldersDefining(service: string): ReadonlySet<string> {
    this.#isUnsure = true;
    return this.#fleet.foldersDefining(service);
  }

  /** Whether some compose file publishes a port. */
  publishes(port: number): boolean {
    this.#isUnsure = true;
    return this.#fleet.publishes(port);
  }

  /** The places in compose files and in nginx that reach services by a host name. */
  referencesBy(host: string): Reached {
    return kept(this.#references, host, () => referencesBy(host, this.#reaching.of(host), this));
  }

  /** How the services of a compose file agree with the registries, with the environment in effect or a sample of it. */
  comparison(path: string, sample?: FileFacts): Comparison {
    const known = kept(this.#comparisons, path, () => new Map());
    return kept(known, sample?.path ?? '', () => {
      const file = this.#files.get(path);
      const running = sample && file ? this.#fleet.runningWith(file, sample) : this.runningIn(path);
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
}

/** The names of the services that a file defines, as one text. */
function namesOf(file: FileFacts | undefined): string {
  return file ? servicesDefinedIn(file).join('\n') : '';
}
