import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';

/** A file system that lies on no disk, and in which nobody can search. */
export class MemoryFiles implements FileSystemProvider {
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #files: Map<string, string>;

  /** Takes the text of each file by its path. */
  constructor(files: Record<string, string>) {
    this.#files = new Map(Object.entries(files));
  }

  watch(): Disposable {
    return new Disposable(() => {});
  }

  stat({ path }: Uri) {
    const text = this.#files.get(path);
    if (text === undefined && this.#below(path).length === 0) throw FileSystemError.FileNotFound(path);
    const type = text === undefined ? FileType.Directory : FileType.File;
    return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
  }

  readDirectory({ path }: Uri): [string, FileType][] {
    const types = this.#below(path).map((rest): [string, FileType] => {
      const [name = ''] = rest.split('/');
      return [name, name === rest ? FileType.File : FileType.Directory];
    });
    return [...new Map(types)];
  }

  readFile({ path }: Uri): Uint8Array {
    const text = this.#files.get(path);
    if (text === undefined) throw FileSystemError.FileNotFound(path);
    return new TextEncoder().encode(text);
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    this.#files.set(uri.path, new TextDecoder().decode(content));
    this.#changed.fire([{ type: FileChangeType.Changed, uri }]);
  }

  createDirectory(): void {
    throw FileSystemError.NoPermissions();
  }

  delete(): void {
    throw FileSystemError.NoPermissions();
  }

  rename(): void {
    throw FileSystemError.NoPermissions();
  }

  /** The files below a folder, relative to it. */
  #below(folder: string): string[] {
    const head = folder.endsWith('/') ? folder : `${folder}/`;
    return [...this.#files.keys()].filter((path) => path.startsWith(head)).map((path) => path.slice(head.length));
  }
}
