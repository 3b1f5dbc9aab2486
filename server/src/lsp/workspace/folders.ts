import { type Configuration, isConfig, type NamedRegistry } from '../../configuration/configuration.ts';
import { NamedFiles } from '../../configuration/namedFiles.ts';
import { wants } from '../../core/analyze.ts';
import { escapeGlob, isGlob, plainPath } from '../../core/glob.ts';
import { basename, dirname, isWithin } from '../../core/path.ts';
import type { Folder, Host } from '../../host/host.ts';
import { schemeOf } from '../toLsp.ts';

/** The folders of the workspace, and which files count in them. */
export class Folders {
  readonly #host: Host;
  readonly #configuration: Configuration;
  readonly #folders = new Map<string, Folder>();
  /** What lies in none of the folders, or is shared with others, and is read because settings name it. */
  #outside: ReadonlySet<string> = new Set();
  #trusted = true;
  readonly #named: NamedFiles;

  /** @param heard called when something else is to be told of what settings name than before */
  constructor(host: Host, configuration: Configuration, heard: () => void) {
    this.#host = host;
    this.#configuration = configuration;
    const howToAllow = 'set `portolan.remote.enabled` to true in your own settings';
    this.#named = new NamedFiles(host, configuration, howToAllow, heard);
  }

  /**
   * Takes whether the user lets files be read from other machines.
   * @returns those that are to be read now, or no longer
   */
  allowRemote(isAllowed: boolean): string[] {
    if (this.#named.isAllowed === isAllowed) return [];
    this.#named.isAllowed = isAllowed;
    return [...this.#outside].filter((path) => this.#named.isRemote(path));
  }

  /**
   * Takes the paths of all folders.
   * @returns those that are new
   */
  set(paths: readonly string[]): string[] {
    for (const path of this.paths()) if (!paths.includes(path)) this.#folders.delete(path);
    const added = paths.filter((path) => !this.#folders.has(path));
    for (const path of added) this.#open(path);
    this.#lookOutside();
    return added;
  }

  /** Whether the user trusts what the workspace says. Without trust nothing outside of the folders is read. */
  set trusted(trusted: boolean) {
    this.#trusted = trusted;
    this.#configuration.trusted = trusted;
    this.#lookOutside();
  }

  /** Whether a file that settings name is to be read, or told to be missing. Without trust some are left alone. */
  mayRead(path: string): boolean {
    return this.#trusted || this.holds(path);
  }

  /** What lies outside of all folders and is read because somebody names it. */
  get outside(): ReadonlySet<string> {
    return this.#outside;
  }

  paths(): string[] {
    return [...this.#folders.keys()];
  }

  /** Whether all files that an entry of `registries` may mean are read when the folders are. */
  covers({ pattern }: NamedRegistry): boolean {
    const isAtHand = isGlob(pattern.path) || this.#isInside(plainPath(pattern.path));
    return this.#trusted || (isAtHand && !pattern.isShared);
  }

  /** What to watch for registries, as globs: all that somebody names and that may be read. */
  watched(): string[] {
    const paths = new Set(this.#configuration.named.map(({ pattern }) => pattern.path));
    const isHere = (path: string) => !this.#named.isRemote(path) && (this.#outside.has(path) || this.#isInside(path));
    const named = [...paths].filter((path) => isHere(plainPath(path)));
    // A package may be installed any time, and nearer than the one that there is.
    const candidates = [...this.#configuration.candidates].filter((path) => this.#isInside(path)).map(escapeGlob);
    const extended = [...this.#configuration.extended].filter(isHere).map(escapeGlob);
    // Not all clients know of escapes: only where they are needed.
    const short = (glob: string) => (isGlob(plainPath(glob)) ? glob : plainPath(glob));
    return [...new Set([...named, ...candidates, ...extended].map(short))].sort();
  }

  /** Forgets which files are ignored and excluded, after either has changed. */
  refresh(): void {
    for (const path of this.paths()) this.#open(path);
    this.#lookOutside();
  }

  /** The files in some of the folders, and why a folder was not walked. */
  async files(paths: readonly string[]): Promise<{ files: Set<string>; refused: string[] }> {
    const folders = paths.flatMap((path) => this.#folders.get(path) ?? []);
    const files = await Promise.all(folders.map((folder) => folder.files()));
    const refused = folders.filter((folder) => folder.refused !== undefined);
    return {
      files: new Set(files.flat()),
      refused: refused.map(({ path, refused: why }) => `The folder ${path} is not read: ${why}.`),
    };
  }

  /** The folder of the workspace in which a file lies, when what is around the file can be told without a walk. */
  listing(path: string): Folder | undefined {
    return [...this.#folders.values()].find((folder) => folder.entries && folder.accepts(path));
  }

  /** Whether a path is that of a file which decides what is ignored; none does in a folder that is left out itself. */
  isIgnoreFile(path: string): boolean {
    if (basename(path) !== '.gitignore') return false;
    return [...this.#folders.values()].some((folder) => !folder.skips(dirname(path)));
  }

  /** Whether a path counts as a file of a folder, told by its name alone. */
  holds(path: string): boolean {
    return this.#outside.has(path) || this.#holder(path) !== undefined;
  }

  /** Whether a path counts when the user has it open: a file of a folder, or one that lies in none. */
  welcomes(path: string): boolean {
    if (this.holds(path)) return true;
    if (!this.wants(path) || this.#isInside(path)) return false;
    // `git:` and the like show other states of a file that is there already.
    return ['file', 'untitled', ...this.paths().map(schemeOf)].includes(schemeOf(path));
  }

  /** Whether a file is read at all, told by its name and by what is set. */
  wants(path: string): boolean {
    return wants(path) || isConfig(path) || this.#configuration.names(path) || this.#configuration.isExtended(path);
  }

  /** The text of a file of a folder, or of a registry outside. */
  async read(path: string): Promise<string | undefined> {
    if (!this.#outside.has(path)) return this.#holder(path)?.readFile(path);
    return this.#named.read(path);
  }

  /** The folder of which a path counts as a file. */
  #holder(path: string): Folder | undefined {
    for (const folder of this.#folders.values()) {
      if (!folder.accepts(path)) continue;
      const isOfSettings = isConfig(path) || this.#configuration.isExtended(path);
      return isOfSettings || this.#configuration.includes(path) ? folder : undefined;
    }
    return undefined;
  }

  #open(path: string): void {
    const { exclude } = this.#configuration.of(`${path}/`);
    const selection = { wants: (file: string) => this.wants(file), exclude, alone: !this.#trusted };
    this.#folders.set(path, this.#host.folder(path, selection));
  }

  #isInside(path: string): boolean {
    return this.paths().some((folder) => isWithin(path, folder));
  }

  #lookOutside(): void {
    this.#outside = new Set(this.#trusted ? this.#configuration.outside(this.paths()) : []);
  }
}
