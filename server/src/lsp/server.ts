import {
  type CancellationToken,
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  ConnectionError,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeError,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
  type PublishDiagnosticsParams,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../core/finding.ts';
import type { Host } from '../host.ts';
import { documentOf, invalid, unlessCancelled } from './asking.ts';
import { RegistryWatcher, register, staticCapabilities } from './capabilities.ts';
import type { Feature, Session } from './feature.ts';
import { features } from './features/index.ts';
import type { Indexing } from './indexing.ts';
import { chosenEncoding, PositionEncoding } from './positionEncoding.ts';
import { type Preferences, takePreferences } from './preferences.ts';
import { pathOf, uriOf } from './toLsp.ts';
import { type Status, Workspace } from './workspace.ts';

/**
 * Serves one editor until the connection ends. A request that fails is answered with an error, by the connection, and a
 * notification that fails is logged; neither ends the server.
 */
export function serve(connection: Connection, host: Host, version: string): void {
  const documents: TextDocuments<TextDocument> = new TextDocuments({
    create: TextDocument.create,
    update: (document, changes, version) => encoding.update(document, changes, version),
  });
  const workspace = new Workspace(host, {
    publish: (params) => void attempt(() => publish(params)),
    log: (message) => void attempt(async () => connection.console.warn(message)),
    indexing: (reading) => void attempt(() => showProgress(connection, reading, tellStatus)),
    settled: () => {
      tellStatus();
      tellChange();
      void attempt(() => watcher.watch(workspace.watched(), client));
    },
  });
  const encoding = new PositionEncoding({
    open: (uri) => documents.get(uri)?.getText(),
    read: (uri) => workspace.readText(pathOf(uri)),
  });
  const watcher = new RegistryWatcher(connection);
  const life = new Lifecycle();
  let client: ClientCapabilities = {};
  let folders: string[] = [];
  /** The settings that the client sent last, for one that cannot be asked. */
  let sent: unknown;
  let lastStatus: Status | undefined;
  let { preferences } = takePreferences(undefined);
  let lastRevision: number | undefined;
  /** Kept when all diagnostics have been sent so far. */
  let published: Promise<unknown> = Promise.resolve();

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    const refusal = life.start();
    if (refusal) return refusal;
    client = params.capabilities;
    encoding.kind = chosenEncoding(client);
    folders = foldersOf(params).map(pathOf);
    sent = params.initializationOptions;
    workspace.setTrust(!isDistrusted(sent));
    return { capabilities: staticCapabilities(client), serverInfo: { name: 'portolan', version } };
  });

  connection.onInitialized(() => {
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => pathOf(uri));
        folders = [...folders.filter((path) => !gone.includes(path)), ...added.map(({ uri }) => pathOf(uri))];
        void attempt(configure).then(() => workspace.setFolders(folders));
      });
    }
    void attempt(configure).then(() => workspace.setFolders(folders));
    void attempt(() => register(connection, client));
  });

  connection.onShutdown(() => life.stop());

  documents.onDidChangeContent(({ document }) => workspace.edited(document));
  documents.onDidClose(({ document }) => workspace.closed(document));
  documents.listen(connection);

  connection.onNotification(DidChangeWatchedFilesNotification.type, ({ changes }) => {
    workspace.changedOnDisk(changes.map(({ uri }) => pathOf(uri)));
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    sent = settings;
    void attempt(configure);
  });

  connection.onNotification('portolan/trusted', () => workspace.setTrust(true));
  connection.onNotification('portolan/stopReading', () => workspace.stopReading());

  for (const { method, answer } of features) {
    connection.onRequest(method, async (...args: unknown[]) => {
      if (life.refusal) return life.refusal;
      // A request without parameters comes with the token alone.
      const params = args.length > 1 ? args[0] : {};
      const cancel = args.at(-1) as CancellationToken;
      return invalid(method, params) ?? unlessCancelled(answered(answer, params, cancel), cancel);
    });
  }

  connection.listen();

  async function answered<P, R>(answer: Feature<P, R>['answer'], params: P, cancel: CancellationToken): Promise<R> {
    const asked = await encoding.received(params);
    await workspace.informed();
    return encoding.sent(await answer(asked, session(), cancel), documentOf(params));
  }

  /** Sends diagnostics in the order in which they were found, although their positions may have to wait for a file. */
  async function publish(params: PublishDiagnosticsParams): Promise<void> {
    if (encoding.isNative) return connection.sendDiagnostics(params);
    const translated = encoding.sent(params);
    const sent = published.then(async () => connection.sendDiagnostics(await translated));
    published = sent.catch(() => {});
    return sent;
  }

  /** Asks the client for the settings of each folder, or takes those that it has sent. */
  async function configure(): Promise<void> {
    const scopes = folders.length > 0 ? folders : [''];
    let values: unknown[] = scopes.map(() => sectionOf(sent));
    if (client.workspace?.configuration) {
      const items = scopes.map((path) => ({ section: 'portolan', ...(path !== '' && { scopeUri: uriOf(path) }) }));
      values = await connection.workspace.getConfiguration(items);
    }
    const taken = values.map(takePreferences);
    for (const problem of new Set(taken.flatMap(({ problems }) => problems)))
      connection.console.warn(`Settings: ${problem}`);
    prefer(taken[0]!.preferences);
    workspace.setSettings(new Map(scopes.map((path, n) => [path, taken[n]!.rest])));
  }

  /** Takes the preferences of the window, which are the same for all folders. */
  function prefer(preferred: Preferences): void {
    const before = preferences;
    preferences = preferred;
    refresh({
      codeLens: preferred.codeLens !== before.codeLens,
      inlayHints: preferred.inlayHints !== before.inlayHints,
    });
  }

  /** Has the client ask again for what it shows beside the text. */
  function refresh({ codeLens, inlayHints }: Pick<Preferences, 'codeLens' | 'inlayHints'>): void {
    const { workspace: can } = client;
    if (codeLens && can?.codeLens?.refreshSupport) {
      void attempt(() => connection.sendRequest(CodeLensRefreshRequest.type));
    }
    if (inlayHints && can?.inlayHint?.refreshSupport) {
      void attempt(() => connection.sendRequest(InlayHintRefreshRequest.type));
    }
  }

  function session(): Session {
    const form = { documentChanges: client.workspace?.workspaceEdit?.documentChanges ?? false };
    return { workspace, client, preferences, form, linkTo };
  }

  function linkTo({ path, span }: Place): string {
    const line = workspace.lines(path)?.position(span.start).line ?? 0;
    return `${workspace.uri(path)}#L${line + 1}`;
  }

  function tellStatus(): void {
    const status = workspace.status();
    if (JSON.stringify(status) === JSON.stringify(lastStatus)) return;
    lastStatus = status;
    void attempt(() => connection.sendNotification('portolan/status', status));
  }

  /** Says that what `portolan/overview` answers may be another answer now. */
  function tellChange(): void {
    if (workspace.revision === lastRevision) return;
    lastRevision = workspace.revision;
    refresh(preferences);
    void attempt(() => connection.sendNotification('portolan/changed', { errors: workspace.status().errors }));
  }

  /** Does what nobody waits for. Once the connection is closed there is nobody to tell, either. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!tellsOfClosing(error)) connection.console.error(String(error));
    }
  }
}

function tellsOfClosing(error: unknown): boolean {
  if (error instanceof ResponseError) return error.code === ErrorCodes.PendingResponseRejected;
  return error instanceof ConnectionError;
}

/**
 * Which requests may be answered.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#initialize
 */
class Lifecycle {
  #phase: 'new' | 'running' | 'stopped' = 'new';

  start(): ResponseError<InitializeError> | undefined {
    if (this.#phase !== 'new') {
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.', { retry: false });
    }
    this.#phase = 'running';
    return undefined;
  }

  stop(): void {
    this.#phase = 'stopped';
  }

  /** Why a request is refused, if it is. */
  get refusal(): ResponseError | undefined {
    if (this.#phase === 'running') return undefined;
    if (this.#phase === 'new') return new ResponseError(ErrorCodes.ServerNotInitialized, 'Send initialize first.');
    return new ResponseError(ErrorCodes.InvalidRequest, 'The server is shutting down.');
  }
}

/** The folders of the workspace, as clients old and new tell them. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

/** Clients send the settings bare, or under their section's name. */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'portolan' in settings ? settings.portolan : settings;
}

/** Editors that know of trust say so; the others leave it to the user which folders to open. */
function isDistrusted(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'trusted' in options && options.trusted === false;
}

/** How often the progress is told at most, in milliseconds. */
const RHYTHM = 200;

/** Shows how far the reading of the workspace is, and lets the user stop it. */
async function showProgress(connection: Connection, reading: Indexing, tellStatus: () => void): Promise<void> {
  let last = performance.now();
  let report = (_percentage: number, _message: string) => {};
  reading.follow(() => {
    if (performance.now() - last < RHYTHM) return;
    last = performance.now();
    const { read, total } = reading;
    report(Math.floor((100 * read) / total), `${read} of ${total} files`);
    tellStatus();
  });
  const progress = await connection.window.createWorkDoneProgress();
  progress.token.onCancellationRequested(() => reading.stop());
  progress.begin('Portolan', 0, 'Reading the workspace', true);
  report = (percentage, message) => progress.report(percentage, message);
  await reading.done;
  progress.done();
}
