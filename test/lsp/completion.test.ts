import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, modern, startEditor } from '../support/editor.ts';
import { compose, registry } from '../support/harbour.ts';

async function harbour(capabilities = modern): Promise<{ editor: Editor; path: string; root: string }> {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root], capabilities });
  const path = root + '/compose.yaml';
  await editor.open(path, compose);
  return { editor, path, root };
}

test('the canonical port comes first, then the next free one', async () => {
  const { editor, path } = await harbour();
  expect(await editor.complete(path, '- "90')).toEqual([
    {
      label: '9006',
      detail: 'billing-api · PORTS.md:5',
      labelDetails: { description: 'billing-api · PORTS.md:5' },
      documentation: 'PORTS.md gives 9006 to billing-api.',
      kind: 12,
      sortText: '0000',
      preselect: true,
      textEdit: {
        newText: '9006',
        insert: { start: { line: 4, character: 9 }, end: { line: 4, character: 11 } },
        replace: { start: { line: 4, character: 9 }, end: { line: 4, character: 13 } },
      },
    },
    expect.objectContaining({ label: '9007', detail: 'next free port', sortText: '0001' }),
  ]);
});

test('a client that knows no insertion replaces', async () => {
  const { editor, path } = await harbour({});
  expect(editor.capabilities.completionProvider).toMatchObject({ triggerCharacters: expect.arrayContaining([':']) });
  const [item] = await editor.complete(path, '- "90');
  const range = { start: { line: 4, character: 9 }, end: { line: 4, character: 13 } };
  expect(item?.textEdit).toEqual({ newText: '9006', range });
  const document = TextDocument.create('', '', 0, compose);
  expect(TextDocument.applyEdits(document, [{ newText: '9006', range }])).toBe(compose.replace('9007', '9006'));
});

test('it follows the text that is typed, saved or not', async () => {
  const { editor, path, root } = await harbour();
  await editor.open(root + '/PORTS.md', registry);
  await editor.replace(root + '/PORTS.md', '9006', '9016');
  await editor.replace(path, '"9007:8000"', '"');
  const offered = async () => (await editor.complete(path, 'ports:\n      - "')).map(({ label }) => label);
  expect(await offered()).toEqual(['9016', '9017']);
  await editor.replace(path, '"9010:3000"', '"9017:3000"');
  expect(await offered()).toEqual(['9016', '9018']);
});

test('nothing is offered where no port belongs, or in a file that nobody knows', async () => {
  const { editor, path, root } = await harbour();
  expect(await editor.complete(path, 'image:')).toEqual([]);
  await editor.open(root + '/notes.md', '# Notes\n\nA port: 90');
  expect(await editor.complete(root + '/notes.md', ': 90')).toEqual([]);
  const textDocument = { uri: uriOf(root + '/unknown.yaml') };
  const params = { textDocument, position: { line: 3, character: 4 } };
  expect(await editor.connection.sendRequest('textDocument/completion', params)).toBeNull();
});

test('a registry is drafted with the name that makes it one, beside one that is there already', async () => {
  const bare = folderWith({ 'compose.yaml': compose });
  const editor = await startEditor({ folders: [bare] });
  const ask = (folder: string) => editor.connection.sendRequest('portolan/draft', { folder: uriOf(folder) });
  expect(await ask(bare)).toEqual({
    uri: uriOf(bare + '/PORT_REGISTRY.md'),
    text: expect.stringMatching(/^# Port registry\n[\s\S]*\| 9007 .*billing-api/),
  });
  await editor.open(bare + '/PORT_REGISTRY.md', registry);
  expect(await ask(bare)).toMatchObject({ uri: uriOf(bare + '/PORTS.md') });
  expect(await ask(bare + '/nowhere')).toBeNull();
});

test('a draft that is not saved is read, and says nothing of the files of the folder', async () => {
  const { editor, path, root } = await harbour();
  await editor.settled();
  const before = editor.squiggles(path);
  const untitled = `untitled:${root}/PORT_REGISTRY.md`;
  await editor.open(untitled, registry.replace('9006', '9007'));
  await editor.settled();
  expect(editor.squiggles(path)).toEqual(before);
  expect(editor.squiggles(untitled)).toEqual([]);
  expect(await editor.hover(untitled, 4, 18)).toContain('billing-api');
  await editor.close(untitled);
  await editor.settled();
  expect(editor.status?.registries).toBe(1);
});

test('in portolan.yaml its rules and their levels are offered', async () => {
  const { editor, root } = await harbour();
  const path = `${root}/portolan.yaml`;
  await editor.open(path, 'rules:\n  port-mismatch: \n  own\n');
  const labels = async (before: string) => (await editor.complete(path, before)).map(({ label }) => label);
  expect(await labels('port-mismatch: ')).toEqual(['error', 'warning', 'information', 'hint', 'off']);
  expect(await labels('  own')).toEqual(expect.arrayContaining(['owned-by-other', 'unregistered-port']));
  expect(await labels('  own')).not.toContain('port-mismatch');
});
