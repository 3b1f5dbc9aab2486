// A language server that some texts bring down: by a reader, by a rule, or as settings. It waits for one second where the real one waits for ten.
import './poisonedReader.ts';
import { isMainThread, workerData } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { cacheFolder } from '../../server/src/cacheFolder.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { type Client, Engine } from '../../server/src/lsp/engine.ts';
import { serve } from '../../server/src/lsp/server.ts';
import { probe } from '../../server/src/quarantine/probe.ts';
import { DiskQuarantine } from '../../server/src/quarantine/quarantine.ts';

if (!isMainThread) void probe(workerData);
else {
  const quarantine = new DiskQuarantine(cacheFolder(), '0.0.0', 1000);
  const start = (client: Client) => new Engine(client, { ...nodeHost, quarantine });
  serve(createConnection(ProposedFeatures.all), async () => start, '0.0.0');
}
