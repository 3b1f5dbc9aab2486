import { isMainThread, workerData } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import { withClient } from './clientHost.ts';
import { serve } from './lsp/server.ts';
import { nodeHost } from './nodeHost.ts';
import { probe } from './probe.ts';
import { cacheFolder, DiskQuarantine } from './quarantine.ts';

const usage = `portolan-language-server ${manifest.version}

Usage: portolan-language-server TRANSPORT

  --stdio           speaks on standard input and output
  --socket=PORT     connects to a port of this machine
  --pipe=NAME       connects to a named pipe or a socket file
  --node-ipc        speaks over the channel of a parent Node process

  --version         prints the version
  --help            prints this
`;

const [, , ...args] = process.argv;
const transport = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

if (!isMainThread) void probe(workerData);
else if (args.includes('--version')) process.stdout.write(`${manifest.version}\n`);
else if (args.includes('--help')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg))) {
  const connection = createConnection(ProposedFeatures.all);
  const host = { ...nodeHost, quarantine: new DiskQuarantine(cacheFolder(), manifest.version) };
  serve(connection, withClient(host, connection), manifest.version);
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}
