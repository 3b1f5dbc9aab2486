import { existsSync, readFileSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { fdir } from 'fdir';
import ignore, { type Ignore } from 'ignore';
import { escapeGlob, globMatcher } from './core/glob.ts';
import { basename, dirname, isWithin } from './core/path.ts';
import { type Folder, type Host, maxFileSize, type Selection } from './host.ts';

/** The file system of this machine. */
export const nodeHost: Host = {
  home: slashes(homedir()),
  folder: (path, selection) => new NodeFolder(path, selection),
  readFile: readText,
};

async function readText(path: string): Promise<string | undefined> {
  try {
    const about = await stat(path);
    if (!about.isFile() || about.size > maxFileSize) return undefined;
    const bytes = await readFile(path);
    return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
  } catch {
    return undefined; // gone, or not ours to read
  }
}

/** Never entered, whatever the ignore files say. */
const NEVER = new Set(['.git', 'node_modules']);

class NodeFolder implements Folder {
  readonly path: string;
  readonly refused?: string;
  readonly #selection: Selection;
  readonly #excluded: (path: string) => boolean;
  readonly #ignores: IgnoreFiles;
  readonly #skipped = new Map<string, boolean>();

  constructor(path: string, selection: Selection) {
    this.path = path.replace(/\/+$/, '');
    this.#selection = selection;
    this.#excluded = globMatcher(selection.exclude.map((glob) => globIn(this.path, glob)));
    this.#ignores = new IgnoreFiles(this.path);
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
      .exclude((_, folder) => this.#skips(folder.replace(/\/+$/, '')))
      .filter((path) => this.#selection.wants(path) && !this.#leavesOut(path, false))
      .crawl(this.path)
      .withPromise();
    return paths.sort();
  }

  accepts(path: string): boolean {
    if (path === this.path || !isWithin(path, this.path) || !this.#selection.wants(path)) return false;
    return !this.#skips(dirname(path)) && !this.#leavesOut(path, false);
  }

  async contains(path: string): Promise<boolean> {
    try {
      const [folder, file] = await Promise.all([realpath(this.path), realpath(path)]);
      return slashes(file) === slashes(folder) + path.slice(this.path.length);
    } catch {
      return false;
    }
  }

  /** Whether a folder below this one, or any on the way to it, is left out. */
  #skips(folder: string): boolean {
    if (folder.length <= this.path.length) return false;
    let skipped = this.#skipped.get(folder);
    if (skipped === undefined) {
      skipped = this.#skips(dirname(folder)) || NEVER.has(basename(folder)) || this.#leavesOut(folder, true);
      this.#skipped.set(folder, skipped);
    }
    return skipped;
  }

  #leavesOut(path: string, isFolder: boolean): boolean {
    return this.#excluded(path) || this.#ignores.ignores(path, isFolder);
  }
}

/** A glob as it is matched against whole paths. `./old/` means what `old` means: that folder with all in it. */
function globIn(folder: string, glob: string): string {
  const plain = glob.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return /^(\/|[a-z]:)/i.test(plain) ? plain : `${escapeGlob(folder)}/${plain}`;
}

/** The .gitignore files that count in a folder: its own, nested ones, and those above it up to the repository's root. */
class IgnoreFiles {
  #root: string;
  readonly #rules = new Map<string, Ignore | undefined>();

  constructor(folder: string) {
    this.#root = repositoryOf(folder);
    // Whoever opens an ignored folder wants to see what is in it.
    if (this.#isIgnoredItself(folder)) this.#root = folder;
  }

  /** Takes for granted that no folder on the way to the path is ignored. The nearest file that says something wins. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let folder = path; folder !== this.#root && folder !== ''; ) {
      folder = dirname(folder);
      const said = this.#rulesOf(folder)?.test(path.slice(folder.length + 1) + (isFolder ? '/' : ''));
      if (said?.ignored) return true;
      if (said?.unignored) return false;
    }
    return false;
  }

  #isIgnoredItself(folder: string): boolean {
    for (let at = folder; at !== this.#root && at !== ''; at = dirname(at)) {
      if (this.ignores(at, true)) return true;
    }
    return false;
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (this.#rules.has(folder)) return this.#rules.get(folder);
    const rules = readRules(folder + '/.gitignore');
    this.#rules.set(folder, rules);
    return rules;
  }
}

/** Reads an ignore file at once, because the walk asks for it between two entries of a folder. */
function readRules(path: string): Ignore | undefined {
  if (!existsSync(path)) return undefined; // far cheaper than an exception, and nearly always true
  try {
    return ignore().add(readFileSync(path, 'utf8'));
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
