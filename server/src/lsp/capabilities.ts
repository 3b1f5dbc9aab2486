import { type ClientCapabilities, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { chosenEncoding } from './positionEncoding.ts';
import { optionsOf, provided } from './provided.ts';

/** What the server can do, but for what it will register once the client is up. */
export function staticCapabilities(client: ClientCapabilities): ServerCapabilities {
  const now = provided.filter((one) => !one.isDynamic(client));
  return {
    positionEncoding: chosenEncoding(client),
    textDocumentSync: client.textDocument?.synchronization?.dynamicRegistration
      ? TextDocumentSyncKind.None
      : { openClose: true, change: TextDocumentSyncKind.Incremental },
    ...Object.fromEntries(now.map((one) => [one.capability, optionsOf(one, client) ?? true])),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
