import type { ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import {
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  type UnregistrationParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { withClient } from '../../server/src/lsp/connection/clientHost.ts';
import { Engine } from '../../server/src/lsp/engine.ts';
import { serve } from '../../server/src/lsp/server.ts';
import { pathOf, uriOf } from '../../server/src/lsp/toLsp.ts';

/** What a modern editor can do. */
export const modern: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    symbol: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ['create'] },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    hover: { dynamicRegistration: true },
    codeAction: { dynamicRegistration: true },
    definition: { dynamicRegistration: true },
    references: { dynamicRegistration: true },
    documentHighlight: { dynamicRegistration: true },
    documentLink: { dynamicRegistration: true },
    documentSymbol: { dynamicRegistration: true, hierarchicalDocumentSymbolSupport: true },
    selectionRange: { dynamicRegistration: true },
    codeLens: { dynamicRegistration: true },
    inlayHint: { dynamicRegistration: true },
    rename: { dynamicRegistration: true, prepareSupport: true },
    completion: {
      dynamicRegistration: true,
      completionItem: { insertReplaceSupport: true, labelDetailsSupport: true },
    },
  },
  window: { workDoneProgress: true },
  experimental: { portolan: { status: true } },
};

interface Options {
  /** The folders of the workspace. */
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  /** What the client answers to `workspace/configuration`, or sends when it initializes. */
  readonly settings?: unknown;
  /** Added to the parameters of `initialize`. */
  readonly parameters?: object;
  /** The machine on which the server runs. */
  readonly host?: Host;
}

/** A true client of the protocol, as an editor has one. Paths are absolute. */
export class Editor {
  readonly connection: ProtocolConnection;
  readonly published = new Map<string, PublishDiagnosticsParams>();
  /** Every publication, in order. */
  readonly history: PublishDiagnosticsParams[] = [];
  readonly registered = new Map<string, unknown>();
  readonly log: string[] = [];
  readonly progress: string[] = [];
  /** What the server had the client ask for again: `codeLens`, `inlayHint`. */
  readonly refreshed: string[] = [];
  /** The token of the progress that was shown last. */
  progressToken: unknown;
  settings: unknown;
  status: { busy: boolean; isPartial: boolean; registries: number; errors: number } | undefined;
  /** What came with each `portolan/changed`. */
  readonly changes: { errors: number }[] = [];
  capabilities: ServerCapabilities = {};
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiting = new Set<() => void>();

  constructor(connection: ProtocolConnection, settings: unknown) {
    this.connection = connection;
    this.settings = settings;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.history.push(params);
      this.#tell();
    });
    connection.onNotification('portolan/status', (status) => {
      this.status = status;
      this.#tell();
    });
    connection.onNotification('portolan/changed', (now) => {
      this.changes.push(now);
      this.#tell();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.#tell();
    });
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      this.progress.push(value.kind);
      this.#tell();
    });
    connection.onRequest('window/workDoneProgress/create', ({ token }: { token: unknown }) => {
      this.progressToken = token;
      return null;
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => (typeof this.settings === 'function' ? this.settings(scopeUri) : this.settings)),
    );
    for (const shown of ['codeLens', 'inlayHint']) {
      connection.onRequest(`workspace/${shown}/refresh`, () => {
        this.refreshed.push(shown);
        this.#tell();
        return null;
      });
    }
    connection.onRequest('client/registerCapability', ({ registrations }) => {
      for (const { method, registerOptions } of registrations) this.registered.set(method, registerOptions);
      this.#tell();
      return null;
    });
    connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { method } of unregisterations) this.registered.delete(method);
      this.#tell();
      return null;
    });
    connection.listen();
  }

  async start({ folders = [], capabilities = modern, settings, parameters = {} }: Options): Promise<this> {
    const result = await this.connection.sendRequest<{ capabilities: ServerCapabilities }>('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions: settings,
      workspaceFolders: folders.map((path) => ({ uri: uriOf(path), name: path })),
      ...parameters,
    });
    this.capabilities = result.capabilities;
    await this.connection.sendNotification('initialized', {});
    return this;
  }

  open(path: string, text: string): Promise<void> {
    const document = TextDocument.create(uriOf(path), 'plaintext', 1, text);
    this.#documents.set(path, document);
    const { uri, languageId, version } = document;
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Replaces the first occurrence of a text in an open document, as typing does. */
  replace(path: string, old: string, text: string): Promise<void> {
    const at = this.text(path).indexOf(old);
    expect(at, `${JSON.stringify(old)} is not in ${path}`).toBeGreaterThanOrEqual(0);
    return this.edit(path, at, at + old.length, text);
  }

  /** Replaces what stands between two offsets of an open document. */
  edit(path: string, start: number, end: number, text: string): Promise<void> {
    const document = this.#documents.get(path)!;
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    TextDocument.update(document, [{ range, text }], document.version + 1);
    const textDocument = { uri: document.uri, version: document.version };
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ range, text }],
    });
  }

  /** The text of an open document. */
  text(path: string): string {
    return this.#documents.get(path)!.getText();
  }

  close(path: string): Promise<void> {
    this.#documents.delete(path);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
  }

  /** Tells of changes on disk: 1 created, 2 changed, 3 deleted. */
  watched(changes: Record<string, 1 | 2 | 3>): Promise<void> {
    const events = Object.entries(changes).map(([path, type]) => ({ uri: uriOf(path), type }));
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: events });
  }

  diagnostics(path: string): Diagnostic[] {
    return this.published.get(uriOf(path))?.diagnostics ?? [];
  }

  /** The diagnostics of a file as `line:column-column rule`, counted from 1. */
  squiggles(path: string): string[] {
    return this.diagnostics(path).map(({ range: { start, end }, code }) => {
      return `${start.line + 1}:${start.character + 1}-${end.character + 1} ${code}`;
    });
  }

  /** Waits for squiggles; fails with what there is instead. */
  async sees(path: string, squiggles: string[]): Promise<void> {
    const arrived = await this.until(() => String(this.squiggles(path)) === String(squiggles), false);
    if (!arrived) expect(this.squiggles(path)).toEqual(squiggles);
  }

  /**
   * Waits until something holds; looked at whenever a message has come.
   * @param patience for how long, in milliseconds
   */
  async until(holds: () => boolean, must = true, patience = 5000): Promise<boolean> {
    const end = Date.now() + patience;
    while (!holds()) {
      const left = end - Date.now();
      if (left <= 0) {
        if (must) expect.fail(`never held: ${holds}`);
        return false;
      }
      await this.#message(left);
    }
    return true;
  }

  /** Waits until the server has nothing left to do. */
  async settled(): Promise<void> {
    await this.connection.sendRequest('portolan/fixAll');
  }

  /** Asks something of a document: `textDocument/METHOD`. */
  ask<T>(method: string, path: string, params: object = {}): Promise<T> {
    return this.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uriOf(path) }, ...params });
  }

  async hover(path: string, line: number, character: number): Promise<string | null> {
    const textDocument = { uri: uriOf(path) };
    const hover = await this.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument,
      position: { line, character },
    });
    return hover?.contents.value ?? null;
  }

  /** What is offered at the end of the first occurrence of a text in an open document. */
  async complete(path: string, text: string): Promise<CompletionItem[]> {
    const document = this.#documents.get(path)!;
    const position = document.positionAt(document.getText().indexOf(text) + text.length);
    const textDocument = { uri: document.uri };
    const params = { textDocument, position };
    return (await this.connection.sendRequest<CompletionItem[] | null>('textDocument/completion', params)) ?? [];
  }

  codeActions(path: string, range: Range, only?: string[]): Promise<CodeAction[]> {
    const textDocument = { uri: uriOf(path) };
    const context = { diagnostics: [], ...(only && { only }) };
    return this.connection.sendRequest('textDocument/codeAction', { textDocument, range, context });
  }

  /** The texts after an edit, by path, of open documents and of the closed files given. An old version is refused. */
  edited(edit: WorkspaceEdit, closed: Record<string, string> = {}): Record<string, string> {
    const result: Record<string, string> = {};
    for (const change of edit.documentChanges ?? []) {
      if ('kind' in change && change.kind === 'create') {
        expect(closed, 'a file that is made must not be there').not.toHaveProperty([pathOf(change.uri)]);
        result[pathOf(change.uri)] = '';
        continue;
      }
      if (!('textDocument' in change)) expect.fail('only text edits and new files are expected');
      const { uri, version } = change.textDocument;
      const path = pathOf(uri);
      const document = this.#documents.get(path);
      expect(version, `the version of ${path}`).toBe(document?.version ?? null);
      const base = TextDocument.create(uri, '', 0, document?.getText() ?? closed[path] ?? result[path]!);
      result[path] = TextDocument.applyEdits(
        base,
        change.edits.flatMap((one) => ('newText' in one ? [one] : [])),
      );
    }
    return result;
  }

  #tell(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #message(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.#waiting.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** A client and a server in this process, with two streams between them; nothing initialized yet. */
export function connect(settings?: unknown, host: Host = nodeHost): Editor {
  const { editor, dispose } = pair(settings, host);
  onTestFinished(dispose);
  return editor;
}

/** As {@link connect}, for tests that make thousands of them and let go of each. */
export function pair(settings?: unknown, host: Host = nodeHost): { editor: Editor; dispose: () => void } {
  const up = new PassThrough();
  const down = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(server, async () => (client) => new Engine(client, withClient(host, server)), '0.0.0');
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const dispose = () => {
    client.dispose();
    server.dispose();
  };
  return { editor: new Editor(client, settings), dispose };
}

/** An editor with a workspace. */
export function startEditor(options: Options): Promise<Editor> {
  return connect(options.settings, options.host).start(options);
}

/** An editor that speaks with a process over its standard streams; nothing initialized yet. */
export function editorOver(child: ChildProcess, settings?: unknown): Editor {
  const streams = [new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!)] as const;
  return new Editor(createProtocolConnection(...streams), settings);
}
