/// <reference lib="webworker" />
import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { launch, stop } from './extension.ts';

/** The extension where there is no Node, as on vscode.dev: the server is a web worker. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.worker.js').toString(true);
  launch(context, (options) => new LanguageClient('portolan', 'Portolan', async () => new Worker(script), options));
}

export const deactivate = stop;
