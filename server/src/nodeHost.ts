import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { fdir } from 'fdir';
import { dirname } from './core/path.ts';
import { Counted } from './counted.ts';
import { type Folder, type Host, maxFileSize, type Selection, textOf } from './host.ts';

/** The home directory; nothing that is there, for a user without one, as in a container under a number of its own. */
const home = (() => {
  try {
    return slashes(homedir());
  } catch {
    return '~';
  }
})();

/** The file system of this machine. */
export const nodeHost: Host = {
  home,
  folder: (path, selection) => new NodeFolder(path, selection),
  readFile: async (path) => readText(path),
};

/** A pipe that has just taken the place of a file would keep whoever opens it waiting for a writer. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads at once: a thread for each of thousands of small files takes five times as long as the files do. */
function readText(path: string): string | undefined {
  try {
    const about = statSync(path);
    if (!about.isFile() || about.size > maxFileSize) return undefined;
    const file = openSync(path, WITHOUT_WAITING);
    try {
      return textOf(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined; // gone, or not ours to read
  }
}

class NodeFolder implements Folder {
  readonly path: string;
  readonly refused?: string;
  readonly #counted: Counted;

  constructor(path: string, selection: Selection) {
    this.path = path.replace(/\/+$/, '');
    const root = selection.alone ? this.path : repositoryOf(this.path);
    this.#counted = new Counted(this.path, selection, { root, read: readIgnoreFile });
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
      .exclude((_, folder) => this.#counted.skips(folder.replace(/\/+$/, '')))
      .filter((path) => this.#counted.picks(path))
      .crawl(this.path)
      .withPromise();
    return paths.sort();
  }

  entries(folder: string): { files: string[]; folders: string[] } {
    if (this.refused !== undefined || this.#counted.skips(folder)) return { files: [], folders: [] };
    const all = listed(folder).map((entry) => ({ entry, path: `${folder}/${entry.name}` }));
    const files = all.filter(({ entry, path }) => entry.isFile() && this.#counted.picks(path));
    const folders = all.filter(({ entry, path }) => entry.isDirectory() && !this.#counted.skips(path));
    return { files: files.map(({ path }) => path), folders: folders.map(({ path }) => path) };
  }

  accepts(path: string): boolean {
    return this.#counted.accepts(path);
  }

  skips(path: string): boolean {
    return this.#counted.skips(path);
  }

  async readFile(path: string): Promise<string | undefined> {
    return isReallyIn(this.path, path) ? readText(path) : undefined;
  }
}

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // gone, or not ours to read
  }
}

/** Whether a path really lies in a folder: it exists, and no symbolic link leads out of the folder or to it. */
export function isReallyIn(folder: string, path: string): boolean {
  try {
    const [above, file] = [realpathSync.native(folder), realpathSync.native(path)];
    return slashes(file) === slashes(above) + path.slice(folder.length);
  } catch {
    return false;
  }
}

/** As git, not through a link: it could lead anywhere. https://git-scm.com/docs/gitignore#_notes */
function readIgnoreFile(folder: string): string | undefined {
  const path = folder + '/.gitignore';
  if (!existsSync(path)) return undefined; // far cheaper than an exception, and nearly always true
  try {
    return lstatSync(path).isFile() ? readText(path) : undefined;
  } catch {
    return undefined; // gone meanwhile
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
  if (path === home) return 'it is the home directory';
  return undefined;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
