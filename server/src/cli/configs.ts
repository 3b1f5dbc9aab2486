import { existsSync } from 'node:fs';
import { Configuration, isConfig } from '../configuration/configuration.ts';
import { missing } from '../configuration/missing.ts';
import { NamedFiles } from '../configuration/namedFiles.ts';
import { isGlob } from '../core/glob.ts';
import { dirname, isWithin } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import { isReallyIn, nodeHost } from '../host/nodeHost.ts';
import { shortPath } from './places.ts';
import { UsageError } from './usageError.ts';

/** The `portolan.yaml` files that hold for a workspace, and the files that they name. */
export class Configs {
  readonly configuration = new Configuration(nodeHost);
  readonly #cwd: string;
  readonly #named: NamedFiles;

  /** @param readFile as {@link Host.readFile} */
  constructor(cwd: string, readFile: (path: string) => Promise<string | undefined>, allowsRemote: boolean) {
    const host = { ...nodeHost, readFile };
    this.#cwd = cwd;
    this.#named = new NamedFiles(host, this.configuration, 'allow it with --allow-remote');
    this.#named.isAllowed = allowsRemote;
  }

  /** The text of a file, wherever it lies; `undefined` when there is none to be had. */
  read(path: string): Promise<string | undefined> {
    return this.#named.read(path);
  }

  /** Kept when it is known of all files that were read whether there are others by now. */
  settled(): Promise<void> {
    return this.#named.settled();
  }

  /**
   * Takes the configs among files, with what they extend.
   * @throws {UsageError} when one of them is wrong
   */
  async take(paths: readonly string[]): Promise<void> {
    for (const path of paths) if (isConfig(path) && !this.configuration.file(path)) await this.#takeConfig(path);
  }

  async #takeConfig(path: string): Promise<void> {
    const { configuration } = this;
    // What it says comes from the folder in which it lies, wherever a link may lead.
    const text = isReallyIn(dirname(path), path) ? await nodeHost.readFile(path) : undefined;
    if (text === undefined) {
      const name = shortPath(path, this.#cwd);
      throw new UsageError(`${name} cannot be read; make it a text file that you may read, and no link.`);
    }
    configuration.put(path, text);
    const { problems, spans } = configuration.file(path)!;
    for (const { span, message } of problems.slice(0, 1)) this.#fail(path, span, message);
    await this.#takeExtended();
    for (const { at, message } of configuration.troubles(path).slice(0, 1)) this.#fail(path, spans.get(at), message);
  }

  /** Reads the files of settings that others extend, and what these extend in turn. */
  async #takeExtended(): Promise<void> {
    const { configuration } = this;
    for (let paths = configuration.unread(); paths.length > 0; paths = configuration.unread()) {
      for (const path of paths) configuration.putExtended(path, await this.read(path));
    }
  }

  /**
   * What is wrong with registries that are named, in sentences. Of a config above the roots a glob may mean files that
   * are not read.
   */
  missing(known: Parameters<typeof missing>[1], roots: readonly string[]): string[] {
    return this.configuration.named.flatMap((entry) => {
      const { config, pattern, at } = entry;
      const isKnown = !isGlob(pattern.path) || roots.some((root) => isWithin(pattern.folder ?? '', root));
      const message = config !== undefined && isKnown ? missing(entry, known) : undefined;
      if (!message) return [];
      return [`${this.#placeIn(config!, this.configuration.file(config!)!.spans.get(at))}: ${message}`];
    });
  }

  #fail(config: string, span: Span | undefined, message: string): never {
    throw new UsageError(`${this.#placeIn(config, span)}: ${message}`);
  }

  /** A place in a config, as people read it; its beginning where that is not known. */
  #placeIn(config: string, span: Span | undefined): string {
    const { line, column } = this.configuration.file(config)!.lines.position(span?.start ?? 0);
    return `${shortPath(config, this.#cwd)}:${line + 1}:${column + 1}`;
  }
}

/** The configs that hold for a folder: its own, and within a repository those above it. */
export function configsFor(root: string): string[] {
  const above: string[] = [];
  for (let folder = root; folder !== ''; folder = dirname(folder)) {
    if (existsSync(`${folder}/portolan.yaml`)) above.push(`${folder}/portolan.yaml`);
    if (existsSync(`${folder}/.git`)) return above;
  }
  return above.filter((path) => dirname(path) === root);
}
