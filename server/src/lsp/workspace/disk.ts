import { isConfig } from '../../configuration/configuration.ts';
import { isGlob, plainPath } from '../../core/glob.ts';
import { filesBehind } from '../../core/model/services/fleet.ts';
import { layersBefore } from '../../core/model/services/layers.ts';
import { dirname, isWithin } from '../../core/path.ts';
import { readers } from '../../core/readers/index.ts';
import type { Folders } from './folders.ts';
import { Indexing } from './indexing.ts';
import type { Knowledge } from './knowledge.ts';
import { near } from './near.ts';
import { ALONE, BEHIND, Slices } from './slices.ts';
import type { Stamps } from './stamps.ts';

/** How many files are read from disk at a time. */
const BATCH = 32;

/** Takes what is read, and says what has to be known to read it. */
export interface Receiver {
  /** Whether the text of a file comes from the editor. */
  isOpen(path: string): boolean;
  /** The open documents. */
  open(): readonly string[];
  /** Nobody is typing, or asking. */
  isCalm(): boolean;
  /** All has been read that decides over the findings of one document. */
  informOf(path: string): void;
  /** Takes the text of a file; `undefined` when it is gone. */
  put(path: string, text: string | undefined): void;
  /** Lets go of files that no longer count, and takes in documents that now do. */
  sift(): void;
  /** The registries have been read. */
  inform(): void;
  /** Findings may have changed everywhere, because now more is known, or for certain. */
  reconsider(): void;
  /** The files of the workspace are being read. */
  indexing(reading: Indexing): void;
  log(message: string): void;
}

/** The files on disk: which of them have to be listed and read, and the reading of them. */
export class Disk {
  readonly #folders: Folders;
  readonly #knowledge: Knowledge;
  readonly #receiver: Receiver;
  /** Only where nobody tells what has changed. */
  readonly #stamps: Stamps | undefined;
  #isToLook = false;
  readonly #slices: Slices;
  readonly #unwalked = new Set<string>();
  /** The folders of which only some files were read. */
  readonly #unfinished = new Set<string>();
  readonly #unread = new Set<string>();
  #indexing: Indexing | undefined;
  /** Before the registries have been read, every port would look unregistered. */
  #isInformed = false;
  /** All files have been read once, or somebody has stopped that. */
  #isComplete = false;
  /** The documents of which that has been read that decides over their findings. */
  readonly #nearRead = new Set<string>();
  /** How many readings have begun. */
  #readings = 0;
  /** With which of them files were last read, as long as some are under way. */
  readonly #readWith = new Map<string, number>();
  #underWay = 0;
  /** What has been read already of the folders that are being read. */
  readonly #early = new Set<string>();

  constructor(folders: Folders, knowledge: Knowledge, receiver: Receiver, stamps?: Stamps) {
    this.#folders = folders;
    this.#stamps = stamps;
    this.#knowledge = knowledge;
    this.#receiver = receiver;
    this.#slices = new Slices(() => (receiver.isCalm() ? ALONE : BEHIND));
    knowledge.isPartial = true;
  }

  /** Whether the registries have been read that may speak of a file. */
  isInformedOf(path: string): boolean {
    return this.#isInformed || this.#nearRead.has(path);
  }

  /** Whether all files have been read once. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Not all files have been read yet. */
  get isBusy(): boolean {
    return !this.#isInformed || this.#indexing !== undefined || this.#unwalked.size > 0;
  }

  /** The reading that is going on. */
  get indexing(): Indexing | undefined {
    return this.#indexing;
  }

  /** Somebody has stopped the reading, so that some files are unknown. */
  get isPartial(): boolean {
    return this.#unfinished.size > 0;
  }

  /** Whether there are files to be listed or read. */
  get waits(): boolean {
    return this.#unwalked.size > 0 || this.#unread.size > 0 || !this.#isInformed || this.#isToLook;
  }

  /** Whether all files have been read that are there. */
  get isAllRead(): boolean {
    return this.#unwalked.size + this.#unread.size + this.#unfinished.size === 0;
  }

  /** Has folders listed, and their files read. */
  walkLater(folders: Iterable<string>): void {
    for (const path of folders) this.#unwalked.add(path);
  }

  readLater(path: string): void {
    this.#unread.add(path);
  }

  /** Whether nobody tells what happens on the disk, once it has been read. */
  get hasToLook(): boolean {
    return this.#stamps !== undefined && this.#isComplete;
  }

  /** Has the disk looked at for what nobody has told of. */
  lookLater(): void {
    this.#isToLook = this.hasToLook;
  }

  /** Something has happened to these paths. A folder that is gone or moved may come without its files. */
  changed(paths: readonly string[]): void {
    const folders = new Set<string>();
    for (const path of paths) {
      if (this.#folders.wants(path) || this.#folders.holds(path)) this.#unread.add(path);
      else folders.add(path);
      // Not every client can watch what lies outside.
      if (isConfig(path)) for (const outside of this.#folders.outside) this.#unread.add(outside);
    }
    for (const path of this.#knowledge.paths()) if (isBelowAny(path, folders)) this.#unread.add(path);
  }

  /** Does the most urgent of what waits. */
  async step(): Promise<void> {
    if (this.#unwalked.size > 0 || !this.#isInformed) await this.#walk();
    else if (this.#unread.size > 0) await this.read(takeAll(this.#unread));
    else await this.#look();
  }

  async #look(): Promise<void> {
    this.#isToLook = false;
    this.#folders.refresh(); // the ignore files may have changed as well
    this.#receiver.sift();
    const { files } = await this.#folders.files(this.#folders.paths());
    const changed = await this.#stamps!.changed([...files, ...this.#folders.outside]);
    for (const path of changed) this.#unread.add(path);
  }

  /** Reads files. What is open has its text from the editor. */
  async read(paths: readonly string[], indexing?: Indexing): Promise<ReadonlyMap<string, string>> {
    this.#underWay++;
    try {
      return await this.#readInBatches(paths, indexing);
    } finally {
      if (--this.#underWay === 0) this.#readWith.clear();
    }
  }

  async #readInBatches(paths: readonly string[], indexing?: Indexing): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (let i = 0; i < paths.length && !indexing?.isStopped; i += BATCH) {
      const batch = paths.slice(i, i + BATCH).filter((path) => !this.#receiver.isOpen(path));
      const turn = ++this.#readings;
      if (this.#stamps) for (const path of batch) this.#stamps.note(path);
      const reading = Promise.all(batch.map((path) => this.#folders.read(path)));
      const texts = indexing ? await indexing.unlessStopped(reading) : await reading;
      if (!texts) return found;
      for (const [n, path] of batch.entries()) {
        if (!this.#isNewest(path, turn)) continue;
        // Meanwhile it may have been opened, or its folder removed.
        const text = this.#folders.holds(path) ? texts[n] : undefined;
        if (!this.#receiver.isOpen(path)) this.#receiver.put(path, text);
        if (text !== undefined) found.set(path, text);
        await this.#slices.breathe();
      }
      indexing?.advance(Math.min(BATCH, paths.length - i));
    }
    return found;
  }

  /** Whether no reading of a file has come to an end that began later: where files come from afar, one may be faster. */
  #isNewest(path: string, turn: number): boolean {
    if ((this.#readWith.get(path) ?? 0) > turn) return false;
    if (this.#underWay > 1) this.#readWith.set(path, turn);
    return true;
  }

  async #walk(): Promise<void> {
    const indexing = new Indexing();
    this.#indexing = indexing;
    this.#receiver.indexing(indexing);
    try {
      // What is set there decides what is left out.
      await this.read([...this.#unwalked].map((path) => `${path}/portolan.yaml`));
      await this.#readExtended();
      for (const path of this.#receiver.open()) await this.#readAround(path);
      const folders = takeAll(this.#unwalked);
      await this.#readFolders(folders, indexing);
      this.#noteFinished(folders, indexing);
    } finally {
      this.#isInformed = true;
      this.#isComplete = true;
      this.#indexing = undefined;
      this.#early.clear();
      indexing.finish();
      this.#receiver.inform();
    }
  }

  #noteFinished(folders: readonly string[], { isStopped, read, total }: Indexing): void {
    const wasPartial = this.#unfinished.size > 0 || !this.#isComplete;
    for (const folder of folders) {
      if (isStopped) this.#unfinished.add(folder);
      else this.#unfinished.delete(folder);
    }
    if (isStopped || wasPartial) {
      this.#knowledge.isPartial = this.#unfinished.size > 0;
      this.#receiver.reconsider();
    }
    if (!isStopped) return;
    const rest = total === 0 ? 'no file was' : `${read} of ${total} files were`;
    this.#receiver.log(
      `Reading was stopped when ${rest} read. Findings that rest on all files are left out until the server is restarted.`,
    );
  }

  /** Reads what decides over the findings of an open document, before the folders are walked. */
  async #readAround(path: string): Promise<void> {
    const folder = this.#folders.listing(path);
    if (!folder || this.#isComplete || this.#folders.paths().length > 1) return;
    const { configuration } = this.#knowledge;
    const { configs, documents, neighbours } = near(path, folder, (file) => this.#mayBeRegistry(file));
    await this.#readEarly(configs);
    await this.#readExtended();
    const named = configuration.of(path).registries.map((pattern) => pattern.path);
    if (named.some(isGlob)) return; // it may mean any file
    await this.#readEarly([...documents, ...named.map(plainPath), ...neighbours]);
    // A list also walks what is added meanwhile.
    const project = [path, ...neighbours];
    for (const one of project) {
      const file = this.#knowledge.index.file(one);
      const more = (file ? filesBehind(file) : []).filter((other) => !project.includes(other));
      await this.#readEarly([...more, ...layersBefore(one, configuration.of(one).stacks)]);
      project.push(...more);
    }
    this.#nearRead.add(path);
    this.#receiver.informOf(path);
  }

  /** Reads the files of settings that others extend, and what these extend in turn. */
  async #readExtended(): Promise<void> {
    const { configuration } = this.#knowledge;
    const tried = new Set<string>();
    const unread = () => configuration.unread().filter((path) => !tried.has(path) && this.#folders.mayRead(path));
    for (let paths = unread(); paths.length > 0; paths = unread()) {
      for (const path of paths) tried.add(path);
      await this.read(paths);
    }
  }

  async #readEarly(paths: readonly string[]): Promise<void> {
    const fresh = paths.filter((path) => !this.#early.has(path) && this.#folders.holds(path));
    for (const path of fresh) this.#early.add(path);
    await this.read(fresh);
  }

  #mayBeRegistry(path: string): boolean {
    return isOfRegistries(path) || this.#knowledge.configuration.names(path);
  }

  /** Registries come first, so that what is open can soon be told right from wrong. */
  async #readFolders(folders: readonly string[], indexing: Indexing): Promise<void> {
    const listed = await indexing.unlessStopped(this.#folders.files(folders));
    if (!listed) return;
    const { files, refused } = listed;
    for (const reason of refused) this.#receiver.log(reason);
    this.#receiver.sift(); // only now it may be known what is ignored
    const paths = [...new Set([...files, ...this.#folders.outside])];
    indexing.listed(paths.length);
    await this.read(paths.filter(isConfig), indexing);
    await this.#readExtended();
    const documents = new Set(paths.filter((path) => this.#mayBeRegistry(path)));
    await this.read(
      [...documents].filter((path) => !this.#early.has(path)),
      indexing,
    );
    this.#isInformed = true;
    this.#receiver.inform();
    await this.read(
      paths.filter((path) => !isConfig(path) && !documents.has(path) && !this.#early.has(path)),
      indexing,
    );
    if (indexing.isStopped) return;
    const isGone = (path: string) => !files.has(path) && folders.some((folder) => isWithin(path, folder));
    for (const path of this.#knowledge.paths()) if (isGone(path)) this.#unread.add(path);
  }
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
