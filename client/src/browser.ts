/// <reference lib="webworker" />
import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { launch, stop } from './extension.ts';

/** The extension where there is no Node, as on vscode.dev: the server is a web worker. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server.worker.js').toString(true);
  let worker: Worker | undefined;
  const start = async () => {
    worker?.terminate(); // a server that is told to exit cannot end its own worker
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  launch(context, (options) => new LanguageClient('portolan', 'Portolan', start, options));
}

export const deactivate = stop;
