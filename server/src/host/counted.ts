import ignore, { type Ignore } from 'ignore';
import { escapeGlob, globMatcher } from '../core/glob.ts';
import { basename, dirname, isAbsolute, isWithin } from '../core/path.ts';
import type { Selection } from './host.ts';

/** Where the ignore files of a folder come from. */
export interface IgnoreSource {
  /** The topmost folder whose ignore file counts: the root of the repository. */
  readonly root: string;
  /** The text of the .gitignore in a folder. Asked once for each, and at once, between two entries of a walk. */
  read(folder: string): string | undefined;
}

/** Never entered, whatever the ignore files say. */
const NEVER: readonly string[] = ['.git', 'node_modules'];

/** Tells by names alone which files of a folder count. */
export class Counted {
  readonly #folder: string;
  readonly #selection: Selection;
  readonly #source: IgnoreSource;
  readonly #excluded: (path: string) => boolean;
  #ignores: IgnoreFiles;
  readonly #skipped = new Map<string, boolean>();

  constructor(folder: string, selection: Selection, source: IgnoreSource) {
    this.#folder = folder;
    this.#selection = selection;
    this.#source = source;
    this.#excluded = globMatcher(selection.exclude.map((glob) => globIn(folder, glob)));
    this.#ignores = new IgnoreFiles(folder, source);
  }

  /** Whether a path counts as a file of the folder. */
  accepts(path: string): boolean {
    if (path === this.#folder || !isWithin(path, this.#folder)) return false;
    return !this.skips(dirname(path)) && this.picks(path);
  }

  /** Whether a file counts that lies in a folder that is not skipped. */
  picks(path: string): boolean {
    return this.#selection.wants(path) && !this.#leavesOut(path, false);
  }

  /** Whether a folder below this one, or any on the way to it, is left out. */
  skips(folder: string): boolean {
    if (folder.length <= this.#folder.length) return false;
    let skipped = this.#skipped.get(folder);
    if (skipped === undefined) {
      skipped = this.skips(dirname(folder)) || NEVER.includes(basename(folder)) || this.#leavesOut(folder, true);
      this.#skipped.set(folder, skipped);
    }
    return skipped;
  }

  /** Lets go of what was found out about each path. */
  forget(): void {
    this.#skipped.clear();
    this.#ignores = new IgnoreFiles(this.#folder, this.#source);
  }

  #leavesOut(path: string, isFolder: boolean): boolean {
    return this.#excluded(path) || this.#ignores.ignores(path, isFolder);
  }
}

/** A glob as it is matched against whole paths. `./old/` means what `old` means: that folder with all in it. */
function globIn(folder: string, glob: string): string {
  const plain = glob.replace(/^(\.\/)+/, '').replace(/(?<!\/)\/+$/, '');
  return isAbsolute(plain) ? plain : `${escapeGlob(folder)}/${plain}`;
}

/** How many stars a line of an ignore file may have. With many of them it takes ages to tell that a name does not match. */
const MOST_STARS = 4;

function isQuick(line: string): boolean {
  return line.length < 1000 && (line.match(/\*+/g)?.length ?? 0) <= MOST_STARS;
}

/** The .gitignore files that count in a folder: its own, nested ones, and those above it up to the repository's root. */
class IgnoreFiles {
  #root: string;
  readonly #source: IgnoreSource;
  /** By folder, the ignore files that count in it, the nearest first. */
  readonly #files = new Map<string, readonly IgnoreFile[]>();

  constructor(folder: string, source: IgnoreSource) {
    this.#root = source.root;
    this.#source = source;
    // Whoever opens an ignored folder wants to see what is in it.
    if (!this.#isIgnoredItself(folder)) return;
    this.#root = folder;
    this.#files.clear();
  }

  /** Takes for granted that no folder on the way to the path is ignored. The nearest file that says something wins. */
  ignores(path: string, isFolder: boolean): boolean {
    if (path === this.#root) return false;
    for (const { folder, rules } of this.#filesFor(dirname(path))) {
      const { ignored, unignored } = rules.test(path.slice(folder.length + 1) + (isFolder ? '/' : ''));
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  #isIgnoredItself(folder: string): boolean {
    for (let at = folder; at !== this.#root && at !== ''; at = dirname(at)) {
      if (this.ignores(at, true)) return true;
    }
    return false;
  }

  #filesFor(folder: string): readonly IgnoreFile[] {
    const known = this.#files.get(folder);
    if (known) return known;
    const above = folder === this.#root || folder === '' ? [] : this.#filesFor(dirname(folder));
    const text = this.#source.read(folder);
    const files =
      text === undefined ? above : [{ folder, rules: ignore().add(text.split(/\r?\n/).filter(isQuick)) }, ...above];
    this.#files.set(folder, files);
    return files;
  }
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}
