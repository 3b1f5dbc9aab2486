import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { NamedRegistry } from '../../configuration/configuration.ts';
import type { Texts } from '../toLsp.ts';
import type { Disk } from './disk.ts';
import type { Folders } from './folders.ts';
import type { Knowledge } from './knowledge.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { Publisher } from './publisher.ts';
import { ALONE, BEHIND, Slices } from './slices.ts';

/** How long nobody must have typed or asked before files are checked that are not open. */
const QUIET = 100;

/** An edited document that takes longer to check, in milliseconds, takes its turn after those that it changes. */
const SLOW = 8;

/** On what the findings of a file rest. */
interface Ground {
  readonly knowledge: Knowledge;
  readonly documents: OpenDocuments;
  readonly folders: Folders;
  readonly disk: Disk;
  readonly texts: Texts;
}

/** Which files have to be checked and in which order, and what the editor is told of them. */
export class Checking {
  readonly #ground: Ground;
  readonly publisher: Publisher;
  readonly #unchecked = new Set<string>();
  /** How long it takes to check each open document, as a mean in which the last time counts most. */
  readonly #cost = new Map<string, number>();
  /** Findings of files may have changed since the files to check were last listed. */
  #isStale = false;

  constructor(ground: Ground, send: (params: PublishDiagnosticsParams) => void) {
    this.#ground = ground;
    this.publisher = new Publisher(send);
  }

  /** Whether there are files to be checked. */
  get waits(): boolean {
    return this.#isStale || this.#unchecked.size > 0;
  }

  /**
   * Has a file checked.
   * @param isVisible whether others may see something of its change, so that they have to be checked as well
   */
  add(path: string, isVisible: boolean): void {
    this.#unchecked.add(path);
    if (isVisible) this.reconsider();
  }

  /** Has all files checked whose findings may have changed. */
  reconsider(): void {
    this.#isStale = true;
  }

  /** Has a document checked that was edited: at once, or as the last of those that are open if that takes long. */
  checkEdited(path: string): void {
    if (this.#costOf(path) < SLOW) this.check(path);
    else this.#unchecked.add(path);
  }

  #costOf(path: string): number {
    return this.#cost.get(path) ?? 0;
  }

  /** Checks a file, and tells the editor what is to be said of it. */
  check(path: string): void {
    const { knowledge, documents, folders, disk, texts } = this.#ground;
    if (!disk.isInformedOf(path)) return;
    this.#unchecked.delete(path);
    if (documents.isLate(path)) return; // these would be findings in an older text
    let diagnostics: Diagnostic[] = [];
    const start = performance.now();
    const diagnose = () => {
      diagnostics = knowledge.diagnostics(path, texts, (entry) => this.isSure(entry));
    };
    // What may turn out to be wrong waits until all files have been read, when all are checked.
    if (disk.isComplete) diagnose();
    else if (!knowledge.index.isSure(diagnose)) return;
    const isOpen = documents.has(path);
    if (isOpen) this.#cost.set(path, (this.#costOf(path) + performance.now() - start) / 2);
    else this.#cost.delete(path);
    const version = isOpen && folders.welcomes(path) ? documents.get(path)?.version : undefined;
    this.publisher.publish(path, { uri: texts.uri(path), diagnostics, ...(version !== undefined && { version }) });
  }

  /** Whether all files have been read that an entry of `registries` may mean. */
  isSure(entry: NamedRegistry): boolean {
    return this.#ground.disk.isAllRead && this.#ground.folders.covers(entry);
  }

  /**
   * Checks files: those that are open at once, the others when nobody types or asks.
   * @returns whether there was anything to be done
   */
  async some(): Promise<boolean> {
    const { documents, disk } = this.#ground;
    this.#list();
    const slices = new Slices(() => (documents.areCalm ? ALONE : BEHIND));
    const open = [...this.#unchecked].filter((path) => documents.has(path));
    open.sort((a, b) => this.#costOf(a) - this.#costOf(b));
    const isQuiet = () => documents.quiet >= QUIET;
    const wasQuiet = isQuiet();
    if (open.length === 0 && !wasQuiet) return false;
    for (const path of wasQuiet ? [...open, ...this.#unchecked] : open) {
      if (this.#unchecked.has(path)) this.check(path);
      await slices.breathe();
      if (disk.waits || this.#isStale || isQuiet() !== wasQuiet) break;
    }
    return true;
  }

  #list(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    for (const path of this.#ground.knowledge.takeStale()) this.#unchecked.add(path);
  }
}
