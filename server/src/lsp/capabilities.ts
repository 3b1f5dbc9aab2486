import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type Disposable,
  RegistrationRequest,
  type RelativePattern,
  type ServerCapabilities,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import { isGlob, plainPath } from '../core/glob.ts';
import { readers } from '../core/readers/index.ts';
import type { Provided } from './feature.ts';
import { features } from './features/index.ts';
import { chosenEncoding } from './positionEncoding.ts';
import { uriOf } from './toLsp.ts';

/** The files the server wants to see. Clients know none of them: they are told here, so a new reader is enough. */
const patterns = [...readers.flatMap((reader) => reader.globs), '**/portolan.yaml'];

/** What the server can do, but for what it will register once the client is up. */
export function staticCapabilities(client: ClientCapabilities): ServerCapabilities {
  const now = features.flatMap(({ provided }) => (provided && !provided.isDynamic(client) ? [provided] : []));
  return {
    positionEncoding: chosenEncoding(client),
    textDocumentSync: client.textDocument?.synchronization?.dynamicRegistration
      ? TextDocumentSyncKind.None
      : { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...Object.fromEntries(now.map((provided) => [provided.capability, optionsOf(provided, client) ?? true])),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** Registers what {@link staticCapabilities} has left out. */
export async function register(connection: Connection, client: ClientCapabilities): Promise<void> {
  const documentSelector = patterns.map((pattern) => ({ pattern }));
  const registrations: Promise<unknown>[] = [];
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
    const type = DidChangeConfigurationNotification.type;
    registrations.push(connection.client.register(type, { section: 'portolan' }));
  }
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [
      ...[...patterns, '**/.gitignore'].map((globPattern) => ({ globPattern })),
      // A folder goes with all its files, and most clients tell of the folder alone.
      { globPattern: '**/*', kind: WatchKind.Delete },
    ];
    registrations.push(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
  }
  for (const { method, provided } of features) {
    if (!provided?.isDynamic(client)) continue;
    const registerOptions = { ...(!provided.isOfWorkspace && { documentSelector }), ...optionsOf(provided, client) };
    const registration = { id: method, method, registerOptions };
    registrations.push(connection.sendRequest(RegistrationRequest.type, { registrations: [registration] }));
  }
  if (client.textDocument?.synchronization?.dynamicRegistration) {
    const syncKind = TextDocumentSyncKind.Incremental;
    registrations.push(
      connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
      connection.client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind }),
      connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
    );
  }
  await Promise.all(registrations);
}

function optionsOf({ options }: Provided, client: ClientCapabilities): object | undefined {
  return typeof options === 'function' ? options(client) : options;
}

/** Has the client watch the registries that somebody names: those may have any name and lie outside of the workspace. */
export class RegistryWatcher {
  readonly #connection: Connection;
  #watched = '[]';
  #registration: Disposable | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Takes the paths or globs to watch, absolute. */
  async watch(globs: readonly string[], client: ClientCapabilities): Promise<void> {
    const wanted = JSON.stringify(globs);
    const { dynamicRegistration, relativePatternSupport } = client.workspace?.didChangeWatchedFiles ?? {};
    if (!dynamicRegistration || wanted === this.#watched) return;
    this.#watched = wanted;
    this.#registration?.dispose();
    this.#registration = undefined;
    if (globs.length === 0) return;
    const watchers = globs.map((glob) => ({ globPattern: relativePatternSupport ? relativePattern(glob) : glob }));
    this.#registration = await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  }
}

/** Editors watch files outside of the workspace only below a folder that they are told. */
function relativePattern(glob: string): RelativePattern {
  const segments = glob.split('/');
  const first = segments.findIndex(isGlob);
  const end = first < 0 ? segments.length - 1 : first;
  const folder = plainPath(segments.slice(0, end).join('/'));
  return { baseUri: uriOf(folder), pattern: segments.slice(end).join('/') };
}
