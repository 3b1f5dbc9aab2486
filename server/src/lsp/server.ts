import {
  type Connection,
  ConnectionError,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeError,
  type InitializeResult,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { staticCapabilities } from './connection/capabilities.ts';
import { chosenEncoding, NATIVE, update } from './connection/positionEncoding.ts';
import type { Client, Engine } from './engine.ts';

/** Makes what answers all requests but the first. */
export type Load = () => Promise<(client: Client) => Engine>;

/**
 * Serves one editor until the connection ends. A request that fails is answered with an error, by the connection, and a
 * notification that fails is logged; neither ends the server.
 * @param load brings in the engine, which is the greater part of the program: only when `initialize` has been answered
 */
export function serve(connection: Connection, load: Load, version: string): void {
  let encoding = NATIVE;
  const documents = new TextDocuments<TextDocument>({
    create: TextDocument.create,
    update: (document, changes, version) => update(document, changes, version, encoding),
  });
  const life = new Lifecycle();
  let hasFolders = false;
  let started: (engine: Engine | Promise<Engine>) => void;
  const engine = new Promise<Engine>((resolve) => (started = resolve));
  /** In the order in which it is asked for, as soon as the engine is there. */
  const tell = (work: (engine: Engine) => void) => void attempt(async () => work(await engine));

  connection.onInitialize((params): InitializeResult | ResponseError<InitializeError> => {
    if (life.hasBegun)
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.', { retry: false });
    const capabilities = staticCapabilities(params);
    encoding = chosenEncoding(params.capabilities);
    hasFolders = params.capabilities.workspace?.workspaceFolders ?? false;
    const start = async () => (await load())({ connection, params, attempt });
    life.start(); // only now: a client whose parameters have failed may try again
    setTimeout(() => started(start())); // when the answer is on its way
    return { capabilities, serverInfo: { name: 'portolan', version } };
  });
  connection.onInitialized(() => {
    if (hasFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const [more, gone] = [added, removed].map((folders) => folders.map(({ uri }) => uri));
        tell((engine) => engine.foldersChanged(more!, gone!));
      });
    }
    tell((engine) => engine.initialized());
  });
  connection.onShutdown(() => life.stop());

  documents.onDidChangeContent(({ document }) => tell((engine) => engine.edited(document)));
  documents.onDidClose(({ document }) => tell((engine) => engine.closed(document)));
  for (const happens of [documents.onDidOpen, documents.onDidSave, documents.onDidClose]) {
    happens(() => tell((engine) => engine.visited()));
  }
  documents.listen(connection);

  connection.onNotification(DidChangeWatchedFilesNotification.type, ({ changes }) => {
    tell((engine) => engine.changed(changes.map(({ uri }) => uri)));
  });
  connection.onDidChangeConfiguration(({ settings }) => tell((engine) => engine.configured(settings)));
  connection.onNotification('portolan/trusted', () => tell((engine) => engine.trusted()));
  connection.onNotification('portolan/stopReading', () => tell((engine) => engine.stopReading()));

  connection.onRequest(async (method, params, cancel) => {
    if (life.refusal) return life.refusal;
    try {
      const answer = await (await engine).answer(method, params, cancel);
      return answer ? answer.result : new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`);
    } catch (error) {
      throw isFailure(error) ? new ResponseError(error.code, error.message) : error;
    }
  });

  connection.listen();

  /** Does what nobody waits for. Once the connection is closed there is nobody to tell, either. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!tellsOfClosing(error)) connection.console.error(String(error));
    }
  }
}

/** Whether it is a `Failure`. The class itself comes with the engine, and is not the same in every bundle. */
function isFailure(error: unknown): error is Error & { readonly code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
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

  get hasBegun(): boolean {
    return this.#phase !== 'new';
  }

  start(): void {
    this.#phase = 'running';
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
