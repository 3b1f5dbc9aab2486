import type { CancellationToken, Connection, InitializeParams, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../core/finding.ts';
import type { Host } from '../host/host.ts';
import { documentOf, unlessCancelled, validate } from './connection/asking.ts';
import { chosenEncoding, PositionEncoding, uriIn } from './connection/positionEncoding.ts';
import { type Preferences, takePreferences } from './connection/preferences.ts';
import { showProgress } from './connection/progress.ts';
import { RegistryWatcher, register } from './connection/registration.ts';
import type { Session } from './feature.ts';
import { features } from './features/index.ts';
import { pathOf, uriOf } from './toLsp.ts';
import type { Status } from './workspace/status.ts';
import { Workspace } from './workspace/workspace.ts';

/** What a server is given when it has been initialized. */
export interface Client {
  readonly connection: Connection;
  readonly params: InitializeParams;
  /** Does what nobody waits for; what goes wrong is told to the client, as long as there is one. */
  attempt(work: () => Promise<unknown>): Promise<void>;
}

/** How long after the work is done its numbers are told, in milliseconds. */
const STATUS_DELAY = 100;
/** How long nothing must have happened before memory is tidied up, in milliseconds. */
const REST = 1000;

const answers = new Map(features.map(({ method, answer }) => [method, answer]));

/** All that the server does once it is initialized: it holds the workspace, and knows what the client has set. */
export class Engine {
  readonly #client: Client;
  readonly #workspace: Workspace;
  readonly #watcher: RegistryWatcher;
  readonly #encoding: PositionEncoding;
  /** Kept when the folders and their settings are those that the client has told last. */
  #started: Promise<void> = Promise.resolve();
  /** How often the settings were asked for. */
  #inquiries = 0;
  /** Which of these inquiries was answered last. */
  #answered = 0;
  /** Kept when all diagnostics have been sent so far. */
  #published: Promise<unknown> = Promise.resolve();
  #folders: string[];
  /** The settings that the client sent last, for one that cannot be asked or has no answer. */
  #sent: unknown;
  #preferences: Preferences = takePreferences(undefined).preferences;
  #lastStatus = '';
  /** When the numbers were last looked at. */
  #lastTold = Number.NEGATIVE_INFINITY;
  #statusTimer: ReturnType<typeof setTimeout> | undefined;
  #lastRevision: number | undefined;
  readonly #tidyUp: Host['tidyUp'];
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, host: Host) {
    const { connection, params, attempt } = client;
    this.#client = client;
    this.#tidyUp = host.tidyUp;
    this.#watcher = new RegistryWatcher(connection);
    this.#folders = foldersOf(params).map(pathOf);
    this.#sent = settingsIn(params.initializationOptions);
    this.#workspace = new Workspace(host, {
      watches: params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
      publish: (diagnostics) => void attempt(() => this.#publish(diagnostics)),
      log: (message) => void attempt(async () => connection.console.warn(message)),
      indexing: (reading) => void attempt(() => showProgress(connection, reading, () => this.#tellStatus())),
      settled: () => {
        this.#restSoon();
        if (this.#workspace.isCalm && performance.now() > this.#lastTold + STATUS_DELAY) this.#tellStatus();
        else this.#tellStatusSoon();
        this.#tellChange();
        void attempt(() => this.#watcher.watch(this.#workspace.watched(), params.capabilities));
      },
    });
    this.#encoding = new PositionEncoding(chosenEncoding(params.capabilities), {
      open: (uri) => this.#workspace.document(pathOf(uri))?.getText(),
      read: (uri) => this.#workspace.readText(pathOf(uri)),
    });
    this.#workspace.setTrust(!isDistrusted(params.initializationOptions));
  }

  /** The client is ready: it can be asked, and told what the server wants to see. */
  initialized(): void {
    const { connection, params, attempt } = this.#client;
    this.#started = attempt(() => this.#start());
    void attempt(() => register(connection, params));
  }

  /** Answers a request; `undefined` for one that nobody knows. */
  async answer(method: string, params: unknown, cancel: CancellationToken): Promise<{ result: unknown } | undefined> {
    const answer = answers.get(method);
    if (!answer) return undefined;
    validate(method, params);
    this.#workspace.asked();
    const answering = async () => {
      const asked = await this.#encoding.received(params ?? {});
      await this.#started;
      await this.#workspace.informed();
      return this.#encoding.sent(await answer(asked, this.#session(), cancel), documentOf(params));
    };
    return { result: await unlessCancelled(answering(), cancel) };
  }

  edited(document: TextDocument): void {
    this.#workspace.edited(document);
  }

  closed(document: TextDocument): void {
    this.#workspace.closed(document);
  }

  /** A document was opened, saved or closed. */
  visited(): void {
    this.#workspace.lookAgain();
  }

  /** Something has happened on disk. */
  changed(uris: readonly string[]): void {
    this.#workspace.changedOnDisk(uris.map(pathOf));
  }

  foldersChanged(added: readonly string[], removed: readonly string[]): void {
    const gone = removed.map(pathOf);
    this.#folders = [...this.#folders.filter((path) => !gone.includes(path)), ...added.map(pathOf)];
    this.#started = this.#client.attempt(() => this.#start());
  }

  /** The settings have changed. */
  configured(settings: unknown): void {
    const sent = sectionOf(settings);
    this.#sent = saysNothing(sent) ? settingsIn(this.#client.params.initializationOptions) : sent;
    void this.#client.attempt(() => this.#configure());
  }

  /** The user trusts the workspace now. */
  trusted(): void {
    this.#workspace.setTrust(true);
  }

  stopReading(): void {
    this.#workspace.stopReading();
  }

  /** Sends diagnostics in the order in which they were found, although their positions may have to wait for a file. */
  async #publish(diagnostics: PublishDiagnosticsParams): Promise<void> {
    const { connection } = this.#client;
    if (this.#encoding.isNative) return connection.sendDiagnostics(diagnostics);
    const translated = this.#encoding.sent(diagnostics);
    const sent = this.#published.then(async () => connection.sendDiagnostics(await translated));
    this.#published = sent.catch(() => {});
    return sent;
  }

  async #start(): Promise<void> {
    await this.#client.attempt(() => this.#configure());
    this.#workspace.setFolders(this.#folders);
  }

  /** Asks the client for the settings of each folder, or takes those that it has sent. */
  async #configure(): Promise<void> {
    const { connection, params } = this.#client;
    const inquiry = ++this.#inquiries;
    const scopes = this.#folders.length > 0 ? this.#folders : [''];
    let values: unknown[] = scopes.map(() => this.#sent);
    if (params.capabilities.workspace?.configuration) {
      const items = scopes.map((path) => ({ section: 'portolan', ...(path !== '' && { scopeUri: uriOf(path) }) }));
      const answers: unknown[] | null = await connection.workspace.getConfiguration(items);
      values = scopes.map((_, n) => answers?.[n] ?? this.#sent);
      if (inquiry < this.#answered) return; // what was asked for later counts
      this.#answered = inquiry;
    }
    const taken = values.map(takePreferences);
    for (const problem of new Set(taken.flatMap(({ problems }) => problems)))
      connection.console.warn(`Settings: ${problem}`);
    this.#prefer(taken[0]!.preferences);
    this.#workspace.setSettings(new Map(scopes.map((path, n) => [path, taken[n]!.rest])));
  }

  /** Takes the preferences of the window, which are the same for all folders. */
  #prefer(preferred: Preferences): void {
    const before = this.#preferences;
    this.#preferences = preferred;
    this.#workspace.setRemote(preferred.remote);
    this.#refresh({
      codeLens: preferred.codeLens !== before.codeLens,
      inlayHints: preferred.inlayHints !== before.inlayHints,
    });
  }

  /** Has the client ask again for what it shows beside the text. */
  #refresh({ codeLens, inlayHints }: Pick<Preferences, 'codeLens' | 'inlayHints'>): void {
    const { connection, params, attempt } = this.#client;
    const can = params.capabilities.workspace;
    if (codeLens && can?.codeLens?.refreshSupport) {
      void attempt(() => connection.sendRequest('workspace/codeLens/refresh'));
    }
    if (inlayHints && can?.inlayHint?.refreshSupport) {
      void attempt(() => connection.sendRequest('workspace/inlayHint/refresh'));
    }
  }

  #session(): Session {
    const client = this.#client.params.capabilities;
    return {
      workspace: this.#workspace,
      client,
      preferences: this.#preferences,
      form: { documentChanges: client.workspace?.workspaceEdit?.documentChanges ?? false },
      linkTo: (place) => this.#linkTo(place),
    };
  }

  #linkTo({ path, span }: Place): string {
    const line = this.#workspace.lines(path)?.position(span.start).line ?? 0;
    return `${this.#workspace.uri(path)}#L${line + 1}`;
  }

  /** Counting takes longer the more files there are, so that it is not done at every key. */
  #tellStatusSoon(): void {
    this.#statusTimer ??= setTimeout(() => this.#tellStatus(), STATUS_DELAY);
  }

  /** When nothing happens any more, the memory is given back that the work took. Who types then would have to wait. */
  #restSoon(): void {
    clearTimeout(this.#restTimer);
    if (this.#tidyUp) this.#restTimer = setTimeout(() => this.#rest(), REST);
  }

  #rest(): void {
    if (this.#workspace.isCalm) this.#tidyUp?.();
    else this.#restSoon();
  }

  #tellStatus(): void {
    clearTimeout(this.#statusTimer);
    this.#statusTimer = undefined;
    if (!this.#isHeard) return;
    this.#lastTold = performance.now();
    const status: Status = this.#workspace.status();
    const told = JSON.stringify(status);
    if (told === this.#lastStatus) return;
    this.#lastStatus = told;
    this.#notify('portolan/status', status);
  }

  /** Says that what `portolan/overview` answers may be another answer now. */
  #tellChange(): void {
    const { revision } = this.#workspace;
    if (revision === this.#lastRevision) return;
    this.#lastRevision = revision;
    this.#refresh(this.#preferences);
    const { errors } = this.#workspace;
    this.#notify('portolan/changed', { errors });
  }

  /** The client says that it listens to what the protocol knows nothing of: others warn of what they do not know. */
  get #isHeard(): boolean {
    return this.#client.params.capabilities.experimental?.portolan?.status === true;
  }

  #notify(method: string, params: object): void {
    const { connection, attempt } = this.#client;
    if (!this.#isHeard) return;
    void attempt(() => connection.sendNotification(method, params));
  }
}

/** The folders of the workspace, as clients old and new tell them. What is no folder is none. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const told: readonly unknown[] = Array.isArray(workspaceFolders) ? workspaceFolders : [];
  if (workspaceFolders) return told.flatMap((folder) => uriIn(folder) ?? []);
  return typeof rootUri === 'string' && rootUri !== '' ? [rootUri] : [];
}

/** Clients send the settings bare, or under their section's name. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'portolan' in settings ? settings.portolan : settings;
}

/** Many clients send an empty object for settings that they do not have. */
function saysNothing(settings: unknown): boolean {
  return typeof settings !== 'object' || settings === null || Object.keys(settings).length === 0;
}

/** The settings among the options with which a client starts the server. */
function settingsIn(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return undefined;
  const { trusted, registersDocuments, ...settings } = options as Record<string, unknown>;
  return sectionOf(settings);
}

/** Editors that know of trust say so; the others leave it to the user which folders to open. */
function isDistrusted(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'trusted' in options && options.trusted === false;
}
