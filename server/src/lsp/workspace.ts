import { DiagnosticSeverity, type PublishDiagnosticsParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isConfig, type NamedRegistry } from '../configuration.ts';
import type { FileFacts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import type { Index } from '../core/model/index.ts';
import { basename, dirname, isWithin } from '../core/path.ts';
import { readers } from '../core/readers/index.ts';
import type { Trial } from '../core/relocation.ts';
import type { LineMap } from '../core/text.ts';
import type { Host } from '../host.ts';
import { Folders } from './folders.ts';
import { Indexing } from './indexing.ts';
import { Knowledge } from './knowledge.ts';
import { Publisher } from './publisher.ts';
import { pause, SHORT_SLICE, Slices } from './slices.ts';
import { pathOf, type Texts, uriOf } from './toLsp.ts';

/** What the workspace tells the editor, unasked. */
export interface Editor {
  publish(params: PublishDiagnosticsParams): void;
  log(message: string): void;
  /** The files of the workspace are being read. */
  indexing(reading: Indexing): void;
  /** For the moment everything has been read and checked. */
  settled(): void;
}

/** The workspace in numbers. */
export interface Status {
  /** Not all files have been read yet. */
  readonly busy: boolean;
  /** How many files have been read of how many, while they are. */
  readonly reading?: { readonly read: number; readonly total: number };
  /** Somebody has stopped the reading, so that some files are unknown. */
  readonly isPartial: boolean;
  readonly registries: number;
  readonly claims: number;
  readonly uses: number;
  readonly errors: number;
  readonly warnings: number;
}

/** A document that takes longer to read is not read at every keystroke. It waits as long again, but not for ever. */
const SLOW = 30;
const LONGEST_DELAY = 100;
/** How long nobody must have typed before files are checked that are not open. */
const QUIET = 100;
/** How many files are read from disk at a time. */
const BATCH = 32;

/**
 * The one thing that changes over time: the open documents over the files on disk, what is known of them, and what the
 * editor was last told. An edited document is read and checked at once; all other work waits in sets and is done in
 * short slices, in this order: folders to walk, files to read, files to check.
 */
export class Workspace implements Texts {
  readonly #editor: Editor;
  readonly #knowledge: Knowledge;
  readonly #folders: Folders;
  readonly #publisher: Publisher;
  readonly #slices = new Slices();
  readonly #documents = new Map<string, TextDocument>();
  /** How long the last reading of each open document took. */
  readonly #cost = new Map<string, number>();
  /** Documents that have changed and are not read yet. */
  readonly #late = new Map<string, ReturnType<typeof setTimeout>>();
  #lastEdit = 0;
  readonly #unwalked = new Set<string>();
  /** The folders of which only some files were read. */
  readonly #unfinished = new Set<string>();
  #indexing: Indexing | undefined;
  readonly #unread = new Set<string>();
  readonly #unchecked = new Set<string>();
  /** Findings of files may have changed since the files to check were last listed. */
  #isStale = false;
  #revision = 0;
  /** Before the registries have been read, every port would look unregistered. */
  #silent = true;
  #nowInformed = () => {};
  readonly #informed = new Promise<void>((resolve) => (this.#nowInformed = resolve));
  #begin: (() => void) | undefined;
  /** Work that is going on, or has to wait until the folders are known. */
  #work: Promise<void> | undefined = new Promise((resolve) => (this.#begin = resolve));

  constructor(host: Host, editor: Editor) {
    this.#editor = editor;
    this.#knowledge = new Knowledge(host.home, (message) => editor.log(message));
    this.#folders = new Folders(host, this.#knowledge.configuration);
    this.#publisher = new Publisher((params) => editor.publish(params));
  }

  // What can be asked.

  lines(path: string): LineMap | undefined {
    return this.#knowledge.lines(path);
  }

  uri(path: string): string {
    return this.#documents.get(path)?.uri ?? uriOf(path);
  }

  version(path: string): number | undefined {
    return this.#documents.get(path)?.version;
  }

  /** The facts of all files as of now, with the settings that were last asked for. */
  get index(): Index {
    this.#catchUp();
    return this.#knowledge.index;
  }

  /** A document that is open, with its text as of now. */
  document(path: string): TextDocument | undefined {
    return this.#documents.get(path);
  }

  /** The text of a file as of now, as the editor shows it, or from disk. */
  async readText(path: string): Promise<string | undefined> {
    return this.document(path)?.getText() ?? this.#folders.read(path);
  }

  /** The nearest `portolan.yaml` above a file, or the one to make in its folder of the workspace. */
  configFor(path: string): string | undefined {
    const known = this.#knowledge.configuration.paths().filter((config) => isWithin(path, dirname(config)));
    const own = this.#folders.paths().filter((folder) => isWithin(path, folder));
    return longest(known) ?? longest(own.map((folder) => `${folder}/portolan.yaml`));
  }

  /** The findings of a file as of now, unsaved text included. */
  findings(path: string): readonly Finding[] {
    this.#catchUp();
    return this.#knowledge.findings(path);
  }

  /** The facts of a file as of now, and the index of all facts with the settings for that file. */
  look(path: string): { file: FileFacts; index: Index } | undefined {
    this.#catchUp();
    return this.#knowledge.look(path);
  }

  /**
   * What is needed to try out changes of files, as of now.
   * @param path the file whose settings count
   * @param closed the texts of files that are not open
   */
  trial(path: string, closed: ReadonlyMap<string, string>): Trial {
    this.#catchUp();
    const text = (other: string) => this.#documents.get(other)?.getText() ?? closed.get(other);
    return { ...this.#knowledge.trial(path), text };
  }

  /** Whether a file lies outside of the workspace, and counts because the settings name it. */
  isOutside(path: string): boolean {
    return this.#folders.outside.has(path);
  }

  /** The index of all facts with the settings for a file or folder (with a slash at its end). */
  indexFor(path: string): Index {
    this.#catchUp();
    return this.#knowledge.indexFor(path);
  }

  /** The files that the editor knows findings of. */
  troubled(): string[] {
    return this.#publisher.paths().sort();
  }

  status(): Status {
    const files = this.#knowledge.files();
    return {
      busy: this.#silent || this.#indexing !== undefined || this.#unwalked.size > 0,
      ...(this.#indexing && { reading: { read: this.#indexing.read, total: this.#indexing.total } }),
      isPartial: this.#unfinished.size > 0,
      registries: files.filter(({ document }) => document?.authority === 'registry').length,
      claims: files.reduce((sum, { claims }) => sum + claims.length, 0),
      uses: files.reduce((sum, { uses }) => sum + uses.length, 0),
      errors: this.#publisher.count(DiagnosticSeverity.Error),
      warnings: this.#publisher.count(DiagnosticSeverity.Warning),
    };
  }

  /** The documents with claims, whatever the settings make of them. */
  documents(): string[] {
    return this.#knowledge.documents();
  }

  /** Another number after each change of what is known, other than in the findings of a file alone. */
  get revision(): number {
    return this.#revision;
  }

  /** What the editor should watch for registries that somebody names, as globs. */
  watched(): string[] {
    return this.#folders.watched();
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
    this.#lastEdit = performance.now();
    const cost = this.#cost.get(path) ?? 0;
    if (cost <= SLOW) this.#take(path);
    else if (!this.#late.has(path)) {
      const timer = setTimeout(() => this.#catchUp(), Math.min(cost, LONGEST_DELAY));
      this.#late.set(path, timer);
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
      else if (this.#folders.wants(path) || this.#folders.holds(path)) this.#unread.add(path);
      else folders.add(path);
      // Not every client can watch what lies outside.
      if (isConfig(path)) for (const outside of this.#folders.outside) this.#unread.add(outside);
    }
    for (const path of this.#knowledge.paths()) if (isBelowAny(path, folders)) this.#unread.add(path);
    this.#wake();
  }

  /** Reads closed files again, in case the disk has moved on and nobody has told yet. Gives their texts. */
  async reread(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const texts = await this.#load(paths);
    this.#wake();
    return texts;
  }

  /** All folders of the workspace. Nothing is read from disk, and nothing published, before they are first known. */
  setFolders(paths: readonly string[]): void {
    for (const path of this.#folders.set(paths)) this.#unwalked.add(path);
    this.#sift();
    if (this.#begin) {
      this.#work = undefined;
      this.#begin();
      this.#begin = undefined;
    }
    this.#wake();
  }

  /** What the editor has set for each folder, `''` standing for everywhere. */
  setSettings(values: ReadonlyMap<string, unknown>): void {
    this.#heedSelection(() => {
      const problems = this.#knowledge.configuration.setEditor(values);
      for (const problem of problems) this.#editor.log(`Settings: ${problem}`);
    });
    this.#knowledge.forgetFindings();
    this.#isStale = true;
    this.#revision++;
    this.#wake();
  }

  /** Whether the user trusts what the workspace says, so that files outside of its folders may be read. */
  setTrust(trusted: boolean): void {
    this.#folders.trusted = trusted;
    this.#walkAgain();
    this.#wake();
  }

  /** Leaves unread what has not been read yet. */
  stopReading(): void {
    this.#indexing?.stop();
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
    const put = () => {
      if (!this.#knowledge.put(path, text, this.#folders.outside.has(path))) return;
      this.#revision++;
      this.#isStale = true;
    };
    if (isConfig(path)) this.#heedSelection(put);
    else put();
  }

  /** Makes a change of the settings and walks again if other files count after it. */
  #heedSelection(change: () => void): void {
    const before = this.#knowledge.configuration.selection();
    change();
    if (this.#knowledge.configuration.selection() === before) return;
    this.#walkAgain();
    // A document that is named is read in another way.
    for (const path of this.#documents.keys()) if (!isConfig(path) && this.lines(path)) this.#take(path);
  }

  #publish(path: string): void {
    if (this.#silent) return;
    this.#unchecked.delete(path);
    if (this.#late.has(path)) return; // these would be findings in an older text
    const version = this.#accepts(path) ? this.version(path) : undefined;
    const diagnostics = this.#knowledge.diagnostics(path, this, (entry) => this.#isSure(entry));
    this.#publisher.publish(path, { uri: this.uri(path), diagnostics, ...(version !== undefined && { version }) });
  }

  #isSure(entry: NamedRegistry): boolean {
    const isAllRead = this.#unwalked.size + this.#unread.size + this.#unfinished.size === 0;
    return isAllRead && this.#folders.covers(entry);
  }

  #accepts(path: string): boolean {
    return this.#documents.has(path) ? this.#folders.welcomes(path) : this.#folders.holds(path);
  }

  #walkAgain(): void {
    this.#folders.refresh();
    for (const path of this.#folders.paths()) this.#unwalked.add(path);
    this.#sift();
  }

  /** Lets go of files that no longer count, and takes in documents that now do. */
  #sift(): void {
    for (const path of this.#knowledge.paths()) if (!this.#accepts(path)) this.#put(path, undefined);
    for (const path of this.#documents.keys()) if (!this.lines(path) && this.#accepts(path)) this.#take(path);
  }

  // The work that waits.

  #wake(): void {
    this.#work ??= this.#workOff();
  }

  async #workOff(): Promise<void> {
    try {
      await pause();
      while (await this.#step());
    } catch (error) {
      this.#editor.log(`The workspace could not be read: ${error}`);
    } finally {
      this.#work = undefined;
      this.#knowledge.tellLost((entry) => this.#isSure(entry));
      this.#editor.settled();
    }
  }

  /** Does the most urgent of what waits; false if nothing does. */
  async #step(): Promise<boolean> {
    if (this.#unwalked.size > 0 || this.#silent) await this.#walk();
    else if (this.#unread.size > 0) await this.#load(takeAll(this.#unread));
    else if (this.#isStale || this.#unchecked.size > 0) await this.#checkSome();
    else return false;
    return true;
  }

  async #walk(): Promise<void> {
    const indexing = new Indexing();
    this.#indexing = indexing;
    this.#editor.indexing(indexing);
    try {
      // What is set there decides what is left out.
      await this.#load([...this.#unwalked].map((path) => `${path}/portolan.yaml`));
      const folders = takeAll(this.#unwalked);
      await this.#readFolders(folders, indexing);
      this.#noteFinished(folders, indexing);
    } finally {
      this.#speakUp();
      this.#indexing = undefined;
      indexing.finish();
    }
  }

  #noteFinished(folders: readonly string[], { isStopped, read, total }: Indexing): void {
    const wasPartial = this.#unfinished.size > 0;
    for (const folder of folders) {
      if (isStopped) this.#unfinished.add(folder);
      else this.#unfinished.delete(folder);
    }
    if (isStopped || wasPartial) {
      this.#knowledge.isPartial = this.#unfinished.size > 0;
      this.#isStale = true;
    }
    if (!isStopped) return;
    const rest = total === 0 ? 'no file was' : `${read} of ${total} files were`;
    this.#editor.log(
      `Reading was stopped when ${rest} read. Findings that rest on all files are left out until the server is restarted.`,
    );
  }

  /** Registries come first, so that what is open can soon be told right from wrong. */
  async #readFolders(folders: readonly string[], indexing: Indexing): Promise<void> {
    const listed = await indexing.unlessStopped(this.#folders.files(folders));
    if (!listed) return;
    const { files, refused } = listed;
    for (const reason of refused) this.#editor.log(reason);
    this.#sift(); // only now it may be known what is ignored
    const paths = [...files, ...this.#folders.outside];
    indexing.listed(paths.length);
    await this.#load(paths.filter(isConfig), indexing);
    const { configuration } = this.#knowledge;
    const mayBeRegistry = (path: string) => isOfRegistries(path) || configuration.names(path);
    await this.#load(paths.filter(mayBeRegistry), indexing);
    this.#speakUp();
    for (const path of this.#documents.keys()) this.#publish(path);
    await this.#load(
      paths.filter((path) => !isConfig(path) && !mayBeRegistry(path)),
      indexing,
    );
    if (indexing.isStopped) return;
    const isGone = (path: string) => !files.has(path) && folders.some((folder) => isWithin(path, folder));
    for (const path of this.#knowledge.paths()) if (isGone(path)) this.#unread.add(path);
  }

  #speakUp(): void {
    this.#silent = false;
    this.#nowInformed();
  }

  /** Reads files from disk. What is open has its text from the editor. */
  async #load(paths: readonly string[], indexing?: Indexing): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (let i = 0; i < paths.length && !indexing?.isStopped; i += BATCH) {
      const batch = paths.slice(i, i + BATCH).filter((path) => !this.#documents.has(path));
      const reading = Promise.all(batch.map((path) => this.#folders.read(path)));
      const texts = indexing ? await indexing.unlessStopped(reading) : await reading;
      if (!texts) return found;
      for (const [n, path] of batch.entries()) {
        // Meanwhile it may have been opened, or its folder removed.
        const text = this.#folders.holds(path) ? texts[n] : undefined;
        if (!this.#documents.has(path)) this.#put(path, text);
        if (text !== undefined) found.set(path, text);
        await this.#slices.breathe();
      }
      indexing?.advance(Math.min(BATCH, paths.length - i));
    }
    return found;
  }

  /** Checks files: those that are open at once, the others when nobody types. */
  async #checkSome(): Promise<void> {
    this.#listUnchecked();
    const slices = new Slices(SHORT_SLICE);
    const open = [...this.#unchecked].filter((path) => this.#documents.has(path));
    const isQuiet = performance.now() - this.#lastEdit >= QUIET;
    if (open.length === 0 && !isQuiet) await pause(QUIET / 10);
    for (const path of isQuiet ? [...open, ...this.#unchecked] : open) {
      if (this.#unchecked.has(path)) this.#publish(path);
      await slices.breathe();
      if (this.#unread.size > 0 || this.#unwalked.size > 0 || this.#isStale) return;
    }
  }

  #listUnchecked(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    for (const path of this.#knowledge.takeStale()) this.#unchecked.add(path);
  }
}

function longest(paths: readonly string[]): string | undefined {
  return paths.toSorted((a, b) => b.length - a.length)[0];
}

function isOfRegistries(path: string): boolean {
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
