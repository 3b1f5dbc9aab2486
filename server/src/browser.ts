/// <reference lib="webworker" />
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import manifest from '../../package.json' with { type: 'json' };
import { clientHost } from './lsp/connection/clientHost.ts';
import { Engine } from './lsp/engine.ts';
import { serve } from './lsp/server.ts';

/** The server in a web worker: it speaks over the worker's channel, and its files come from the client. */
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
serve(connection, async () => (client) => new Engine(client, clientHost(connection)), manifest.version);
