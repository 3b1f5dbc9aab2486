import { type Config, FolderSettings } from './core/folderSettings.ts';
import { globMatcher } from './core/glob.ts';
import { basename, dirname } from './core/path.ts';
import { rules } from './core/rules/index.ts';
import { type ConfigProblem, defaults, parseConfig, parseSettings, type Settings } from './core/settings.ts';
import { LineMap } from './core/text.ts';

/** Whether a file is a `portolan.yaml`. */
export function isConfig(path: string): boolean {
  return basename(path) === 'portolan.yaml';
}

/** What was read of one `portolan.yaml`. */
interface ConfigFile {
  readonly settings: Settings;
  readonly problems: readonly ConfigProblem[];
  readonly lines: LineMap;
}

const ruleIds = rules.map(({ id }) => id);

/** What is set for each file: by the editor for its workspace folder, and by each `portolan.yaml` above the file. */
export class Configuration {
  #ofEditor: readonly Config[] = [];
  readonly #files = new Map<string, ConfigFile>();
  #folders = new FolderSettings(defaults, []);
  readonly #matchers = new WeakMap<readonly string[], (path: string) => boolean>();

  /** The same object for all files that have the same settings. */
  of(path: string): Settings {
    return this.#folders.of(path);
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
    if (text === undefined) this.#files.delete(path);
    else this.#files.set(path, { ...parseConfig(text, ruleIds), lines: new LineMap(text) });
    this.#combine();
  }

  /** Whether the settings let a file be read. */
  includes(path: string): boolean {
    const { include, exclude } = this.of(path);
    return (include.length === 0 || this.#match(include, path)) && !this.#match(exclude, path);
  }

  /** All that decides over which files are read, for comparing. */
  selection(): string {
    const all = [defaults, ...this.#ofEditor.map(({ settings }) => settings), ...this.#configs()];
    return JSON.stringify(all.map(({ include, exclude, registries }) => [include, exclude, registries]));
  }

  #configs(): Settings[] {
    return [...this.#files.values()].map(({ settings }) => settings);
  }

  #combine(): void {
    const configs = [...this.#files].map(([path, { settings }]) => ({ folder: dirname(path), settings }));
    this.#folders = new FolderSettings(defaults, [...this.#ofEditor, ...configs]);
  }

  /** Matches whole globs only: the relative ones are for the walk, which knows what they are relative to. */
  #match(globs: readonly string[], path: string): boolean {
    const known = this.#matchers.get(globs);
    if (known) return known(path);
    const matcher = globMatcher(globs.filter((glob) => /^(\/|[a-z]:)/i.test(glob)));
    this.#matchers.set(globs, matcher);
    return matcher(path);
  }
}
