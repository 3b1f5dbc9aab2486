import { expect, test } from 'vitest';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, pair } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { compose, registry } from '../support/harbour.ts';

/** Files of three folders, of which two lie in each other. */
const files = {
  'PORTS.md': registry,
  'compose.yaml': compose,
  'north/compose.yaml': compose.replace('9010', '9011'),
  'north/quay/PORTS.md': registry.replace('9006', '9008'),
  'north/quay/compose.yaml': compose,
  'south/compose.yaml': compose.replace('9007', '9006').replace('9010', '9012'),
};

/** What is shown of each file that has something to show, and how often. */
async function shown(editor: Editor): Promise<Record<string, string[]>> {
  await editor.settled();
  const all = [...editor.published.values()].filter(({ diagnostics }) => diagnostics.length > 0);
  const texts = all.map(({ uri, diagnostics }): [string, string[]] => [
    uri,
    diagnostics.map(({ code, range, message }) => JSON.stringify([code, range, message])),
  ]);
  return Object.fromEntries(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function folderEvent(added: readonly string[], removed: readonly string[]): object {
  const folders = (paths: readonly string[]) => paths.map((path) => ({ uri: uriOf(path), name: path }));
  return { event: { added: folders(added), removed: folders(removed) } };
}

test('folders that come and go leave what a fresh server shows, and nothing twice', async () => {
  const root = folderWith(files);
  const all = [root, `${root}/north`, `${root}/north/quay`, `${root}/south`, `${root}/`];
  const dice = new Dice(seed);
  const { editor, dispose } = pair();
  await editor.start({ folders: [] });
  let folders: string[] = [];
  for (let n = 0; n < times(25, 400); n++) {
    const path = dice.one(all);
    const isIn = folders.includes(path);
    folders = isIn ? folders.filter((other) => other !== path) : [...folders, path];
    const event = folderEvent(isIn ? [] : [path], isIn ? [path] : []);
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', event);
    if (dice.chance(0.3)) continue; // the next comes while this one is being read
    const now = await shown(editor);
    for (const lines of Object.values(now)) expect(lines).toEqual([...new Set(lines)]);
    const other = pair();
    expect(now, String(folders)).toEqual(await shown(await other.editor.start({ folders })));
    other.dispose();
  }
  await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', folderEvent([], folders));
  expect(await shown(editor)).toEqual({});
  expect(editor.log).toEqual([]);
  dispose();
});

test('documents of other schemes come and go without a trace', async () => {
  const root = folderWith(files);
  const { editor, dispose } = pair();
  editor.connection.onRequest('portolan/files', () => []);
  await editor.start({ folders: [root, 'vscode-vfs://github/harbour/quay'] });
  const before = await shown(editor);
  const uris = [
    'untitled:compose.yaml',
    `git:${root}/compose.yaml?%7B%22ref%22%3A%22HEAD%22%7D`,
    'vscode-vfs://github/harbour/quay/compose.yaml',
    'vscode-vfs://github/elsewhere/compose.yaml',
    'http://example.test/compose.yaml',
    `FILE://${root}/compose.yaml`,
    'output:compose.yaml',
    'vscode-notebook-cell:/a/compose.yaml#1',
  ];
  const text = compose.replace('"9010:3000"', '"99999:3000"');
  for (let round = 0; round < times(3, 50); round++) {
    for (const uri of uris) {
      const textDocument = { uri, languageId: 'yaml', version: 1, text };
      await editor.connection.sendNotification('textDocument/didOpen', { textDocument });
      const position = { line: 8, character: 10 };
      await editor.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
      const params = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } };
      await editor.connection.sendRequest('textDocument/codeAction', params);
    }
    await editor.settled();
    expect(editor.diagnostics('untitled:compose.yaml').length).toBeGreaterThan(0);
    expect(editor.published.get(uris[1]!)?.diagnostics ?? []).toEqual([]);
    for (const uri of uris) {
      await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }
    expect(await shown(editor)).toEqual(before);
  }
  expect(editor.log).toEqual([]);
  dispose();
});
