import type { InitializeParams } from 'vscode-languageserver';

/**
 * Whether the server tells later which documents it wants to see. Clients that could be told know by themselves which
 * files to open a server for, and some of them would go on sending whole documents; so only one that asks for it is.
 */
export function registersDocuments({ capabilities, initializationOptions }: InitializeParams): boolean {
  const { registersDocuments } = (initializationOptions ?? {}) as { readonly registersDocuments?: unknown };
  return registersDocuments === true && capabilities.textDocument?.synchronization?.dynamicRegistration === true;
}
