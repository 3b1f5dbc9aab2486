import { type InitializeParams, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { chosenEncoding } from './positionEncoding.ts';
import { optionsOf, provided } from './provided.ts';

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

/**
 * Whether the server tells later which documents it wants to see. Clients that could be told know by themselves which
 * files to open a server for, and some of them would go on sending whole documents; so only one that asks for it is.
 */
export function registersDocuments({ capabilities, initializationOptions }: InitializeParams): boolean {
  const { registersDocuments } = (initializationOptions ?? {}) as { readonly registersDocuments?: unknown };
  return registersDocuments === true && capabilities.textDocument?.synchronization?.dynamicRegistration === true;
}
