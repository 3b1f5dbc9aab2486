import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { fdir } from 'fdir';
import { dirname } from './core/path.ts';
import { Counted } from './counted.ts';
import { type Folder, type Host, maxFileSize, type Selection, textOf } from './host.ts';

/** The file system of this machine. */
export const nodeHost: Host = {
  home: slashes(homedir()),
  folder: (path, selection) => new NodeFolder(path, selection),
  readFile: readText,
};

/** Reads at once: a thread for each of thousands of small files takes five times as long as the files do. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const about = statSync(path);
    return about.isFile() && about.size <= maxFileSize ? textOf(readFileSync(path)) : undefined;
  } catch {
    return undefined; // gone, or not ours to read
  }
}

class NodeFolder implements Folder {
  readonly path: string;
  readonly refused?: string;
  readonly #counted: Counted;

  constructor(path: string, selection: Selection) {
    this.path = path.replace(/(?<!\/)\/+$/, '');
    this.#counted = new Counted(this.path, selection, { root: repositoryOf(this.path), read: readIgnoreFile });
    const refused = refusal(this.path);
    if (refused !== undefined) this.refused = refused;
  }

  async files(): Promise<string[]> {
    if (this.refused !== undefined) return [];
    const paths = await new fdir({
      includeBasePath: true,
      excludeSymlinks: true,
      suppressErrors: true,
      pathSeparator: '/',
    })
      .exclude((_, folder) => this.#counted.skips(folder.replace(/(?<!\/)\/+$/, '')))
      .filter((path) => this.#counted.picks(path))
      .crawl(this.path)
      .withPromise();
    return paths.sort();
  }

  accepts(path: string): boolean {
    return this.#counted.accepts(path);
  }

  async readFile(path: string): Promise<string | undefined> {
    return this.#contains(path) ? readText(path) : undefined;
  }

  /** Whether a path really lies in this folder: it exists, and no symbolic link leads out of the folder or to it. */
  #contains(path: string): boolean {
    try {
      const [folder, file] = [realpathSync.native(this.path), realpathSync.native(path)];
      return slashes(file) === slashes(folder) + path.slice(this.path.length);
    } catch {
      return false;
    }
  }
}

function readIgnoreFile(folder: string): string | undefined {
  const path = folder + '/.gitignore';
  if (!existsSync(path)) return undefined; // far cheaper than an exception, and nearly always true
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The nearest folder at or above this one that holds `.git`; without one, the folder itself. */
function repositoryOf(folder: string): string {
  for (let at = folder; at !== ''; at = dirname(at)) {
    if (existsSync(at + '/.git')) return at;
  }
  return folder;
}

/** Why a folder is too much to be walked. */
function refusal(path: string): string | undefined {
  if (/^([a-z]:)?$/i.test(path)) return 'it is the root of a disk';
  if (path === slashes(homedir())) return 'it is the home directory';
  return undefined;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
