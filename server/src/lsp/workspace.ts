import { DiagnosticSeverity, type PublishDiagnosticsParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { check, read, wants } from '../core/analyze.ts';
import type { FileFacts } from '../core/facts.ts';
import { Index } from '../core/model/index.ts';
import { basename, dirname, isWithin } from '../core/path.ts';
import { readers } from '../core/readers/index.ts';
import type { Finding } from '../core/rule.ts';
import type { LineMap } from '../core/text.ts';
import type { Folder, Host } from '../host.ts';
import { mattersToOthers } from './change.ts';
import { Configuration, isConfig } from './configuration.ts';
import { Publisher } from './publisher.ts';
import { pathOf, problemToDiagnostic, schemeOf, type Texts, toDiagnostic, uriOf } from './toLsp.ts';

/** What the workspace tells the editor, unasked. */
export interface Editor {
  publish(params: PublishDiagnosticsParams): void;
  log(message: string): void;
  /** The files of the workspace are being read until the promise is kept. */
  indexing(reading: Promise<void>): void;
  /** For the moment everything has been read and checked. */
  settled(): void;
}

/** The workspace in numbers. */
export interface Status {
  /** Not all files have been read yet. */
  readonly busy: boolean;
  readonly registries: number;
  readonly claims: number;
  readonly uses: number;
  readonly errors: number;
  readonly warnings: number;
}

/** How long other work may keep an edit or a request waiting, in milliseconds. */
const SLICE = 10;
/** A document that takes longer to read than a slice is not read at every keystroke; it never waits longer than this. */
const LONGEST_DELAY = 100;
/** How many files are read from disk at a time. */
const BATCH = 32;

/**
 * The one thing that changes over time: the open documents over the files on disk, the index of what they say, and the
 * diagnostics that the editor was last told. An edited document is read and checked at once; all other work waits in
 * sets and is done in short slices, in this order: folders to walk, files to read, files to check.
 */
export class Workspace implements Texts {
  readonly #index = new Index();
  readonly #configuration = new Configuration();
  readonly #host: Host;
  readonly #editor: Editor;
  readonly #publisher: Publisher;
  readonly #documents = new Map<string, TextDocument>();
  /** How long the last reading of each open document took. */
  readonly #cost = new Map<string, number>();
  /** Documents that have changed and are not read yet. */
  readonly #late = new Map<string, NodeJS.Timeout>();
  readonly #folders = new Map<string, Folder>();
  readonly #unwalked = new Set<string>();
  readonly #unread = new Set<string>();
  readonly #unchecked = new Set<string>();
  #allUnchecked = false;
  /** Before the registries have been read, every port would look unregistered. */
  #silent = true;
  #nowInformed = () => {};
  readonly #informed = new Promise<void>((resolve) => (this.#nowInformed = resolve));
  #begin: (() => void) | undefined;
  /** Work that is going on, or has to wait until the folders are known. */
  #work: Promise<void> | undefined = new Promise((resolve) => (this.#begin = resolve));
  #sliceEnd = 0;

  constructor(host: Host, editor: Editor) {
    this.#host = host;
    this.#editor = editor;
    this.#publisher = new Publisher((params) => editor.publish(params));
  }

  // What can be asked.

  lines(path: string): LineMap | undefined {
    return this.#index.file(path)?.lines;
  }

  uri(path: string): string {
    return this.#documents.get(path)?.uri ?? uriOf(path);
  }

  version(path: string): number | undefined {
    return this.#documents.get(path)?.version;
  }

  /** The findings of a file as of now, unsaved text included. */
  findings(path: string): readonly Finding[] {
    this.#catchUp();
    return this.#findings(path);
  }

  /** The facts of a file as of now, in the index of all facts with the settings for that file. */
  look(path: string): { file: FileFacts; index: Index } | undefined {
    this.#catchUp();
    const file = this.#index.file(path);
    return file && { file, index: this.#indexFor(path) };
  }

  /** The files that the editor knows findings of. */
  troubled(): string[] {
    return this.#publisher.paths().sort();
  }

  status(): Status {
    const files = [...this.#index.files()];
    return {
      busy: this.#silent || this.#unwalked.size > 0,
      registries: files.filter(({ document }) => document?.authority === 'registry').length,
      claims: files.reduce((sum, { claims }) => sum + claims.length, 0),
      uses: files.reduce((sum, { uses }) => sum + uses.length, 0),
      errors: this.#publisher.count(DiagnosticSeverity.Error),
      warnings: this.#publisher.count(DiagnosticSeverity.Warning),
    };
  }

  /** Kept when the registries have been read, so that an answer is worth something. */
  informed(): Promise<void> {
    return this.#informed;
  }

  /** Kept when nothing is left to be read or checked. */
  async settled(): Promise<void> {
    while (this.#work) await this.#work;
  }

  // What can happen.

  /** A document was opened, or its text has changed. */
  edited(document: TextDocument): void {
    const path = pathOf(document.uri);
    this.#documents.set(path, document);
    const cost = this.#cost.get(path) ?? 0;
    if (cost <= SLICE) this.#take(path);
    else if (!this.#late.has(path)) {
      this.#late.set(
        path,
        setTimeout(() => this.#catchUp(), Math.min(cost, LONGEST_DELAY)),
      );
    }
  }

  /** A document was closed: what is on disk counts again. */
  closed(document: TextDocument): void {
    const path = pathOf(document.uri);
    this.#documents.delete(path);
    this.#cost.delete(path);
    clearTimeout(this.#late.get(path));
    this.#late.delete(path);
    this.#unread.add(path);
    this.#wake();
  }

  /** Something has happened to these paths on disk. A folder that is gone or moved may come without its files. */
  changedOnDisk(paths: Iterable<string>): void {
    const folders = new Set<string>();
    for (const path of paths) {
      if (basename(path) === '.gitignore') this.#walkAgain();
      else if (isWanted(path)) this.#unread.add(path);
      else folders.add(path);
    }
    for (const path of this.#known()) if (isBelowAny(path, folders)) this.#unread.add(path);
    this.#wake();
  }

  /** Reads closed files again, in case the disk has moved on and nobody has told yet. */
  async reread(paths: readonly string[]): Promise<void> {
    await this.#load(paths);
    this.#wake();
  }

  /** All folders of the workspace. Nothing is read from disk, and nothing published, before they are first known. */
  setFolders(paths: readonly string[]): void {
    for (const path of this.#folders.keys()) if (!paths.includes(path)) this.#folders.delete(path);
    for (const path of paths) {
      if (this.#folders.has(path)) continue;
      this.#folders.set(path, this.#openFolder(path));
      this.#unwalked.add(path);
    }
    if (this.#begin) {
      this.#work = undefined;
      this.#begin();
      this.#begin = undefined;
    }
    this.#sift();
    this.#wake();
  }

  /** What the editor has set for each folder, `''` standing for everywhere. */
  setSettings(values: ReadonlyMap<string, unknown>): void {
    this.#configure(() => {
      for (const problem of this.#configuration.setEditor(values)) this.#editor.log(`Settings: ${problem}`);
    });
  }

  // How it follows.

  /** Reads a document that has changed, and publishes what is to be said of it. */
  #take(path: string): void {
    const document = this.#documents.get(path);
    if (document === undefined) return;
    const start = performance.now();
    this.#put(path, this.#accepts(path) ? document.getText() : undefined);
    this.#cost.set(path, performance.now() - start);
    this.#publish(path);
    this.#wake();
  }

  #catchUp(): void {
    for (const [path, timer] of this.#late) {
      clearTimeout(timer);
      this.#late.delete(path);
      this.#take(path);
    }
  }

  #put(path: string, text: string | undefined): void {
    this.#unchecked.add(path);
    if (isConfig(path)) {
      this.#configure(() => this.#configuration.put(path, text));
      return;
    }
    const before = this.#index.file(path);
    const after = text === undefined ? undefined : this.#guard(path, () => read(path, text));
    if (after) this.#index.put(after);
    else if (before) this.#index.delete(path);
    if (mattersToOthers(before, after)) this.#allUnchecked = true;
  }

  #configure(change: () => void): void {
    const before = this.#configuration.selection();
    change();
    if (this.#configuration.selection() !== before) this.#walkAgain();
    this.#allUnchecked = true;
    this.#wake();
  }

  #indexFor(path: string): Index {
    const settings = this.#configuration.of(path);
    if (this.#index.settings !== settings) this.#index.settings = settings;
    return this.#index;
  }

  #findings(path: string): readonly Finding[] {
    const onError = ({ id }: { id: string }, error: unknown) => this.#fault(`${path}: ${id}`, error);
    return this.#guard(path, () => check(path, this.#indexFor(path), onError)) ?? [];
  }

  #publish(path: string): void {
    if (this.#silent) return;
    this.#unchecked.delete(path);
    if (this.#late.has(path)) return; // these would be findings in an older text
    const config = this.#configuration.file(path);
    const diagnostics = config
      ? config.problems.map((problem) => problemToDiagnostic(problem, config.lines))
      : this.#findings(path).map((finding) => toDiagnostic(finding, this));
    const version = this.#accepts(path) ? this.version(path) : undefined;
    this.#publisher.publish(path, { uri: this.uri(path), diagnostics, ...(version !== undefined && { version }) });
  }

  /** Whether a path counts: a file of a folder, or one that the user has opened and that lies in none. */
  #accepts(path: string): boolean {
    const folders = [...this.#folders.values()];
    if (folders.some((folder) => folder.accepts(path))) return isConfig(path) || this.#configuration.includes(path);
    if (!this.#documents.has(path) || !isWanted(path)) return false;
    if (folders.some((folder) => isWithin(path, folder.path))) return false;
    // `git:` and the like show other states of a file that is there already.
    return ['file', 'untitled', ...folders.map((folder) => schemeOf(folder.path))].includes(schemeOf(path));
  }

  #openFolder(path: string): Folder {
    return this.#host.folder(path, { wants: isWanted, exclude: this.#configuration.of(`${path}/`).exclude });
  }

  #walkAgain(): void {
    for (const path of this.#folders.keys()) {
      this.#folders.set(path, this.#openFolder(path));
      this.#unwalked.add(path);
    }
    this.#sift();
  }

  /** Lets go of files that no longer count, and takes in documents that now do. */
  #sift(): void {
    for (const path of this.#known()) if (!this.#accepts(path)) this.#put(path, undefined);
    const isNew = (path: string) => !this.lines(path) && !this.#configuration.file(path) && this.#accepts(path);
    for (const path of this.#documents.keys()) if (isNew(path)) this.#take(path);
  }

  #known(): string[] {
    return [...[...this.#index.files()].map(({ path }) => path), ...this.#configuration.paths()];
  }

  // The work that waits.

  #wake(): void {
    this.#work ??= this.#workOff();
  }

  async #workOff(): Promise<void> {
    try {
      await giveWay();
      while (await this.#step());
    } catch (error) {
      this.#fault('The workspace could not be read', error);
    } finally {
      this.#work = undefined;
      this.#editor.settled();
    }
  }

  /** Does the most urgent of what waits; false if nothing does. */
  async #step(): Promise<boolean> {
    if (this.#unwalked.size > 0 || this.#silent) await this.#walk();
    else if (this.#unread.size > 0) await this.#load(takeAll(this.#unread));
    else if (this.#allUnchecked || this.#unchecked.size > 0) await this.#checkSome();
    else return false;
    return true;
  }

  async #walk(): Promise<void> {
    let finished = () => {};
    this.#editor.indexing(new Promise((resolve) => (finished = resolve)));
    try {
      // What is set there decides what is left out.
      await this.#load([...this.#unwalked].map((path) => `${path}/portolan.yaml`));
      await this.#readFolders(takeAll(this.#unwalked).flatMap((path) => this.#folders.get(path) ?? []));
    } finally {
      this.#speakUp();
      finished();
    }
  }

  #speakUp(): void {
    this.#silent = false;
    this.#nowInformed();
  }

  /** Registries come first, so that what is open can soon be told right from wrong. */
  async #readFolders(folders: readonly Folder[]): Promise<void> {
    for (const { path, refused } of folders) {
      if (refused !== undefined) this.#editor.log(`The folder ${path} is not read: ${refused}.`);
    }
    const found = new Set((await Promise.all(folders.map((folder) => folder.files()))).flat());
    const paths = [...found];
    await this.#load(paths.filter(isConfig));
    await this.#load(paths.filter(mayBeRegistry));
    this.#speakUp();
    for (const path of this.#documents.keys()) this.#publish(path);
    await this.#load(paths.filter((path) => !isConfig(path) && !mayBeRegistry(path)));
    const isGone = (path: string) => !found.has(path) && folders.some((folder) => isWithin(path, folder.path));
    for (const path of this.#known()) if (isGone(path)) this.#unread.add(path);
  }

  /** Reads files from disk. What is open has its text from the editor. */
  async #load(paths: readonly string[]): Promise<void> {
    for (let i = 0; i < paths.length; i += BATCH) {
      const batch = paths.slice(i, i + BATCH).filter((path) => !this.#documents.has(path));
      const texts = await Promise.all(batch.map((path) => this.#textOnDisk(path)));
      for (const [n, path] of batch.entries()) {
        // Meanwhile it may have been opened, or its folder removed.
        if (!this.#documents.has(path)) this.#put(path, this.#accepts(path) ? texts[n] : undefined);
        await this.#breathe();
      }
    }
  }

  async #textOnDisk(path: string): Promise<string | undefined> {
    const folder = [...this.#folders.values()].find((candidate) => candidate.accepts(path));
    return folder !== undefined && (await folder.contains(path)) ? this.#host.readFile(path) : undefined;
  }

  async #checkSome(): Promise<void> {
    if (this.#allUnchecked) {
      this.#allUnchecked = false;
      const all = [...this.#documents.keys(), ...this.#known(), ...this.#publisher.paths()];
      for (const path of all) this.#unchecked.add(path);
    }
    for (const path of this.#unchecked) {
      this.#publish(path);
      await this.#breathe();
      if (this.#unread.size > 0 || this.#unwalked.size > 0) return;
    }
  }

  /** Lets edits and requests in when the slice is used up. */
  async #breathe(): Promise<void> {
    if (performance.now() < this.#sliceEnd) return;
    await giveWay();
    this.#sliceEnd = performance.now() + SLICE;
  }

  /** One faulty reader or rule must not silence the rest. */
  #guard<T>(path: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#fault(path, error);
      return undefined;
    }
  }

  #fault(where: string, error: unknown): void {
    this.#editor.log(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

function isWanted(path: string): boolean {
  return wants(path) || isConfig(path);
}

function mayBeRegistry(path: string): boolean {
  return readers.find((reader) => reader.wants(path))?.kind === 'registry';
}

function isBelowAny(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  for (let at = dirname(path); at !== ''; at = dirname(at)) if (folders.has(at)) return true;
  return false;
}

function takeAll<T>(set: Set<T>): T[] {
  const all = [...set];
  set.clear();
  return all;
}

/** A timer and not `setImmediate`: messages come in one at an immediate, so a queue of them would get one a slice. */
function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
