import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver';

/** A request of the protocol, as server and client tell each other that they have it. */
export interface Provided {
  /** `textDocument/hover` */
  readonly method: string;
  readonly capability: keyof ServerCapabilities;
  /** What is said of it beside its name, to this client. */
  readonly options?: object | ((client: ClientCapabilities) => object);
  /** It is asked of the workspace as a whole and not of a document. */
  readonly isOfWorkspace?: true;
  /** Whether the client lets the server register it later, for the files that the server wants. */
  isDynamic(client: ClientCapabilities): boolean | undefined;
}

/** The kind under which all safe fixes of a document are made at once, as on save. */
export const FIX_ALL = 'source.fixAll.portolan';

/** What the server says that it has. It stands apart from the features, which are loaded only after it has been said. */
export const provided: readonly Provided[] = [
  {
    method: 'textDocument/hover',
    capability: 'hoverProvider',
    isDynamic: ({ textDocument }) => textDocument?.hover?.dynamicRegistration,
  },
  {
    method: 'textDocument/codeAction',
    capability: 'codeActionProvider',
    options: { codeActionKinds: ['quickfix', FIX_ALL] },
    isDynamic: ({ textDocument }) => textDocument?.codeAction?.dynamicRegistration,
  },
  {
    method: 'textDocument/completion',
    capability: 'completionProvider',
    options: { triggerCharacters: [' ', ':', '=', '"', "'"] },
    isDynamic: ({ textDocument }) => textDocument?.completion?.dynamicRegistration,
  },
  {
    method: 'textDocument/codeLens',
    capability: 'codeLensProvider',
    options: { resolveProvider: false },
    isDynamic: ({ textDocument }) => textDocument?.codeLens?.dynamicRegistration,
  },
  {
    method: 'textDocument/definition',
    capability: 'definitionProvider',
    isDynamic: ({ textDocument }) => textDocument?.definition?.dynamicRegistration,
  },
  {
    method: 'textDocument/documentSymbol',
    capability: 'documentSymbolProvider',
    options: { label: 'Portolan' },
    isDynamic: ({ textDocument }) => textDocument?.documentSymbol?.dynamicRegistration,
  },
  {
    method: 'textDocument/documentHighlight',
    capability: 'documentHighlightProvider',
    isDynamic: ({ textDocument }) => textDocument?.documentHighlight?.dynamicRegistration,
  },
  {
    method: 'textDocument/inlayHint',
    capability: 'inlayHintProvider',
    options: { resolveProvider: false },
    isDynamic: ({ textDocument }) => textDocument?.inlayHint?.dynamicRegistration,
  },
  {
    method: 'textDocument/documentLink',
    capability: 'documentLinkProvider',
    options: { resolveProvider: false },
    isDynamic: ({ textDocument }) => textDocument?.documentLink?.dynamicRegistration,
  },
  {
    method: 'textDocument/references',
    capability: 'referencesProvider',
    isDynamic: ({ textDocument }) => textDocument?.references?.dynamicRegistration,
  },
  {
    method: 'textDocument/selectionRange',
    capability: 'selectionRangeProvider',
    isDynamic: ({ textDocument }) => textDocument?.selectionRange?.dynamicRegistration,
  },
  {
    method: 'workspace/symbol',
    capability: 'workspaceSymbolProvider',
    isOfWorkspace: true,
    isDynamic: ({ workspace }) => workspace?.symbol?.dynamicRegistration,
  },
  {
    method: 'textDocument/rename',
    capability: 'renameProvider',
    options: ({ textDocument }) => (textDocument?.rename?.prepareSupport ? { prepareProvider: true } : {}),
    isDynamic: ({ textDocument }) => textDocument?.rename?.dynamicRegistration,
  },
];

/** What is said of a request, to this client. */
export function optionsOf({ options }: Provided, client: ClientCapabilities): object | undefined {
  return typeof options === 'function' ? options(client) : options;
}
