import { isConfig } from '../../configuration/configuration.ts';

import { basename, dirname, isWithin } from '../../core/path.ts';
import { arePages, isAboutSurroundings, isShared, mayHoldPages } from '../../core/vocabulary/folders.ts';
import type { Folder } from '../../host/host.ts';

/** The files around one that decide over its findings. */
export interface Near {
  /** Every `portolan.yaml` whose settings hold for the file, outermost first. */
  readonly configs: readonly string[];
  /** All that may be a registry by which the file is governed, unless the settings name others. */
  readonly documents: readonly string[];
  /** What lies beside the file, where the rest of its project is. */
  readonly neighbours: readonly string[];
}

/**
 * Finds the files that decide over the findings of one file without walking its folder of the workspace: those in the
 * folders above it, and below these in the folders that are about their surroundings.
 * @param mayBeRegistry told by the path alone
 */
export function near(path: string, folder: Folder, mayBeRegistry: (path: string) => boolean): Near {
  const configs: string[] = [];
  const documents: string[] = [];
  const entries = (at: string, enters: (name: string) => boolean) =>
    folder.entries?.(at, enters) ?? { files: [], folders: [] };
  let neighbours: readonly string[] = [];
  for (let at = dirname(path); at === folder.path || isWithin(at, folder.path); at = dirname(at)) {
    const { files, folders } = entries(at, mayGovern);
    if (at === dirname(path)) neighbours = files;
    configs.unshift(...files.filter(isConfig));
    documents.push(...files.filter(mayBeRegistry));
    const [shared, about] = [folders.filter(named(isShared)), folders.filter(named(isAboutSurroundings))];
    for (const below of shared) documents.push(...entries(below, () => false).files.filter(mayBeRegistry));
    for (const below of folders.filter(named(mayHoldPages))) about.push(...entries(below, arePages).folders);
    // A list also walks what is added meanwhile.
    for (const below of about) {
      const inside = entries(below, () => true);
      documents.push(...inside.files.filter(mayBeRegistry));
      about.push(...inside.folders);
    }
  }
  return { configs, documents, neighbours };
}

function mayGovern(name: string): boolean {
  return isAboutSurroundings(name) || isShared(name) || mayHoldPages(name);
}

function named(is: (name: string) => boolean): (folder: string) => boolean {
  return (folder) => is(basename(folder));
}
