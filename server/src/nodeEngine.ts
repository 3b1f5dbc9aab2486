import { withClient } from './clientHost.ts';
import { type Client, Engine } from './lsp/engine.ts';
import { nodeHost } from './nodeHost.ts';

/** The engine of a server that has a disk. A bundle of its own, so that the connection need not wait for it. */
export function start(client: Client): Engine {
  return new Engine(client, withClient(nodeHost, client.connection));
}
