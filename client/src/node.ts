import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { launch, stop } from './extension.ts';
import { listening } from './ports/listening.ts';

/** The extension where there is Node: the server is a process of its own. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.cjs');
  launch(
    context,
    (options) => new LanguageClient('portolan', 'Portolan', { module, transport: TransportKind.ipc }, options),
    { listening },
  );
}

export const deactivate = stop;
