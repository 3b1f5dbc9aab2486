import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, TransportKind, type WorkspaceEdit } from 'vscode-languageclient/node';
import { showStatus } from './status.ts';

/**
 * Starts the language server and hands it to the editor. The client knows no rule and no kind of file: the server asks
 * by dynamic registration for the documents it wants.
 */
let client: LanguageClient | undefined;

/** Returns before the server is up, so that the editor never waits for it. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Portolan', { log: true });
  const module = context.asAbsolutePath('dist/server.cjs');
  const server = new LanguageClient(
    'portolan',
    'Portolan',
    { module, transport: TransportKind.ipc },
    {
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Without trust the server reads nothing outside of the workspace.
      initializationOptions: () => ({ trusted: workspace.isTrusted }),
    },
  );
  client = server;
  context.subscriptions.push(
    log,
    showStatus(server),
    workspace.onDidGrantWorkspaceTrust(() => server.sendNotification('portolan/trusted')),
    commands.registerCommand('portolan.restart', () => server.restart()),
    commands.registerCommand('portolan.showLog', () => log.show()),
    commands.registerCommand('portolan.fixWorkspace', () => fixWorkspace(server)),
  );
  server.start().catch((error: unknown) => log.error('The language server did not start.', error));
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

/** Applies every safe fix at once. The server marks the edits as in need of confirmation, so the preview opens first. */
async function fixWorkspace(server: LanguageClient): Promise<void> {
  const answer = await server.sendRequest<WorkspaceEdit | null>('portolan/fixAll');
  const edit = await server.protocol2CodeConverter.asWorkspaceEdit(answer);
  if (!edit || edit.size === 0) {
    void window.showInformationMessage('No port in this workspace has a fix that is safe to apply.');
    return;
  }
  await workspace.applyEdit(edit, { isRefactoring: true });
}
