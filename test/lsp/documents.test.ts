import { rmSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { rules } from '../../server/src/core/rules/index.ts';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

test('a closed file has diagnostics, and loses them when it is deleted', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.watched({ [root + '/compose.yaml']: 3 });
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml'), 'the file is still there').toEqual([wrongPort]);
  rmSync(root + '/compose.yaml');
  await editor.watched({ [root + '/compose.yaml']: 3 });
  await editor.sees(root + '/compose.yaml', []);
});

test('a diagnostic tells all that an editor can show', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', compose);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const [diagnostic] = editor.diagnostics(root + '/compose.yaml');
  expect(diagnostic).toMatchObject({
    severity: 1,
    source: 'portolan',
    code: 'port-mismatch',
    codeDescription: { href: expect.stringMatching(/\/docs\/rules\/port-mismatch\.md$/) },
    message: expect.stringContaining('9006'),
    relatedInformation: [
      {
        location: {
          uri: uriOf(root + '/PORTS.md'),
          range: { start: { line: 4, character: 16 }, end: { line: 4, character: 20 } },
        },
      },
    ],
  });
  expect(editor.published.get(uriOf(root + '/compose.yaml'))?.version).toBe(1);
});

test('typing is followed, version by version', async () => {
  const root = folderWith({ 'PORTS.md': registry });
  const path = root + '/compose.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.open(path, compose);
  await editor.sees(path, [wrongPort]);
  await editor.replace(path, '9007', '9006');
  await editor.sees(path, []);
  await editor.replace(path, 'services:', '# 🚢 here\nservices:');
  await editor.replace(path, '9006', '9008');
  await editor.sees(path, ['6:10-14 port-mismatch']);
  const versions = editor.history.filter(({ uri }) => uri === uriOf(path)).map(({ version }) => version);
  expect(versions).toEqual(versions.toSorted());
  expect(versions.at(-1)).toBe(4);
});

test('what stands after an emoji on its line has its place in UTF-16 units', async () => {
  const root = folderWith({ 'PORTS.md': registry });
  const path = root + '/compose.yaml';
  const text = 'services:\r\n  billing-api: { image: "🚢", ports: ["9007:80"] }\r\n';
  const editor = await startEditor({ folders: [root] });
  await editor.open(path, text);
  const column = text.split('\r\n')[1]!.indexOf('9007') + 1;
  await editor.sees(path, [`2:${column}-${column + 4} port-mismatch`]);
});

test('files that are not open follow the registry that is edited', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.open(root + '/PORTS.md', registry);
  await editor.replace(root + '/PORTS.md', '9006', '9007');
  await editor.sees(root + '/compose.yaml', []);
  await editor.replace(root + '/PORTS.md', '9010', '9011');
  await editor.sees(root + '/compose.yaml', ['9:10-14 port-mismatch']);
});

test('unsaved text counts, and closing goes back to the disk', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/PORTS.md', registry.replace('9006', '9007'));
  await editor.settled();
  await editor.sees(root + '/compose.yaml', []);
  await editor.watched({ [root + '/PORTS.md']: 2 });
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml'), 'the disk does not count while the file is open').toEqual([]);
  await editor.close(root + '/PORTS.md');
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('a file of no folder is checked while it is open, and cleared when it is closed', async () => {
  const outside = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [] });
  await editor.open(outside + '/PORTS.md', registry);
  await editor.open(outside + '/compose.yaml', compose);
  await editor.sees(outside + '/compose.yaml', [wrongPort]);
  await editor.close(outside + '/compose.yaml');
  await editor.sees(outside + '/compose.yaml', []);
});

test('an untitled document is checked; a state from version control is no file of its own', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose.replace('9007', '9006') });
  const editor = await startEditor({ folders: [root] });
  await editor.open(`git:${root}/compose.yaml?ref=HEAD/compose.yaml`, compose);
  await editor.open('untitled:compose.yaml', compose.replace('"9010:3000"', '"99999:3000"'));
  await editor.until(() => editor.squiggles('untitled:compose.yaml').length > 0);
  expect(editor.squiggles('untitled:compose.yaml')).toContain('9:10-15 invalid-port');
  expect(editor.history.filter(({ uri }) => uri.startsWith('git:'))).toEqual([]);
});

test('a file that is left out is left out when it is open, too', async () => {
  const root = folderWith({ 'PORTS.md': registry, '.gitignore': 'out/\n', 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/out/compose.yaml', compose);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  expect(editor.published.has(uriOf(root + '/out/compose.yaml'))).toBe(false);
  writeAt(root, { '.gitignore': '' });
  await editor.watched({ [root + '/.gitignore']: 2 });
  await editor.until(() => editor.squiggles(root + '/out/compose.yaml').length > 0);
});

test('what the editor knows already is not sent again', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const before = editor.history.length;
  await editor.watched({ [root + '/compose.yaml']: 2, [root + '/PORTS.md']: 2 });
  await editor.settled();
  expect(editor.history.length).toBe(before);
});

test('hover tells who owns a port', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', compose);
  await editor.settled();
  const text = await editor.hover(root + '/compose.yaml', 8, 11);
  expect(text).toContain('9010');
  expect(text).toContain(`(${uriOf(root + '/PORTS.md')}#L6)`);
  expect(await editor.hover(root + '/compose.yaml', 0, 3)).toBeNull();
  expect(await editor.hover(root + '/compose.yaml', 1000, 3000)).toBeNull();
  expect(await editor.hover(root + '/unknown.txt', 0, 0)).toBeNull();
});

/** Has a rule do something else than it is for, until the end of the test. */
function instead(id: string, check: () => never[]): void {
  const spy = vi.spyOn(rules.find((rule) => rule.id === id)!, 'check').mockImplementation(check);
  onTestFinished(() => spy.mockRestore());
}

test('a faulty rule is logged, and the others still speak', async () => {
  instead('duplicate-published', () => {
    throw new Error('out of order');
  });
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  expect(editor.log.join()).toContain('duplicate-published: Error: out of order');
});

test('a document that takes long to check is told of after those that it changes', async () => {
  instead('registry-duplicate', () => {
    const end = performance.now() + 40;
    while (performance.now() < end);
    return [];
  });
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/PORTS.md', registry);
  await editor.open(root + '/compose.yaml', compose);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  const first = editor.history.length;
  await editor.replace(root + '/PORTS.md', '9006', '9007');
  await editor.settled();
  const told = editor.history.slice(first).map(({ uri }) => uri);
  expect(told).toEqual([uriOf(root + '/compose.yaml'), uriOf(root + '/PORTS.md')]);
});

test('a hover that comes before the registries have been read waits for them', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', compose);
  expect(await editor.hover(root + '/compose.yaml', 8, 11)).toContain('PORTS');
});
