import type { Diagnostic } from 'vscode-languageserver';
import { Configuration, isConfig, type NamedRegistry } from '../../configuration/configuration.ts';
import { missing } from '../../configuration/missing.ts';
import { check, read } from '../../core/analyze.ts';
import type { FileFacts } from '../../core/facts.ts';
import type { Trial } from '../../core/features/relocation.ts';
import { type Finding, sparing } from '../../core/finding.ts';
import { Dependencies } from '../../core/model/dependencies.ts';
import { Index } from '../../core/model/index.ts';
import { nothing } from '../../core/reader.ts';
import { readers } from '../../core/readers/index.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { LineMap, type Span } from '../../core/text.ts';
import type { Host, Quarantine, Task } from '../../host/host.ts';
import { notReadToDiagnostic, problemToDiagnostic, type Texts, toDiagnostic } from '../toLsp.ts';

const nowhere: Span = { start: 0, end: 0 };

const standstill =
  'This file is not read, because Portolan came to a standstill at it. It is read again when it has changed on disk.';

/** What is known of a file that is not read: that it is there. */
function unread(path: string): FileFacts {
  const kind = readers.find((reader) => reader.wants(path))?.kind ?? 'registry';
  return { ...nothing, path, kind, lines: new LineMap(''), suppressions: [], isGenerated: false };
}

/** What is known of the workspace's files: their facts, what is set for them, and what follows from both. */
export class Knowledge {
  readonly configuration: Configuration;
  /** What has been said of registries that the editor's settings name. */
  readonly #told = new Set<string>();
  /** The files outside of the workspace that could not be read. */
  readonly #unreadable = new Set<string>();
  readonly #dependencies = new Dependencies();
  readonly #index = new Index(undefined, this.#dependencies);
  /** The settings under which findings were worked out. */
  readonly #settings = new Set<Settings>();
  /** The findings of every file may be others, or what is said of configs, which may name what is lost. */
  #isAllStale = false;
  #areConfigsStale = false;
  readonly #log: (message: string) => void;
  readonly #quarantine: Quarantine | undefined;

  constructor(host: Pick<Host, 'home' | 'surroundings' | 'remote' | 'quarantine'>, log: (message: string) => void) {
    this.configuration = new Configuration(host);
    this.#quarantine = host.quarantine;
    this.#log = log;
  }

  /**
   * Takes the text of a file; `undefined` when it is gone.
   * @param borrowed it lies outside of the workspace and counts where somebody names it
   * @returns whether others may see something of the change
   */
  put(path: string, text: string | undefined, borrowed = false): boolean {
    const isExtended = this.configuration.isExtended(path);
    if (isExtended) this.configuration.putExtended(path, text);
    if (isConfig(path)) this.#putConfig(path, text);
    if (isExtended || isConfig(path)) {
      this.forgetFindings();
      return true;
    }
    const before = this.#index.file(path);
    const after = text === undefined ? undefined : this.#read(path, text);
    if (this.#unreadable.has(path) !== (borrowed && text === undefined)) this.#areConfigsStale = true;
    if (borrowed && text === undefined) this.#unreadable.add(path);
    else this.#unreadable.delete(path);
    if (!before && !after) return this.#areConfigsStale;
    const isVisible = after ? this.#index.put(after, borrowed) : this.#index.delete(path);
    if ((before?.document === undefined) !== (after?.document === undefined)) this.#areConfigsStale = true;
    // What was noted under other settings may rest on something that is not seen under these.
    const isSeen = this.#settings.size === 1 && this.#settings.has(this.#index.settings);
    if (isVisible && !isSeen) this.#isAllStale = true;
    return isVisible;
  }

  #read(path: string, text: string): FileFacts | undefined {
    const named = this.configuration.names(path);
    const facts = this.#careful('read', path, text.length, () => read(path, text, named, this.#index.asRead(path)));
    if (facts || !this.#quarantine?.holds(path)) return facts;
    this.#log(`${path}: ${standstill}`);
    return unread(path);
  }

  /** Nothing is set by a `portolan.yaml` that is not read. */
  #putConfig(path: string, text: string | undefined): void {
    const put = (content: string | undefined) => this.configuration.put(path, content);
    if (text === undefined) put(text);
    else this.#careful('read', path, text.length, () => put(text));
    if (text === undefined || !this.#quarantine?.holds(path)) return;
    this.#log(`${path}: ${standstill}`);
    put('');
  }

  /** Does what may be the end of the process, unless it has been before; `undefined` when it fails. */
  #careful<T>(task: Task, path: string, size: number, work: () => T): T | undefined {
    const quarantine = this.#quarantine;
    if (!quarantine) return this.#guard(path, work);
    return quarantine.holds(path) ? undefined : this.#guard(path, () => quarantine.attempt(task, path, size, work));
  }

  /** Whether there are files that nobody has read. */
  set isPartial(isPartial: boolean) {
    this.#index.isPartial = isPartial;
    this.forgetFindings();
  }

  /** Says that something has changed on which all findings may rest. */
  forgetFindings(): void {
    this.#isAllStale = true;
    this.#settings.clear();
  }

  /** Says that something has changed of what is told of configs. */
  forgetConfigs(): void {
    this.#areConfigsStale = true;
  }

  /** The files whose findings may have changed since this was last asked, those aside that have changed themselves. */
  takeStale(): Iterable<string> {
    this.#index.settle();
    const stale = this.#dependencies.takeStale();
    const configs = this.#areConfigsStale ? this.configuration.paths() : [];
    const paths = this.#isAllStale ? this.paths() : [...stale, ...configs];
    this.#isAllStale = false;
    this.#areConfigsStale = false;
    return paths;
  }

  lines(path: string): LineMap | undefined {
    return this.#index.file(path)?.lines ?? this.configuration.file(path)?.lines;
  }

  /** All files of which something is known. */
  paths(): string[] {
    return [...[...this.#index.files()].map(({ path }) => path), ...this.configuration.paths()];
  }

  /** The documents with claims, whatever the settings make of them. */
  documents(): string[] {
    return this.#index.documents();
  }

  /** The facts of all files, each as its own settings see it. */
  files(): FileFacts[] {
    return [...this.#index.files()].map(({ path }) => this.#index.fileUnder(this.configuration.of(path), path)!);
  }

  /** All facts, with the settings that were last asked for. */
  get index(): Index {
    return this.#index;
  }

  /** The facts of a file, and the index of all facts with the settings for that file. */
  look(path: string): { file: FileFacts; index: Index } | undefined {
    const file = this.#index.file(path);
    return file && { file, index: this.indexFor(path) };
  }

  /** The index of all facts with the settings for a file or folder (with a slash at its end). */
  indexFor(path: string): Index {
    const settings = this.configuration.of(path);
    if (this.#index.settings !== settings) this.#index.settings = settings;
    return this.#index;
  }

  /** What is needed to try out changes of files, but for their texts. The settings are those for one path. */
  trial(path: string): Omit<Trial, 'text'> {
    const { configuration } = this;
    return {
      index: this.indexFor(path),
      settingsOf: (other) => configuration.of(other),
      isNamed: (other) => configuration.names(other),
    };
  }

  findings(path: string): readonly Finding[] {
    const seen = this.look(path);
    if (seen === undefined) return [];
    const checking = () => check(path, seen.index, ({ id }, error) => this.#fault(`${path}: ${id}`, error));
    const found = this.#careful('check', path, seen.file.lines.length, checking) ?? [];
    return found.map((finding) => sparing(finding, (at) => this.configuration.isCopy(at)));
  }

  /** @param isSure whether all files have been read that an entry of `registries` may mean */
  diagnostics(path: string, texts: Texts, isSure: (entry: NamedRegistry) => boolean): Diagnostic[] {
    if (this.configuration.file(path)) return this.#configDiagnostics(path, isSure);
    // Whoever uses a copy cannot mend it.
    if (this.configuration.isCopy(path)) return [];
    const diagnostics = this.#whyUnread(path) === undefined ? this.#diagnose(path, texts) : [];
    const why = this.#whyUnread(path); // which may have come out just now
    return why === undefined ? diagnostics : [notReadToDiagnostic(why)];
  }

  #configDiagnostics(path: string, isSure: (entry: NamedRegistry) => boolean): Diagnostic[] {
    if (this.#quarantine?.holds(path)) return [notReadToDiagnostic(standstill)];
    const { problems, spans, lines } = this.configuration.file(path)!;
    const placed = ({ at, message }: { at: string; message: string }) => ({ span: spans.get(at) ?? nowhere, message });
    const wrong = [...problems, ...this.configuration.troubles(path).map(placed)];
    const lost = this.#lost(path, isSure).map(placed);
    return [
      ...wrong.map((problem) => problemToDiagnostic(problem, lines, 'error')),
      ...lost.map((problem) => problemToDiagnostic(problem, lines, 'warning')),
    ];
  }

  /** The registries that a `portolan.yaml` names, or the editor without one, and that lead nowhere. */
  #lost(
    config: string | undefined,
    isSure: (entry: NamedRegistry) => boolean,
  ): { readonly at: string; readonly message: string }[] {
    const known = { documents: this.#index.documents(), unreadable: this.#unreadable };
    return this.configuration.named.flatMap((entry) => {
      const message = entry.config === config && isSure(entry) ? missing(entry, known) : undefined;
      return message === undefined ? [] : [{ at: entry.at, message }];
    });
  }

  #diagnose(path: string, texts: Texts): Diagnostic[] {
    this.#settings.add(this.configuration.of(path));
    const findings = this.#dependencies.findings(path, () => this.findings(path));
    return findings.map((finding) => toDiagnostic(finding, texts));
  }

  /** Why a file that is there was not read, in a sentence. */
  #whyUnread(path: string): string | undefined {
    const file = this.#index.file(path);
    if (file?.refused) return `Portolan does not read this file, because it is ${file.refused}.`;
    return file && this.#quarantine?.holds(path) ? standstill : undefined;
  }

  /** Says once of each registry that the editor's settings name that it leads nowhere: no file could show it. */
  tellLost(isSure: (entry: NamedRegistry) => boolean): void {
    for (const { message } of this.#lost(undefined, isSure)) {
      if (this.#told.has(message)) continue;
      this.#told.add(message);
      this.#log(`The setting portolan.registries: ${message}`);
    }
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
    this.#log(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
