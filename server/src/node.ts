import { isMainThread } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import { serve } from './lsp/server.ts';

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

// A thread in which the engine tries something out.
if (!isMainThread) void import('./nodeEngine.ts');
else if (args.includes('--version')) process.stdout.write(`${manifest.version}\n`);
else if (args.includes('--help')) process.stdout.write(usage);
else if (args.some((arg) => transport.test(arg))) {
  const connection = createConnection(ProposedFeatures.all);
  serve(connection, async () => (await import('./nodeEngine.ts')).start, manifest.version);
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}
