import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { bundled } from '../support/program.ts';
import { startServer, stopServer } from '../support/serverProcess.ts';

const portolan = commandLine();
const program = bundled('server/src/node.ts');

/** The kinds of entries that must never be opened, each made under a path. Devices can be made by root alone. */
const odd: Record<string, (path: string) => void> = {
  pipe: (path) => execFileSync('mkfifo', [path]),
  socket: (path) => {
    const listener = createServer().listen(path);
    onTestFinished(() => void listener.close());
  },
  folder: (path) => mkdirSync(path),
  'device without end': (path) => execFileSync('mknod', [path, 'c', '1', '5']),
  'link to a device': (path) => symlinkSync('/dev/zero', path),
  'link to itself': (path) => symlinkSync(path, path),
  'link to nothing': (path) => symlinkSync('/nonexistent/file', path),
  'link to the kernel’s log': (path) => symlinkSync('/proc/kmsg', path),
  'link out of the folder': (path) => symlinkSync(outsideOf(path), path),
};

/** A file elsewhere that would be found at fault if it was read. */
function outsideOf(path: string): string {
  return `${folderWith({ [path.slice(path.lastIndexOf('/') + 1)]: compose.replace('billing-api', 'outsider') })}${path.slice(path.lastIndexOf('/'))}`;
}

/** Makes an entry of each kind under every name that the program would like to read. */
function oddHarbour(): string {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  for (const [n, [kind, make]] of Object.entries(odd).entries()) {
    if (kind.startsWith('device') && process.getuid?.() !== 0) continue;
    for (const name of ['PORTS.md', 'compose.yaml', 'nginx.conf', '.env', 'Dockerfile', '.gitignore']) {
      const folder = `${root}/odd-${n}/${name.replaceAll('.', '')}`;
      mkdirSync(folder, { recursive: true });
      make(`${folder}/${name}`);
    }
  }
  mkdirSync(`${root}/loop/deep`, { recursive: true });
  symlinkSync('..', `${root}/loop/deep/up`);
  symlinkSync(root, `${root}/loop/top`);
  symlinkSync(`${root}/loop/b`, `${root}/loop/a`);
  symlinkSync(`${root}/loop/a`, `${root}/loop/b`);
  symlinkSync(folderWith({ 'compose.yaml': compose }), `${root}/elsewhere`);
  return root;
}

test.skipIf(process.platform === 'win32')('the server opens nothing but files, each once', async () => {
  const root = oddHarbour();
  const server = startServer(program);
  const editor = await server.editor.start({ folders: [root] });
  await editor.settled();
  expect([...editor.published.keys()]).toHaveLength(1);
  expect(editor.squiggles(`${root}/compose.yaml`)).toEqual([wrongPort]);

  // What turns into something else while the server runs is let go of.
  writeAt(root, { 'later/compose.yaml': compose });
  await editor.watched({ [`${root}/later/compose.yaml`]: 1 });
  await editor.sees(`${root}/later/compose.yaml`, [wrongPort]);
  for (const [kind, make] of Object.entries(odd)) {
    if (kind.startsWith('device') && process.getuid?.() !== 0) continue;
    rmSync(`${root}/later`, { recursive: true });
    mkdirSync(`${root}/later`);
    make(`${root}/later/compose.yaml`);
    await editor.watched({ [`${root}/later/compose.yaml`]: 2 });
    await editor.settled();
    expect(editor.squiggles(`${root}/later/compose.yaml`), kind).toEqual([]);
    rmSync(`${root}/later`, { recursive: true });
    writeAt(root, { 'later/compose.yaml': compose });
    await editor.watched({ [`${root}/later/compose.yaml`]: 2 });
    await editor.sees(`${root}/later/compose.yaml`, [wrongPort]);
  }
  await stopServer(server);
});

test.skipIf(process.platform === 'win32')('the command line opens nothing but files, each once', () => {
  const root = oddHarbour();
  const run = spawnSync(process.execPath, [portolan.program, 'check', '-f', 'jsonl'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(run).toMatchObject({ status: 1, stderr: '' });
  const found = run.stdout.trim().split('\n');
  expect(found.map((line) => JSON.parse(line).file)).toEqual(['compose.yaml']);
  for (const path of ['odd-0/composeyaml/compose.yaml', 'odd-3/PORTSmd/PORTS.md', 'loop/a']) {
    const args = [portolan.program, 'check', path];
    const { status, signal } = spawnSync(process.execPath, args, { cwd: root, timeout: 20_000 });
    expect({ status, signal }, path).toMatchObject({ signal: null });
  }
});

test('two names of one file are two files, as for git', () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  linkSync(`${root}/compose.yaml`, `${root}/compose.again.yaml`);
  const { out } = portolan(root, ['check', '-f', 'jsonl', '--rule', 'duplicate-published=off']);
  expect(out.match(/port-mismatch/g)).toHaveLength(2);
});

test.runIf(process.platform === 'linux')('folders that the kernel makes up are walked to their end', () => {
  for (const folder of ['/proc', '/dev', '/sys/class']) {
    const options = { cwd: folder, encoding: 'utf8', timeout: 25_000 } as const;
    const { status, signal } = spawnSync(process.execPath, [portolan.program, 'check'], options);
    expect({ status, signal }, folder).toEqual({ status: 0, signal: null });
  }
});
