import {
  type Dirent,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { cacheFolder } from '../cacheFolder.ts';
import { kept } from '../core/grouped.ts';
import { dirname, slashes } from '../core/path.ts';
import { Counted } from './counted.ts';
import { type Entries, type Folder, type Host, maxFileSize, type Remote, type Selection } from './host.ts';

/** How long a walk goes on before others have their turn, in milliseconds. */
const SLICE = 10;

/** The home directory; nothing that is there, for a user without one, as in a container under a number of its own. */
const home = (() => {
  try {
    return slashes(homedir());
  } catch {
    return '~';
  }
})();

const cache = cacheFolder();
const copies = cache === undefined ? undefined : `${slashes(cache)}/remote`;

/** Most workspaces need nothing of other machines, so that what fetches it is loaded when it is asked. */
function remoteTo(folder: string): Remote {
  return {
    folder,
    read: async (source) => new (await import('../configuration/remote/copies.ts')).Copies(folder).read(source),
  };
}

/** The file system of this machine. */
export const nodeHost: Host = {
  home,
  folder: (path, selection) => new NodeFolder(path, selection),
  readFile: async (path) => readText(path, statSync),
  ...(copies !== undefined && { remote: remoteTo(copies) }),
  surroundings: { exists: existsSync, read: (path) => readText(path, lstatSync), isReallyIn },
  stamp,
};

function stamp(path: string): string | undefined {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

/** Reads at once: a thread for each of thousands of small files takes five times as long as the files do. */
function readText(path: string, look: (path: string) => Stats): string | undefined {
  try {
    const about = look(path);
    return about.isFile() && about.size <= maxFileSize ? textOf(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined; // gone, or not ours to read
  }
}

/** What stands in a file, without the byte order mark; `undefined` for bytes that are no text. */
function textOf(content: string): string | undefined {
  if (content.includes('\0')) return undefined;
  return content.startsWith('\uFEFF') ? content.slice(1) : content;
}

class NodeFolder implements Folder {
  readonly path: string;
  readonly refused?: string;
  readonly #counted: Counted;
  /** The files that were found. Each is asked for again when it is read. */
  #found: ReadonlySet<string> = new Set();
  /** The folders of which it is known that they hold no ignore file. */
  readonly #bare = new Set<string>();
  /** Where folders really lie. Holds for the moment alone. */
  readonly #real = new Map<string, string | undefined>();

  constructor(path: string, selection: Selection) {
    this.path = path.replace(/(?<!\/)\/+$/, '');
    const root = selection.alone ? this.path : repositoryOf(this.path);
    const read = (at: string) => (this.#bare.has(at) ? undefined : readIgnoreFile(at));
    this.#counted = new Counted(this.path, selection, { root, read });
    const refused = refusal(this.path);
    if (refused !== undefined) this.refused = refused;
  }

  async files(): Promise<string[]> {
    if (this.refused !== undefined) return [];
    const found: string[] = [];
    const open = [this.path];
    let end = performance.now() + SLICE;
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      const { files, folders } = this.#list(folder, () => true);
      found.push(...files);
      open.push(...folders);
      if (performance.now() < end) continue;
      await setImmediate();
      end = performance.now() + SLICE;
    }
    // What was found out about all the other paths will hardly be asked again.
    this.#counted.forget();
    this.#found = new Set(found);
    return found.sort();
  }

  entries(folder: string, enters: (name: string) => boolean): Entries {
    if (this.refused !== undefined || this.#counted.skips(folder)) return { files: [], folders: [] };
    return this.#list(folder, enters);
  }

  /** What lies in a folder that is not left out itself. */
  #list(folder: string, enters: (name: string) => boolean): Entries {
    const entries = listed(folder);
    if (!entries.some(({ name }) => name === '.gitignore')) this.#bare.add(folder);
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isFile() && this.#counted.picks(path)) files.push(path);
      else if (entry.isDirectory() && enters(entry.name) && !this.#counted.skips(path)) folders.push(path);
    }
    return { files, folders };
  }

  accepts(path: string): boolean {
    return this.#found.has(path) || this.#counted.accepts(path);
  }

  skips(path: string): boolean {
    return this.#counted.skips(path);
  }

  async readFile(path: string): Promise<string | undefined> {
    return this.#contains(dirname(path)) ? readText(path, lstatSync) : undefined;
  }

  /** Whether a folder really lies in this one: it exists, and no symbolic link leads to it or out of this one. */
  #contains(folder: string): boolean {
    // Who reads many files at once asks for the same folder again and again.
    if (this.#real.size === 0) void Promise.resolve().then(() => this.#real.clear());
    return isReallyIn(this.path, folder, (path) => kept(this.#real, path, () => realPath(path)));
  }
}

/** What lies in a folder; nothing if it is gone, or not ours to read. */
function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Whether a path really lies in a folder: it exists, and no symbolic link leads out of the folder or to it. */
export function isReallyIn(folder: string, path: string, real = realPath): boolean {
  const above = real(folder);
  return above !== undefined && real(path) === above + path.slice(folder.length);
}

/** Where a path leads; `undefined` where it leads nowhere. */
function realPath(path: string): string | undefined {
  try {
    return slashes(realpathSync.native(path));
  } catch {
    return undefined;
  }
}

/** As git, not through a link: it could lead anywhere. https://git-scm.com/docs/gitignore#_notes */
function readIgnoreFile(folder: string): string | undefined {
  const path = folder + '/.gitignore';
  if (!existsSync(path)) return undefined; // far cheaper than an exception, and nearly always true
  return readText(path, lstatSync);
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
