import { mayBeNamed } from '../core/analyze.ts';
import { globMatcher, isGlob, plainPath } from '../core/glob.ts';
import { isNamedBy } from '../core/model/governance.ts';
import { basename, dirname, isAbsolute, isWithin } from '../core/path.ts';
import { rules } from '../core/rules/index.ts';
import { type Config, FolderSettings } from '../core/settings/folderSettings.ts';
import {
  defaults,
  type ParsedConfig,
  parseConfig,
  parseSettings,
  type Settings,
  sourceSpans,
} from '../core/settings/settings.ts';
import type { RemoteSource } from '../core/settings/sources.ts';
import { LineMap, type Span } from '../core/text.ts';
import type { Host } from '../host/host.ts';
import { type ExtendingTrouble, type NamedSource, type Resolved, resolved } from './extending.ts';
import { type Note, Sources } from './sources.ts';

/** Whether a file is a `portolan.yaml`. */
export function isConfig(path: string): boolean {
  return basename(path) === 'portolan.yaml';
}

/**
 * The nearest `portolan.yaml` above a file, or the one to make in its folder of the workspace.
 * @param configs those that are there
 */
export function configFor(path: string, configs: readonly string[], folders: readonly string[]): string | undefined {
  const above = configs.filter((config) => isWithin(path, dirname(config)));
  const own = folders.filter((folder) => isWithin(path, folder)).map((folder) => `${folder}/portolan.yaml`);
  return longest(above) ?? longest(own);
}

function longest(paths: readonly string[]): string | undefined {
  return paths.toSorted((a, b) => b.length - a.length)[0];
}

/** What was read of one file of settings. */
interface ConfigFile extends ParsedConfig {
  readonly lines: LineMap;
  /** Where other files are named. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** An entry of `registries`. */
export interface NamedRegistry extends NamedSource {
  /** The `portolan.yaml` that names it; none when the editor does. */
  readonly config?: string;
}

/** The settings of the editor for a folder, or a `portolan.yaml`, with what it extends. */
interface Layer extends Config, Resolved {
  readonly path: string;
  readonly named: readonly NamedRegistry[];
}

const ruleIds = rules.map(({ id }) => id);

function fileOf(text: string): ConfigFile {
  return { ...parseConfig(text, ruleIds), lines: new LineMap(text), spans: sourceSpans(text) };
}

/** What is set for each file: by the editor for its workspace folder, and by each `portolan.yaml` above the file. */
export class Configuration {
  #ofEditor: readonly Config[] = [];
  /** Those of the editor, then each `portolan.yaml`. */
  #layers: readonly Layer[] = [];
  readonly #files = new Map<string, ConfigFile>();
  #folders = new FolderSettings(defaults, []);
  #named: readonly NamedRegistry[] = [];
  /** The files that others extend; `undefined` for those that could not be read. */
  readonly #extended = new Map<string, ConfigFile | undefined>();
  /** Each `portolan.yaml` with what it extends, as long as nothing of that has changed. */
  readonly #resolved = new Map<string, Layer>();
  #wanted: ReadonlyMap<string, boolean> = new Map();
  readonly #sources: Sources;
  readonly #matchers = new WeakMap<readonly string[], (path: string) => boolean>();

  constructor(host: Pick<Host, 'home' | 'surroundings' | 'remote'>) {
    this.#sources = new Sources(host);
  }

  /** Whether the user trusts what the workspace says. Without trust nothing is looked for outside of its folders. */
  set trusted(trusted: boolean) {
    this.#sources.trusted = trusted;
    this.#combineAnew();
  }

  /** Whether something that settings name may lie at a path, or lead to it. */
  mayLieAt(path: string): boolean {
    return this.#sources.candidates.has(path) || basename(path) === '.gitmodules';
  }

  /** The file on another machine of which a path is the copy. */
  remoteAt(path: string): RemoteSource | undefined {
    return this.#sources.remoteAt(path);
  }

  /** The folder of the package in which a file lies, of those of which settings name something. */
  packageOf(path: string): string | undefined {
    return this.#sources.packageOf(path);
  }

  /** Whether a file is the copy of one that others keep, so that a change of it would be lost. */
  isCopy(path: string): boolean {
    return this.#sources.isCopy(path);
  }

  /** Notes what became of a file from another machine. Whether that is another thing than before. */
  note(path: string, note: Note): boolean {
    const isNew = this.#sources.note(path, note);
    if (isNew) this.#combineAnew();
    return isNew;
  }

  /** Where packages may be installed in which settings name a file. */
  get candidates(): ReadonlySet<string> {
    return this.#sources.candidates;
  }

  /** Looks again for what the settings name. */
  lookAgain(): void {
    this.#sources.forget();
    this.#combineAnew();
  }

  /**
   * The same object for all files that have the same settings. A registry that lies outside of all folders has those of
   * the folder that names it.
   */
  of(path: string): Settings {
    const own = this.#folders.of(path);
    const namer = own === defaults ? this.#named.find(({ pattern }) => plainPath(pattern.path) === path) : undefined;
    return namer ? this.#folders.of(`${namer.pattern.folder}/`) : own;
  }

  /** Every registry that somebody names. */
  get named(): readonly NamedRegistry[] {
    return this.#named;
  }

  /** Whether somebody names this file as a registry, and it can be read as one. */
  names(path: string): boolean {
    return mayBeNamed(path) && this.#named.some(({ pattern }) => isNamedBy(pattern, path));
  }

  /**
   * The single files that are named and lie in none of the folders, or are shared with others, so that nothing that is
   * left out of the folders matters. Globs never lead out of the workspace.
   */
  outside(folders: readonly string[]): string[] {
    const isOutside = (path: string) => !folders.some((folder) => isWithin(path, folder));
    const single = this.#named.filter(({ pattern }) => !isGlob(pattern.path));
    const registries = single.filter(({ pattern }) => pattern.isShared || isOutside(plainPath(pattern.path)));
    const extended = [...this.#wanted].filter(([path, isShared]) => isShared || isOutside(path));
    return [
      ...new Set([...registries.map(({ pattern }) => plainPath(pattern.path)), ...extended.map(([path]) => path)]),
    ];
  }

  /** Whether a `portolan.yaml` extends this file, or one that it extends. */
  isExtended(path: string): boolean {
    return this.#wanted.has(path);
  }

  /** The files that some `portolan.yaml` extends. */
  get extended(): Iterable<string> {
    return this.#wanted.keys();
  }

  /** The files that are extended and that nobody has tried to read. There may be more once these are known. */
  unread(): string[] {
    return [...this.#wanted.keys()].filter((path) => !this.#extended.has(path) && !this.#files.has(path));
  }

  /** Takes the text of a file that is extended; `undefined` when it cannot be read. */
  putExtended(path: string, text: string | undefined): void {
    this.#sources.forget(dirname(path));
    this.#extended.set(path, text === undefined ? undefined : fileOf(text));
    this.#combineAnew();
  }

  /** What is wrong with the files that a `portolan.yaml` extends. */
  troubles(config: string): readonly ExtendingTrouble[] {
    return this.#layers.find(({ path }) => path === config)?.troubles ?? [];
  }

  file(path: string): ConfigFile | undefined {
    return this.#files.get(path);
  }

  /** The `portolan.yaml` files that are known. */
  paths(): string[] {
    return [...this.#files.keys()];
  }

  /**
   * Takes what the editor has set, as it sent it, by folder; `''` stands for everywhere.
   * @returns what is wrong with it
   */
  setEditor(values: ReadonlyMap<string, unknown>): string[] {
    const parsed = [...values].map(([folder, value]) => ({ folder, ...parseSettings(value, ruleIds) }));
    this.#ofEditor = parsed;
    this.#combine();
    return [...new Set(parsed.flatMap(({ problems }) => problems))];
  }

  /** Takes the text of a `portolan.yaml`; `undefined` when it is gone. */
  put(path: string, text: string | undefined): void {
    this.#sources.forget(dirname(path));
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, fileOf(text));
    this.#resolved.delete(path);
    if (this.#wanted.has(path)) this.#combineAnew();
    else this.#combine();
  }

  /** Whether the settings let a file be read. */
  includes(path: string): boolean {
    const { include, exclude } = this.of(path);
    return (include.length === 0 || this.#match(include, path)) && !this.#match(exclude, path);
  }

  /** All that decides over which files are read, for comparing. */
  selection(): string {
    const all = this.#layers.map(({ settings }) => settings);
    const found = this.#named.map(({ pattern }) => pattern);
    return JSON.stringify([all.map(({ include, exclude }) => [include, exclude]), found, [...this.#wanted.keys()]]);
  }

  /** Something has changed on which any `portolan.yaml` may rest. */
  #combineAnew(): void {
    this.#resolved.clear();
    this.#combine();
  }

  #combine(): void {
    const file = (path: string) => this.#files.get(path) ?? this.#extendedFile(path);
    const ground = { sources: this.#sources, file };
    const layers: Layer[] = this.#ofEditor.map(({ folder, settings }) => {
      const path = `${folder}/`;
      return { path, folder, ...resolved(path, { settings, extends: [] }, ground) };
    });
    for (const [path, own] of this.#files) {
      let layer = this.#resolved.get(path);
      if (!layer) {
        const { named, ...others } = resolved(path, own, ground);
        layer = { path, folder: dirname(path), ...others, named: named.map((entry) => ({ ...entry, config: path })) };
        this.#resolved.set(path, layer);
      }
      layers.push(layer);
    }
    this.#layers = layers;
    this.#folders = new FolderSettings(defaults, layers);
    this.#named = layers.flatMap(({ named }) => named);
    this.#wanted = new Map(layers.flatMap(({ extended }) => [...extended]));
    // What is extended again later may have changed meanwhile.
    for (const path of this.#extended.keys()) if (!this.#wanted.has(path)) this.#extended.delete(path);
  }

  #extendedFile(path: string): ConfigFile | null | undefined {
    return this.#extended.has(path) ? (this.#extended.get(path) ?? null) : undefined;
  }

  /** Matches whole globs only: the relative ones are for the walk, which knows what they are relative to. */
  #match(globs: readonly string[], path: string): boolean {
    const known = this.#matchers.get(globs);
    if (known) return known(path);
    const matcher = globMatcher(globs.filter(isAbsolute));
    this.#matchers.set(globs, matcher);
    return matcher(path);
  }
}
