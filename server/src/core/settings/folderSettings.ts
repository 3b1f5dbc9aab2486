import { escapeGlob } from '../glob.ts';
import { dirname, isAbsolute, isWithin } from '../path.ts';
import { merge, type Settings } from './settings.ts';

/** A `portolan.yaml`: where it lies and what it sets. */
export interface Config {
  readonly folder: string;
  readonly settings: Settings;
}

/** The settings with all globs and paths absolute: a `portolan.yaml` means its own folder. `~` paths stay as they are. */
export function rebase(settings: Settings, folder: string): Settings {
  const at = (glob: string) => absolute(glob, escapeGlob(folder));
  return {
    ...settings,
    registries: settings.registries.map((pattern) => ({ ...pattern, path: at(pattern.path), folder })),
    include: settings.include.map(at),
    exclude: settings.exclude.map((glob) => (glob.startsWith('!') ? glob : at(glob))),
    environments: Object.fromEntries(Object.entries(settings.environments).map(([glob, name]) => [at(glob), name])),
    stacks: settings.stacks.map((files) => files.map((file) => absolute(file, folder))),
  };
}

/** A path or glob as seen from a folder, itself escaped if this is a glob. */
function absolute(path: string, folder: string): string {
  if (path.startsWith('~') || isAbsolute(path)) return path;
  let base = folder;
  let rest = path;
  for (let step = /^\.\.?\//.exec(rest); step; step = /^\.\.?\//.exec(rest)) {
    if (step[0] === '../') base = dirname(base);
    rest = rest.slice(step[0].length);
  }
  return `${base}/${rest}`;
}

/** The settings of every file of a workspace with a `portolan.yaml` in any of its folders: the nearest one wins. */
export class FolderSettings {
  readonly #base: Settings;
  /** Innermost first, each with all that it inherits. */
  readonly #configs: readonly Config[];

  /** Takes the settings that hold everywhere, and the configs in any order, with relative globs. */
  constructor(base: Settings, configs: readonly Config[]) {
    this.#base = base;
    const merged: Config[] = [];
    for (const { folder, settings } of configs.toSorted((a, b) => a.folder.length - b.folder.length)) {
      const outer = merged.find((config) => isWithin(folder, config.folder))?.settings ?? base;
      merged.unshift({ folder, settings: merge(outer, rebase(settings, folder)) });
    }
    this.#configs = merged;
  }

  /** The settings for a file. The same object for all files that have the same. */
  of(path: string): Settings {
    return this.#configs.find(({ folder }) => isWithin(path, folder))?.settings ?? this.#base;
  }
}
