import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folderWith, writeAt } from '../support/disk.ts';
import type { Editor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { bundled } from '../support/program.ts';
import { type ServerProcess, startServer, stopServer } from '../support/serverProcess.ts';

const program = bundled('test/support/poisonedServer.ts');

function poisoned(name: string): string {
  return `# poison: ${name}\n${compose}`;
}

/** A workspace with a poisoned file among others, and the cache of a user. */
function harbour(poison: string): { root: string; cache: string; bad: string; good: string } {
  const root = folderWith({ 'PORTS.md': registry, 'a/compose.yaml': compose, 'b/compose.yaml': poison });
  return { root, cache: folderWith({}), bad: `${root}/b/compose.yaml`, good: `${root}/a/compose.yaml` };
}

/** A server for that workspace, as an editor starts it, and starts it again. */
async function start({ root, cache }: { root: string; cache: string }): Promise<ServerProcess> {
  const server = startServer(program, { env: { XDG_CACHE_HOME: cache }, node: ['--max-old-space-size=150'] });
  await server.editor.start({ folders: [root] });
  return server;
}

/** What is said of the file that is not read. */
function saidOf(editor: Editor, path: string): string[] {
  return editor.diagnostics(path).map(({ code, severity }) => `${code} ${severity}`);
}

for (const name of ['abort', 'memory']) {
  test(`a file that ends the process (${name}) does so once, and is read again when it has changed`, async () => {
    const place = harbour(poisoned(name));
    const first = await start(place);
    expect((await first.ended).status).not.toBe(0);

    const second = await start(place);
    await second.editor.settled();
    expect(saidOf(second.editor, place.bad)).toEqual(['not-read 3']);
    expect(second.editor.squiggles(place.good)).toEqual([wrongPort]);
    expect(second.editor.log).toEqual([expect.stringContaining(`${place.bad}: This file is not read`)]);
    await stopServer(second);

    const third = await start(place);
    await third.editor.open(place.bad, poisoned(name));
    await third.editor.replace(place.bad, '9007', '9008');
    await third.editor.close(place.bad);
    await third.editor.settled();
    expect(saidOf(third.editor, place.bad)).toEqual(['not-read 3']);
    writeAt(place.root, { 'b/compose.yaml': `# healed\n${compose}` });
    await third.editor.watched({ [place.bad]: 2 });
    await third.editor.sees(place.bad, ['6:10-14 port-mismatch']);
    await stopServer(third);
    expect(readdirSync(`${place.cache}/portolan`)).toEqual(['quarantine.json']);
  });
}

test('a path of several lines is no way around that', async () => {
  const place = harbour(compose);
  writeAt(place.root, { 'b\n/compose.yaml': poisoned('abort') });
  expect((await (await start(place)).ended).status).not.toBe(0);
  const second = await start(place);
  await second.editor.settled();
  expect(saidOf(second.editor, `${place.root}/b\n/compose.yaml`)).toEqual(['not-read 3']);
  await stopServer(second);
});

/** What brings a server down besides reading, in a workspace with such a file. */
const others: Record<string, (name: string) => Record<string, string>> = {
  'a rule': (name) => ({ 'b/compose.yaml': `${compose}  ${name}:\n    image: quay\n` }),
  settings: (name) => ({ 'b/portolan.yaml': `# poison: ${name}\nrules: {}\n` }),
};

for (const [what, filesFor] of Object.entries(others)) {
  const files = filesFor('abort');
  const [name] = Object.keys(files);

  test(`what ends the process in ${what} does so once`, async () => {
    const place = harbour(compose);
    writeAt(place.root, files);
    const bad = `${place.root}/${name}`;
    const first = await start(place);
    expect((await first.ended).status).not.toBe(0);

    const second = await start(place);
    await second.editor.settled();
    expect(saidOf(second.editor, bad)).toEqual(['not-read 3']);
    expect(second.editor.squiggles(place.good)).toEqual([wrongPort]);
    await stopServer(second);
  });

  test(`what never ends in ${what} is given up where the file is long, and the server lives on`, async () => {
    const place = harbour(compose);
    const [text] = Object.values(filesFor('never ends'));
    writeAt(place.root, { [name!]: text + '# tide\n'.repeat(4000) });
    const server = await start(place);
    await server.editor.until(
      () => saidOf(server.editor, `${place.root}/${name}`).includes('not-read 3'),
      true,
      30_000,
    );
    await server.editor.settled();
    expect(server.editor.squiggles(place.good)).toEqual([wrongPort]);
    await stopServer(server);
  });
}

test('the reading of a long file that never ends is ended, and the server lives on', async () => {
  const place = harbour(poisoned('never ends') + '# tide\n'.repeat(4000));
  const server = await start(place);
  await server.editor.until(() => saidOf(server.editor, place.bad).length > 0);
  await server.editor.settled();
  expect(saidOf(server.editor, place.bad)).toEqual(['not-read 3']);
  expect(server.editor.squiggles(place.good)).toEqual([wrongPort]);
  await stopServer(server);
});

test('a short one keeps it busy until somebody ends it, once', async () => {
  const place = harbour(poisoned('never ends'));
  const first = await start(place);
  await sleep(1500);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await start(place);
  await second.editor.until(() => saidOf(second.editor, place.bad).length > 0);
  await second.editor.settled();
  expect(second.editor.squiggles(place.good)).toEqual([wrongPort]);
  await stopServer(second);
});

test('a sound file at which a process was killed is read all the same', async () => {
  const place = harbour(compose);
  writeAt(place.cache, { 'portolan/reading-4194303': `${place.bad}\0`, 'portolan/reading-4194302': '\0' });
  const server = await start(place);
  await server.editor.sees(place.bad, [wrongPort]);
  await stopServer(server);
  expect(readdirSync(`${place.cache}/portolan`)).toEqual(['quarantine.json']);
});

test('a spoilt cache, and one that cannot be written, are as good as none', async () => {
  const place = harbour(compose);
  writeAt(place.cache, { 'portolan/quarantine.json': '{"version":"0.0.0","held":[' });
  const server = await start(place);
  await server.editor.sees(place.bad, [wrongPort]);
  await stopServer(server);

  const file = `${folderWith({ file: '' })}/file`;
  const other = await start({ ...place, cache: file });
  await other.editor.sees(place.bad, [wrongPort]);
  await stopServer(other);
  expect(readFileSync(file, 'utf8')).toBe('');
});
