import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import manifest from '../../package.json' with { type: 'json' };
import { folderWith } from '../support/disk.ts';
import { Editor, editorOver } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { bundledServer } from '../support/program.ts';

const server = bundledServer();

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, 'exit');
  return code;
}

test('serves an editor over standard input and output', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const child = server('--stdio');
  const editor = await editorOver(child).start({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.connection.sendRequest('shutdown');
  await editor.connection.sendNotification('exit');
  expect(await exitCode(child)).toBe(0);
  expect(await text(child.stderr!)).toBe('');
});

test('exit without shutdown is an error', async () => {
  const child = server('--stdio');
  const editor = await editorOver(child).start({});
  await editor.connection.sendNotification('exit');
  expect(await exitCode(child)).toBe(1);
});

test('ends when its input ends', async () => {
  const child = server('--stdio');
  await editorOver(child).start({});
  child.stdin!.end();
  expect(await exitCode(child)).toBe(1);
});

test('ends when the editor that started it is dead', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const child = server('--stdio');
  await editorOver(child).start({ parameters: { processId: parent.pid } });
  parent.kill('SIGKILL');
  expect(await exitCode(child)).toBe(1);
});

test('broken frames do not make it babble on standard output', async () => {
  const child = server('--stdio');
  child.stdin!.end('Content-Length: 12\r\n\r\n{"not": json');
  const said = await text(child.stdout!);
  for (const line of said.split('\r\n')) expect(line).toMatch(/^(Content-Length: \d+|\{.*\}(Content-Length: \d+)?|)$/);
});

test('serves an editor over a socket', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  server(`--socket=${port}`);
  const [socket]: Socket[] = await once(listener, 'connection');
  const editor = new Editor(
    createProtocolConnection(new StreamMessageReader(socket!), new StreamMessageWriter(socket!)),
    undefined,
  );
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  await editor.start({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  listener.close();
});

test('serves an editor over the channel of its parent process', async () => {
  const child = server('--version');
  const program = child.spawnargs[1]!;
  const forked = spawn(process.execPath, [program, '--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  forked.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, capabilities: {} } });
  const [answer] = await once(forked, 'message');
  expect(answer).toMatchObject({ id: 1, result: { serverInfo: { name: 'portolan', version: manifest.version } } });
  forked.kill('SIGKILL');
});

test('tells its version and its usage', async () => {
  const version = server('--version');
  expect(await text(version.stdout!)).toBe(`${manifest.version}\n`);
  expect(await text(server('--help').stdout!)).toContain('--stdio');
  const lost = server();
  expect(await text(lost.stderr!)).toContain('Usage:');
  expect(await exitCode(lost)).toBe(2);
});

test('is not followed by the library of the protocol a second time', async () => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: ['server/src/nodeEngine.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    loader: { '.md': 'text' },
  });
  const files = Object.keys(metafile.inputs);
  expect(files).toContain('server/src/lsp/engine.ts');
  expect(files.filter((file) => file.startsWith('node_modules/vscode-languageserver/'))).toEqual([]);
});
