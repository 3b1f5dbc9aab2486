import { escapeGlob, isGlob, plainPath } from '../core/glob.ts';
import { dirname, isWithin, resolve } from '../core/path.ts';
import {
  copyPath,
  isOfPackage,
  isRemote,
  packageFile,
  packageFolders,
  type RemoteSource,
  type Source,
  submoduleOf,
  submodules,
} from '../core/settings/sources.ts';
import type { Host, Surroundings } from '../host/host.ts';

/** Where a file lies that settings name. */
export interface Located {
  /** A path or glob; absolute where it had to be looked for. */
  readonly path: string;
  /** It comes from elsewhere although it may lie in the folder: from a package, or a repository of its own. */
  readonly isShared?: true;
  /** The folder of the package in which it lies; of what comes from another machine the file alone. */
  readonly within?: string;
  /** Why it cannot be read, should that be so. */
  readonly why?: string;
  /** What else is to be told of it, in a sentence that follows upon its name. */
  readonly news?: string;
}

/** What became of a file from another machine. */
export type Note = Pick<Located, 'why' | 'news'>;

/** Finds the files that settings name, by what lies around their folder. What was found holds until told otherwise. */
export class Sources {
  readonly #home: string;
  readonly #surroundings: Surroundings | undefined;
  readonly #copies: string | undefined;
  readonly #found = new Map<string, Map<string, Located>>();
  readonly #remote = new Map<string, RemoteSource>();
  readonly #notes = new Map<string, Note>();
  readonly #packages = new Set<string>();
  readonly #candidates = new Set<string>();
  #trusted = true;

  constructor({ home, surroundings, remote }: Pick<Host, 'home' | 'surroundings' | 'remote'>) {
    this.#home = home;
    this.#surroundings = surroundings;
    this.#copies = remote?.folder;
  }

  /** Without trust nothing is looked for, as that may lead outside of the workspace. */
  set trusted(trusted: boolean) {
    this.#trusted = trusted;
    this.forget();
  }

  /** Where else files may lie that settings name in one folder: in packages that may still be installed. */
  get candidates(): ReadonlySet<string> {
    return this.#candidates;
  }

  /** The file on another machine of which a path is the copy. */
  remoteAt(path: string): RemoteSource | undefined {
    return this.#remote.get(path);
  }

  /** The folder of the package in which a file lies, of those of which settings name something. */
  packageOf(path: string): string | undefined {
    return [...this.#packages].find((folder) => isWithin(path, folder));
  }

  /** Whether a file is the copy of one that others keep, so that a change of it would be lost. */
  isCopy(path: string): boolean {
    return this.#remote.has(path) || this.packageOf(path) !== undefined;
  }

  /** Notes what became of a file from another machine. Whether that is another thing than before. */
  note(path: string, note: Note): boolean {
    if (JSON.stringify(this.#notes.get(path)) === JSON.stringify(note)) return false;
    this.#notes.set(path, note);
    return true;
  }

  /** Looks again when next asked, for what settings of one folder name or for all. */
  forget(folder?: string): void {
    if (folder === undefined) this.#found.clear();
    else this.#found.delete(folder);
  }

  /** @param source as it is written, in the settings of a folder */
  locate(source: Source, folder: string): Located {
    if (isRemote(source)) return this.#elsewhere(source);
    const { path } = source;
    const known = this.#found.get(folder)?.get(path);
    if (known) return known;
    const found = this.#find(path, folder);
    this.#found.set(folder, (this.#found.get(folder) ?? new Map()).set(path, found));
    return found;
  }

  #elsewhere(source: RemoteSource): Located {
    const path = this.#copies === undefined ? source.path : copyPath(this.#copies, source);
    this.#remote.set(path, source);
    return { path: escapeGlob(path), isShared: true, within: path, ...this.#notes.get(path) };
  }

  #find(path: string, folder: string): Located {
    if (isOfPackage(path)) return this.#inPackage(path, folder);
    if (path.startsWith('~/')) return { path: escapeGlob(this.#home) + path.slice(1) };
    return this.#trusted && this.#surroundings && !isGlob(path) ? this.#inRepository(path, folder) : { path };
  }

  #inPackage(written: string, folder: string): Located {
    const named = packageFile(written);
    if (!named) return { path: written };
    const folders = packageFolders(named.name, folder);
    for (const at of folders) this.#candidates.add(`${at}/${named.file}`);
    const exists = this.#trusted ? this.#surroundings?.exists : undefined;
    const installed = folders.find((at) => exists?.(at));
    const why = installed
      ? `${named.name} has no text file ${named.file}; name one that it has.`
      : `${named.name} is in no node_modules folder from here up; install it.`;
    const within = installed ?? folders[0]!;
    this.#packages.add(within);
    return { path: escapeGlob(`${within}/${named.file}`), isShared: true, within, why };
  }

  /** What lies in a repository of its own, within the one around the folder, is shared with other repositories. */
  #inRepository(path: string, folder: string): Located {
    const { exists, read } = this.#surroundings!;
    const upwards = (from: string) => upFrom(from).find((at) => exists(`${at}/.git`));
    const repository = upwards(folder);
    const full = resolve(folder, plainPath(path));
    if (repository === undefined || !isWithin(full, repository)) return { path };
    const own = upwards(dirname(full));
    if (own !== repository) return { path, isShared: true };
    const within = (at: string) => at.slice(repository.length + 1);
    const module = submoduleOf(within(full), submodules(read(`${repository}/.gitmodules`) ?? ''));
    if (module === undefined) return { path };
    const why = `the git submodule ${module} is not checked out; run git submodule update --init ${module}.`;
    return { path, isShared: true, why };
  }
}

/** A folder and all above it, the nearest first. */
function upFrom(folder: string): string[] {
  const all: string[] = [];
  for (let at = folder; at !== ''; at = dirname(at)) all.push(at);
  return all;
}
