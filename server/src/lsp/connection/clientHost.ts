import { basename, dirname } from '../../core/path.ts';
import { Counted } from '../../host/counted.ts';
import type { Folder, Host, Selection } from '../../host/host.ts';
import { isOfMachine, pathOf, uriOf } from '../toLsp.ts';
import { type FilesParams, filesRequest, type ReadParams, readRequest } from './clientFiles.ts';

/** Sends a request to the client. */
interface Client {
  sendRequest<R>(method: string, params: object): Promise<R>;
}

/** The files as the client sees them, for a server that has no file system. A client that serves none has none. */
export function clientHost(client: Client): Host {
  const files = new ClientFiles(client);
  /** What each folder was last known to leave out, until it is listed again. */
  const ignoreFiles = new Map<string, IgnoreTexts>();
  return {
    home: '~',
    folder: (path, selection) => new ClientFolder(path.replace(/(?<!\/)\/+$/, ''), selection, files, ignoreFiles),
    readFile: (path) => files.read({ file: uriOf(path) }),
  };
}

/** This machine's own files as `machine` sees them, and all others as the client does. */
export function withClient(machine: Host, client: Client): Host {
  const elsewhere = clientHost(client);
  const hostOf = (path: string) => (isOfMachine(path) ? machine : elsewhere);
  return {
    ...machine,
    folder: (path, selection) => hostOf(path).folder(path, selection),
    readFile: (path) => hostOf(path).readFile(path),
  };
}

/** The texts of .gitignore files by folder. */
type IgnoreTexts = ReadonlyMap<string, string | undefined>;

class ClientFiles {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async list(params: FilesParams): Promise<string[]> {
    const uris = await this.#client.sendRequest<string[]>(filesRequest, params).catch(() => []);
    return uris.map(pathOf);
  }

  async read(params: ReadParams): Promise<string | undefined> {
    const text = await this.#client.sendRequest<string | null>(readRequest, params).catch(() => null);
    return text ?? undefined;
  }
}

class ClientFolder implements Folder {
  readonly path: string;
  readonly #selection: Selection;
  readonly #files: ClientFiles;
  readonly #ignoreFiles: Map<string, IgnoreTexts>;
  #counted: Counted;

  constructor(path: string, selection: Selection, files: ClientFiles, ignoreFiles: Map<string, IgnoreTexts>) {
    this.path = path;
    this.#selection = selection;
    this.#files = files;
    this.#ignoreFiles = ignoreFiles;
    this.#counted = this.#count();
  }

  async files(): Promise<string[]> {
    const paths = await this.#files.list({ folder: uriOf(this.path) });
    const ignoring = paths.filter((path) => basename(path) === '.gitignore');
    const texts = await Promise.all(ignoring.map((path) => this.readFile(path)));
    this.#ignoreFiles.set(this.path, new Map(ignoring.map((path, n) => [dirname(path), texts[n]])));
    this.#counted = this.#count();
    return paths.filter((path) => this.accepts(path)).sort();
  }

  accepts(path: string): boolean {
    return this.#counted.accepts(path);
  }

  skips(path: string): boolean {
    return this.#counted.skips(path);
  }

  readFile(path: string): Promise<string | undefined> {
    return this.#files.read({ file: uriOf(path), folder: uriOf(this.path) });
  }

  /** What lies above a folder that was opened is out of reach, ignore files included. */
  #count(): Counted {
    const texts = this.#ignoreFiles.get(this.path);
    return new Counted(this.path, this.#selection, { root: this.path, read: (folder) => texts?.get(folder) });
  }
}
