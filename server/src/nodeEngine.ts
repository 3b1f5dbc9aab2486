import { isMainThread, workerData } from 'node:worker_threads';
import manifest from '../../package.json' with { type: 'json' };
import { cacheFolder } from './cacheFolder.ts';
import { nodeHost } from './host/nodeHost.ts';
import { withClient } from './lsp/connection/clientHost.ts';
import { type Client, Engine } from './lsp/engine.ts';
import { probe } from './quarantine/probe.ts';
import { DiskQuarantine } from './quarantine/quarantine.ts';
import { tidyUp } from './tidyUp.ts';

if (!isMainThread) void probe(workerData);

/** The engine of a server that has a disk. A bundle of its own, so that the connection need not wait for it. */
export function start(client: Client): Engine {
  const host = { ...nodeHost, quarantine: new DiskQuarantine(cacheFolder(), manifest.version), tidyUp };
  return new Engine(client, withClient(host, client.connection));
}
