import { type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { chosenEncoding } from './positionEncoding.ts';
import { optionsOf, provided } from './provided.ts';
import { registersDocuments } from './registersDocuments.ts';

/** What the server can do, but for what it will register once the client is up. */
export function staticCapabilities(params: InitializeParams): ServerCapabilities {
  const client = params.capabilities;
  const now = provided.filter((one) => !one.isDynamic(client));
  return {
    positionEncoding: chosenEncoding(client),
    textDocumentSync: registersDocuments(params)
      ? TextDocumentSyncKind.None
      : { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...Object.fromEntries(now.map((one) => [one.capability, optionsOf(one, client) ?? true])),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
