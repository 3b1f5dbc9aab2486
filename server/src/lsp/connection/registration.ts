import type { ClientCapabilities, Connection, InitializeParams, RelativePattern } from 'vscode-languageserver';
import { isGlob, plainPath } from '../../core/glob.ts';
import { readers } from '../../core/readers/index.ts';
import { uriOf } from '../toLsp.ts';
import { optionsOf, provided } from './provided.ts';
import { registersDocuments } from './registersDocuments.ts';

const WATCHED = 'workspace/didChangeWatchedFiles';
/** Under which name the files are watched that somebody names. */
const NAMED = `${WATCHED}/named`;
/** A kind of watching: https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#watchKind */
const DELETED = 4;
/** https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocumentSyncKind */
const INCREMENTAL = 2;

/** The files the server wants to see. Clients know none of them: they are told here, so a new reader is enough. */
const patterns = [...readers.flatMap((reader) => reader.globs), '**/portolan.yaml'];

/** Registers what {@link staticCapabilities} has left out. */
export async function register(connection: Connection, params: InitializeParams): Promise<void> {
  const client = params.capabilities;
  const documentSelector = patterns.map((pattern) => ({ pattern }));
  const registrations: Promise<unknown>[] = [];
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
    registrations.push(add(connection, 'workspace/didChangeConfiguration', { section: 'portolan' }));
  }
  if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [
      ...[...patterns, '**/.gitignore'].map((globPattern) => ({ globPattern })),
      // A folder goes with all its files, and most clients tell of the folder alone.
      { globPattern: '**/*', kind: DELETED },
    ];
    registrations.push(add(connection, WATCHED, { watchers }));
  }
  for (const one of provided) {
    if (!one.isDynamic(client)) continue;
    const registerOptions = { ...(!one.isOfWorkspace && { documentSelector }), ...optionsOf(one, client) };
    registrations.push(add(connection, one.method, registerOptions));
  }
  if (registersDocuments(params)) {
    registrations.push(
      add(connection, 'textDocument/didOpen', { documentSelector }),
      add(connection, 'textDocument/didChange', { documentSelector, syncKind: INCREMENTAL }),
      add(connection, 'textDocument/didClose', { documentSelector }),
    );
  }
  await Promise.all(registrations);
}

/** Has the client send what it otherwise would not. */
function add(connection: Connection, method: string, registerOptions: object, id = method): Promise<void> {
  return connection.sendRequest('client/registerCapability', { registrations: [{ id, method, registerOptions }] });
}

function remove(connection: Connection, method: string, id: string): Promise<void> {
  return connection.sendRequest('client/unregisterCapability', { unregisterations: [{ id, method }] });
}

/** Has the client watch the registries that somebody names: those may have any name and lie outside of the workspace. */
export class RegistryWatcher {
  readonly #connection: Connection;
  #watched = '[]';
  #isRegistered = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Takes the paths or globs to watch, absolute. */
  async watch(globs: readonly string[], client: ClientCapabilities): Promise<void> {
    const wanted = JSON.stringify(globs);
    const { dynamicRegistration, relativePatternSupport } = client.workspace?.didChangeWatchedFiles ?? {};
    if (!dynamicRegistration || wanted === this.#watched) return;
    this.#watched = wanted;
    const sent = this.#isRegistered ? [remove(this.#connection, WATCHED, NAMED)] : [];
    this.#isRegistered = globs.length > 0;
    const watchers = globs.map((glob) => ({ globPattern: relativePatternSupport ? relativePattern(glob) : glob }));
    if (this.#isRegistered) sent.push(add(this.#connection, WATCHED, { watchers }, NAMED));
    await Promise.all(sent);
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
