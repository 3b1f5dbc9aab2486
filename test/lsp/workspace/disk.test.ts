import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Host } from '../../../server/src/host/host.ts';
import { nodeHost } from '../../../server/src/host/nodeHost.ts';
import { uriOf } from '../../../server/src/lsp/toLsp.ts';
import { folderWith, writeAt } from '../../support/disk.ts';
import { startEditor } from '../../support/editor.ts';
import { compose, registry, wrongPort } from '../../support/harbour.ts';

test('a registry that changes on disk', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  writeAt(root, { 'PORTS.md': registry.replace('9006', '9007') });
  await editor.watched({ [root + '/PORTS.md']: 2 });
  await editor.sees(root + '/compose.yaml', []);
});

test('a Dockerfile that changes on disk', async () => {
  const built = 'services:\n  quay:\n    build: ./quay\n    ports: ["9080:3000"]\n';
  const dockerfile = 'FROM node\nEXPOSE 8000\nCMD ["serve", "--port", "8000"]\n';
  const root = folderWith({ 'compose.yaml': built, 'quay/Dockerfile': dockerfile });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', ['4:19-23 upstream-mismatch']);
  writeAt(root, { 'quay/Dockerfile': dockerfile.replaceAll('8000', '3000') });
  await editor.watched({ [root + '/quay/Dockerfile']: 2 });
  await editor.sees(root + '/compose.yaml', []);
});

test('a folder that is renamed: only the folders themselves are told', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'a/compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/a/compose.yaml', [wrongPort]);
  renameSync(root + '/a', root + '/b');
  await editor.watched({ [root + '/a']: 3, [root + '/b']: 1, [root + '/b/compose.yaml']: 1 });
  await editor.sees(root + '/a/compose.yaml', []);
  await editor.sees(root + '/b/compose.yaml', [wrongPort]);
});

test('a storm of events ends in one publication a file', async () => {
  const root = folderWith({ 'PORTS.md': registry });
  const editor = await startEditor({ folders: [root] });
  await editor.settled();
  const names = Array.from({ length: 200 }, (_, n) => `service-${n}/compose.yaml`);
  writeAt(root, Object.fromEntries(names.map((name) => [name, compose])));
  for (let round = 0; round < 5; round++) {
    await editor.watched(Object.fromEntries(names.map((name) => [`${root}/${name}`, round === 0 ? 1 : 2])));
  }
  await editor.settled();
  for (const name of names) {
    const sent = editor.history.filter(({ uri }) => uri === uriOf(`${root}/${name}`));
    expect(sent.length, name).toBe(1);
    expect(editor.squiggles(`${root}/${name}`)).toContain(wrongPort);
  }
});

test('events for what is not read: ignored files, links, files of other folders', async () => {
  const outside = folderWith({ 'compose.yaml': compose });
  const root = folderWith({ 'PORTS.md': registry, '.gitignore': 'out/\n', 'out/compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.settled();
  symlinkSync(outside, root + '/link');
  writeAt(root, { 'node_modules/x/compose.yaml': compose, 'archive/compose.yaml': compose });
  const names = ['out', 'link', 'node_modules/x', 'archive'].map((name) => `${root}/${name}/compose.yaml`);
  await editor.watched(Object.fromEntries([...names, outside + '/compose.yaml'].map((path) => [path, 1])));
  await editor.settled();
  expect(editor.history).toEqual([]);
});

test('a file that turns into a folder, and one that can no longer be read', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose, 'b/compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.sees(root + '/b/compose.yaml', [wrongPort]);
  rmSync(root + '/compose.yaml');
  mkdirSync(root + '/compose.yaml');
  writeAt(root, { 'b/compose.yaml': `${compose}\0` });
  await editor.watched({ [root + '/compose.yaml']: 2, [root + '/b/compose.yaml']: 2 });
  await editor.sees(root + '/compose.yaml', []);
  await editor.sees(root + '/b/compose.yaml', []);
});

test('folders of the workspace come and go', async () => {
  const north = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const south = folderWith({ 'PORTS.md': registry.replace('9006', '9007'), 'compose.yaml': compose });
  const editor = await startEditor({ folders: [north] });
  await editor.sees(north + '/compose.yaml', [wrongPort]);

  const change = (added: string[], removed: string[]) => {
    const folders = (paths: string[]) => paths.map((path) => ({ uri: uriOf(path), name: path }));
    const event = { added: folders(added), removed: folders(removed) };
    return editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  };
  writeAt(south, { 'other/compose.yaml': compose.replace('"9010', '"9011') });
  await change([south], []);
  await editor.sees(south + '/other/compose.yaml', ['9:10-14 port-mismatch']);
  await editor.settled();
  expect(editor.squiggles(north + '/compose.yaml'), 'each folder has a registry of its own').toEqual([wrongPort]);
  expect(editor.squiggles(south + '/compose.yaml')).toEqual([]);

  await change([], [north]);
  await editor.sees(north + '/compose.yaml', []);
  await editor.sees(south + '/other/compose.yaml', ['9:10-14 port-mismatch']);
});

test('nested folders: a file in both has its diagnostics once, until both are gone', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'app/compose.yaml': compose });
  const editor = await startEditor({ folders: [root, root + '/app'] });
  const path = root + '/app/compose.yaml';
  await editor.sees(path, [wrongPort]);
  await editor.settled();
  expect(editor.history.filter(({ uri }) => uri === uriOf(path)).length).toBe(1);
});

test('the workspace is read with progress, and in the end the status is told', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.until(() => editor.progress.includes('end'));
  expect(editor.progress).toEqual(['begin', 'end']);
  await editor.until(() => editor.status?.errors === 1);
  expect(editor.status).toEqual({
    busy: false,
    isPartial: false,
    registries: 1,
    claims: 2,
    uses: 4,
    errors: 1,
    warnings: 0,
  });
  expect(await editor.connection.sendRequest('portolan/status')).toEqual(editor.status);
});

test('a folder that is too much is not walked, and the log says so', async () => {
  const editor = await startEditor({ folders: ['/'] });
  await editor.until(() => editor.log.some((line) => line.includes('it is the root of a disk')));
});

test('a file that is read twice at a time is as the later reading found it, whichever comes first', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const path = root + '/compose.yaml';
  let isHeld = false;
  const held: (() => void)[] = [];
  const host: Host = {
    ...nodeHost,
    folder(at, selection) {
      const folder = nodeHost.folder(at, selection);
      const readFile = async (file: string) => {
        const text = await folder.readFile(file);
        if (isHeld && file === path) await new Promise<void>((resolve) => held.push(resolve));
        return text;
      };
      const [accepts, skips] = [(file: string) => folder.accepts(file), (file: string) => folder.skips(file)];
      return { path: folder.path, files: () => folder.files(), accepts, skips, readFile };
    },
  };
  const editor = await startEditor({ folders: [root], host });
  await editor.sees(path, [wrongPort]);
  await editor.settled();
  isHeld = true;
  const actions = editor.codeActions(path, { start: { line: 4, character: 10 }, end: { line: 4, character: 10 } });
  while (held.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  writeAt(root, { 'compose.yaml': compose.replace('9007', '9006') });
  await editor.watched({ [path]: 2 });
  while (held.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  isHeld = false;
  held[1]!();
  await editor.sees(path, []);
  held[0]!();
  await actions;
  await editor.settled();
  expect(editor.squiggles(path)).toEqual([]);
});
