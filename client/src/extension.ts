import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from 'vscode-languageclient';
import { announcement } from './announcement.ts';
import type { Machine } from './machine.ts';
import { parts } from './parts.ts';

let client: BaseLanguageClient | undefined;

/**
 * Starts the language server and hands it to the editor. The client knows no rule and no kind of file: the server asks
 * by dynamic registration for the documents it wants. Returns before the server is up, so that the editor never waits.
 * @param connect makes the client for a server that runs as this host lets it run
 * @param machine what can be learned of the machine, where there is one
 */
export function launch(
  context: ExtensionContext,
  connect: (options: LanguageClientOptions) => BaseLanguageClient,
  machine?: Machine,
): void {
  const log = window.createOutputChannel('Portolan', { log: true });
  const server = connect({
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Without trust the server reads nothing outside of the workspace.
    initializationOptions: () => ({ trusted: workspace.isTrusted, registersDocuments: true }),
  });
  client = server;
  server.registerFeature(announcement);
  context.subscriptions.push(
    log,
    workspace.onDidGrantWorkspaceTrust(() => server.sendNotification('portolan/trusted')),
    commands.registerCommand('portolan.restart', () => restart(server)),
    commands.registerCommand('portolan.showLog', () => log.show()),
    ...parts.map((part) => part(server, context, machine)),
  );
  server.start().catch((error: unknown) => log.error('The language server did not start.', error));
}

/** How long after it has not answered in time a server is gone at the latest, in milliseconds. */
const GONE = 2500;

/** Also a server that no longer answers: the library ends its process by force, and only then another may start. */
async function restart(server: BaseLanguageClient): Promise<void> {
  await server.stop().catch(() => new Promise((resolve) => setTimeout(resolve, GONE)));
  await server.start();
}

/** Ends the server. */
export function stop(): Promise<void> | undefined {
  return client?.stop();
}
