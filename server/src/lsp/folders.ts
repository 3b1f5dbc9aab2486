import { type Configuration, isConfig } from '../configuration.ts';
import { wants } from '../core/analyze.ts';
import { isWithin } from '../core/path.ts';
import type { Folder, Host } from '../host.ts';
import { schemeOf } from './toLsp.ts';

/** The folders of the workspace, and which files count in them. */
export class Folders {
  readonly #host: Host;
  readonly #configuration: Configuration;
  readonly #folders = new Map<string, Folder>();

  constructor(host: Host, configuration: Configuration) {
    this.#host = host;
    this.#configuration = configuration;
  }

  /**
   * Takes the paths of all folders.
   * @returns those that are new
   */
  set(paths: readonly string[]): string[] {
    for (const path of this.paths()) if (!paths.includes(path)) this.#folders.delete(path);
    const added = paths.filter((path) => !this.#folders.has(path));
    for (const path of added) this.#open(path);
    return added;
  }

  paths(): string[] {
    return [...this.#folders.keys()];
  }

  /** Forgets which files are ignored and excluded, after either has changed. */
  refresh(): void {
    for (const path of this.paths()) this.#open(path);
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

  /** Whether a path counts as a file of a folder, told by its name alone. */
  holds(path: string): boolean {
    if (![...this.#folders.values()].some((folder) => folder.accepts(path))) return false;
    return isConfig(path) || this.#configuration.includes(path);
  }

  /** Whether a path counts when the user has it open: a file of a folder, or one that lies in none. */
  welcomes(path: string): boolean {
    if (this.holds(path)) return true;
    if (!isWanted(path) || this.paths().some((folder) => isWithin(path, folder))) return false;
    // `git:` and the like show other states of a file that is there already.
    return ['file', 'untitled', ...this.paths().map(schemeOf)].includes(schemeOf(path));
  }

  /** The text of a file of a folder. */
  async read(path: string): Promise<string | undefined> {
    if (!this.holds(path)) return undefined;
    const folder = [...this.#folders.values()].find((candidate) => candidate.accepts(path));
    return (await folder?.contains(path)) ? this.#host.readFile(path) : undefined;
  }

  #open(path: string): void {
    const { exclude } = this.#configuration.of(`${path}/`);
    this.#folders.set(path, this.#host.folder(path, { wants: isWanted, exclude }));
  }
}

/** Whether a file is read at all, told by its name alone. */
export function isWanted(path: string): boolean {
  return wants(path) || isConfig(path);
}
