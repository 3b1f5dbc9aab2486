import type { TextDocument } from 'vscode-languageserver-textdocument';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { configFor, isConfig } from '../../configuration/configuration.ts';
import type { FileFacts } from '../../core/facts.ts';
import type { Trial } from '../../core/features/relocation.ts';
import type { Finding } from '../../core/finding.ts';
import type { Index } from '../../core/model/index.ts';
import { basename } from '../../core/path.ts';
import type { LineMap } from '../../core/text.ts';
import type { Host } from '../../host/host.ts';
import { pathOf, type Texts, uriOf } from '../toLsp.ts';
import { Background } from './background.ts';
import { Checking } from './checking.ts';
import { Disk, type Receiver } from './disk.ts';
import { DiskEvents } from './diskEvents.ts';
import type { Editor } from './editor.ts';
import { Folders } from './folders.ts';
import { Knowledge } from './knowledge.ts';
import { OpenDocuments } from './openDocuments.ts';
import { Stamps } from './stamps.ts';
import { type Status, statusOf } from './status.ts';

/** In the place of a path: something may have happened anywhere on disk. */
const ANYWHERE = '';

/**
 * The one thing that changes over time: the open documents over the files on disk, what is known of them, and what the
 * editor was last told. An edited document is read and checked at once; all other work waits in sets and is done in
 * short slices, in this order: events to heed, folders to walk, files to read, files to check.
 */
export class Workspace implements Texts {
  readonly #editor: Editor;
  readonly #knowledge: Knowledge;
  readonly #folders: Folders;
  readonly #documents: OpenDocuments;
  readonly #disk: Disk;
  readonly #events = new DiskEvents();
  readonly #checking: Checking;
  #revision = 0;
  #nowInformed = () => {};
  readonly #informed = new Promise<void>((resolve) => (this.#nowInformed = resolve));
  readonly #background = new Background({
    step: () => this.#step(),
    failed: (error) => this.#editor.log(`The workspace could not be read: ${error}`),
    ended: () => {
      this.#knowledge.tellLost((entry) => this.#checking.isSure(entry));
      this.#editor.settled();
    },
  });

  constructor(host: Host, editor: Editor) {
    const documents = new OpenDocuments((path) => this.#take(path));
    const knowledge = new Knowledge(host, (message) => editor.log(message));
    const folders = new Folders(host, knowledge.configuration, () => this.#hearOfFiles());
    const receiver: Receiver = {
      isOpen: (path) => documents.has(path),
      open: () => documents.paths(),
      isCalm: () => documents.areCalm,
      put: (path, text) => this.#put(path, text),
      sift: () => this.#sift(),
      informOf: (path) => this.#checking.check(path),
      inform: () => this.#inform(),
      reconsider: () => this.#checking.reconsider(),
      indexing: (reading) => editor.indexing(reading),
      log: (message) => editor.log(message),
    };
    const stamps = host.stamp && !editor.watches ? new Stamps((path) => host.stamp?.(path)) : undefined;
    const disk = new Disk(folders, knowledge, receiver, stamps);
    this.#editor = editor;
    this.#documents = documents;
    this.#knowledge = knowledge;
    this.#folders = folders;
    this.#disk = disk;
    this.#checking = new Checking({ knowledge, documents, folders, disk, texts: this }, (params) =>
      editor.publish(params),
    );
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
    this.#documents.catchUp();
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
    return configFor(path, this.#knowledge.configuration.paths(), this.#folders.paths());
  }

  /** The findings of a file as of now, unsaved text included. */
  findings(path: string): readonly Finding[] {
    this.#documents.catchUp();
    return this.#knowledge.findings(path);
  }

  /** The facts of a file as of now, and the index of all facts with the settings for that file. */
  look(path: string): { file: FileFacts; index: Index } | undefined {
    this.#documents.catchUp();
    return this.#knowledge.look(path);
  }

  /**
   * What is needed to try out changes of files, as of now.
   * @param path the file whose settings count
   * @param closed the texts of files that are not open
   */
  trial(path: string, closed: ReadonlyMap<string, string> = new Map()): Trial {
    this.#documents.catchUp();
    const text = (other: string) => this.#documents.get(other)?.getText() ?? closed.get(other);
    return { ...this.#knowledge.trial(path), text };
  }

  /** Whether a file lies outside of the workspace, and counts because the settings name it. */
  isOutside(path: string): boolean {
    return this.#folders.outside.has(path);
  }

  /** Why files are not to be changed, if they are not: a change of a copy would be lost. */
  whyKept(paths: Iterable<string>): string | undefined {
    const copy = [...paths].find((path) => this.#knowledge.configuration.isCopy(path));
    return copy && `${basename(copy)} is a copy of what others keep; change it there.`;
  }

  /** The index of all facts with the settings for a file or folder (with a slash at its end). */
  indexFor(path: string): Index {
    this.#documents.catchUp();
    return this.#knowledge.indexFor(path);
  }

  /** The files that the editor knows findings of. */
  troubled(): string[] {
    return this.#checking.publisher.paths().sort();
  }

  status(): Status {
    return statusOf(this.#knowledge.files(), this.#disk, this.#checking.publisher);
  }

  /** Somebody asks something: what goes on in the background is to be cut into shorter pieces. */
  asked(): void {
    this.#documents.noteUse();
  }

  /** Nobody is typing, or asking. */
  get isCalm(): boolean {
    return this.#documents.areCalm;
  }

  /** How many errors the editor knows. */
  get errors(): number {
    return this.#checking.publisher.count(DiagnosticSeverity.Error);
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
    do {
      this.#documents.catchUp();
      await this.#background.settled();
    } while (this.#documents.areLate);
  }

  // What can happen.

  /** A document was opened, or its text has changed. */
  edited(document: TextDocument): void {
    this.#documents.put(document);
  }

  /** A document was closed: what is on disk counts again. */
  closed(document: TextDocument): void {
    const path = pathOf(document.uri);
    this.#documents.delete(path);
    this.#disk.readLater(path);
    this.#background.wake();
  }

  /** Something has happened to these paths on disk. A folder that is gone or moved may come without its files. */
  changedOnDisk(paths: Iterable<string>): void {
    this.#events.add(paths);
    this.#background.wake();
  }

  /** It is a moment to look at the disk again, for an editor that does not tell when it changes. */
  lookAgain(): void {
    if (!this.#disk.hasToLook) return;
    this.#events.add([ANYWHERE]);
    this.#background.wake();
  }

  #heed(paths: readonly string[]): void {
    const { configuration } = this.#knowledge;
    if (paths.some((path) => this.#folders.isIgnoreFile(path))) this.#walkAgain();
    if (paths.some((path) => configuration.mayLieAt(path))) this.#heedSelection(() => configuration.lookAgain());
    if (paths.includes(ANYWHERE)) this.#disk.lookLater();
    this.#disk.changed(paths.filter((path) => path !== ANYWHERE));
  }

  /** Reads closed files again, in case the disk has moved on and nobody has told yet. Gives their texts. */
  async reread(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const texts = await this.#disk.read(paths);
    this.#background.wake();
    return texts;
  }

  /** All folders of the workspace. Nothing is read from disk, and nothing published, before they are first known. */
  setFolders(paths: readonly string[]): void {
    this.#disk.walkLater(this.#folders.set(paths));
    this.#sift();
    this.#background.begin();
    this.#background.wake();
  }

  /** What the editor has set for each folder, `''` standing for everywhere. */
  setSettings(values: ReadonlyMap<string, unknown>): void {
    this.#heedSelection(() => {
      const problems = this.#knowledge.configuration.setEditor(values);
      for (const problem of problems) this.#editor.log(`Settings: ${problem}`);
    });
    this.#knowledge.forgetFindings();
    this.#checking.reconsider();
    this.#revision++;
    this.#background.wake();
  }

  /** Whether the user trusts what the workspace says, so that files outside of its folders may be read. */
  setTrust(trusted: boolean): void {
    this.#folders.trusted = trusted;
    this.#walkAgain();
    this.#background.wake();
  }

  /** Whether the user lets files be read from other machines that settings name by URL. */
  setRemote(isAllowed: boolean): void {
    for (const path of this.#folders.allowRemote(isAllowed)) this.#disk.readLater(path);
    this.#background.wake();
  }

  /** Something else is to be told of files that settings name. */
  #hearOfFiles(): void {
    this.#knowledge.forgetConfigs();
    this.#checking.reconsider();
    this.#background.wake();
  }

  /** Leaves unread what has not been read yet. */
  stopReading(): void {
    this.#disk.indexing?.stop();
  }

  // How it follows.

  /** Reads a document that has changed, and publishes what is to be said of it. */
  #take(path: string): void {
    const document = this.#documents.get(path);
    if (document === undefined) return;
    this.#documents.timed(path, () => this.#put(path, this.#accepts(path) ? document.getText() : undefined));
    this.#checking.checkEdited(path);
    this.#background.wake();
  }

  #put(path: string, text: string | undefined): void {
    const put = () => {
      const isVisible = this.#knowledge.put(path, text, this.#folders.outside.has(path));
      if (isVisible) this.#revision++;
      this.#checking.add(path, isVisible);
    };
    if (isConfig(path) || this.#knowledge.configuration.isExtended(path)) this.#heedSelection(put);
    else put();
  }

  /** Makes a change of the settings and walks again if other files count after it. */
  #heedSelection(change: () => void): void {
    const { configuration } = this.#knowledge;
    const paths = this.#documents.paths().filter((path) => !isConfig(path));
    const roles = () => paths.map((path) => `${configuration.names(path)} ${configuration.isExtended(path)}`);
    const [before, rolesBefore] = [configuration.selection(), roles()];
    change();
    if (configuration.selection() === before) return;
    this.#walkAgain();
    // A document that is named is read in another way.
    for (const [n, role] of roles().entries())
      if (role !== rolesBefore[n] && this.lines(paths[n]!)) this.#take(paths[n]!);
  }

  #accepts(path: string): boolean {
    return this.#documents.has(path) ? this.#folders.welcomes(path) : this.#folders.holds(path);
  }

  #walkAgain(): void {
    this.#folders.refresh();
    this.#disk.walkLater(this.#folders.paths());
    this.#sift();
  }

  /** Lets go of files that no longer count, and takes in documents that now do. */
  #sift(): void {
    for (const path of this.#knowledge.paths()) if (!this.#accepts(path)) this.#put(path, undefined);
    for (const path of this.#documents.paths()) if (!this.lines(path) && this.#accepts(path)) this.#take(path);
  }

  /** The registries have been read: what is open can be told right from wrong. */
  #inform(): void {
    this.#nowInformed();
    for (const path of this.#documents.paths()) this.#checking.check(path);
  }

  /** Does the most urgent of what waits; false if nothing does. */
  async #step(): Promise<boolean> {
    if (!this.#events.isEmpty) this.#heed([...(await this.#events.take())]);
    else if (this.#disk.waits) await this.#disk.step();
    else if (!this.#checking.waits) return false;
    else if (!(await this.#checking.some())) await this.#background.rest();
    return true;
  }
}
