import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver/node';
import { readers } from '../../server/src/core/readers/index.ts';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { connect, modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const hoverAtStart = { textDocument: { uri: 'file:///x/compose.yaml' }, position: { line: 0, character: 0 } };

test('a client that asks for it is told by registration which files the server wants', async () => {
  const editor = await startEditor({ folders: [folderWith({})], settings: { registersDocuments: true } });
  expect(editor.capabilities).toMatchObject({ textDocumentSync: 0, positionEncoding: 'utf-16' });
  expect(editor.capabilities.hoverProvider).toBeUndefined();
  await editor.until(() => editor.registered.has('textDocument/didClose'));
  const patterns = [...readers.flatMap(({ globs }) => globs), '**/portolan.yaml'];
  const documentSelector = patterns.map((pattern) => ({ pattern }));
  for (const method of ['didOpen', 'didClose', 'hover']) {
    expect(editor.registered.get(`textDocument/${method}`)).toMatchObject({ documentSelector });
  }
  expect(editor.registered.get('textDocument/didChange')).toMatchObject({ documentSelector, syncKind: 2 });
  expect(editor.registered.get('workspace/didChangeWatchedFiles')).toEqual({
    watchers: expect.arrayContaining(patterns.map((globPattern) => ({ globPattern }))),
  });
});

test('a client that does not ask sends changes of what it opens by itself', async () => {
  const editor = await startEditor({ folders: [folderWith({})] });
  expect(editor.capabilities).toMatchObject({ textDocumentSync: { openClose: true, change: 2 } });
  await editor.until(() => editor.registered.has('textDocument/hover'));
  expect(editor.registered.has('textDocument/didChange')).toBe(false);
});

test('a client without registration, folders or settings is served all the same', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const parameters = { workspaceFolders: undefined, rootUri: uriOf(root) };
  const editor = await startEditor({ capabilities: {}, parameters });
  expect(editor.capabilities).toMatchObject({
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.portolan'] },
  });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  expect([...editor.registered.keys()]).toEqual([]);
  expect(editor.progress).toEqual([]);
});

test('a client that refuses registrations is served all the same', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = connect();
  editor.connection.onRequest('client/registerCapability', () => {
    throw new Error('not today');
  });
  await editor.start({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('requests out of order get the errors of the specification', async () => {
  const editor = connect();
  const refused = (code: number) => expect.objectContaining({ code });
  const ask = (method: string, params: object = hoverAtStart) => editor.connection.sendRequest(method, params);
  await expect(ask('textDocument/hover')).rejects.toEqual(refused(ErrorCodes.ServerNotInitialized));
  await expect(ask('portolan/status')).rejects.toEqual(refused(ErrorCodes.ServerNotInitialized));
  await editor.start({});
  await expect(ask('textDocument/hover')).resolves.toBeNull();
  await expect(ask('initialize', { capabilities: modern })).rejects.toEqual(refused(ErrorCodes.InvalidRequest));
  await expect(ask('textDocument/nonsense')).rejects.toEqual(refused(ErrorCodes.MethodNotFound));
  await expect(editor.connection.sendRequest('shutdown')).resolves.toBeNull();
  await expect(ask('textDocument/hover')).rejects.toEqual(refused(ErrorCodes.InvalidRequest));
});

test('notifications that make no sense are survived', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  const uri = uriOf(root + '/compose.yaml');
  const range = { start: { line: 9, character: 9 }, end: { line: 0, character: 70 } };
  const changed = { textDocument: { uri, version: 7 }, contentChanges: [{ range, text: '' }] };
  await editor.connection.sendNotification('textDocument/didChange', changed);
  await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri: '%%%' } });
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'a b:/', type: 9 }] });
  await editor.connection.sendNotification('textDocument/didOpen', {});
  await editor.connection.sendNotification('never/heardOf', { a: 1 });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

/** What people type, paste and break: an edit is a place, a length to remove, and one of these. */
const snippets = [
  '',
  '9',
  '9006',
  '"',
  '\r\n',
  '\n',
  '\r',
  '🚢',
  ' ',
  '      - "9010:3000"\n',
  '  reports-web:\n',
  '# x',
  ':',
  '|',
];
const edits = fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...snippets), fc.boolean()), { maxLength: 25 });

test('random edits of a registry and a compose file end where a fresh server would', async () => {
  const root = folderWith({});
  const paths = [root + '/PORTS.md', root + '/compose.yaml'] as const;
  await fc.assert(
    fc.asyncProperty(edits, async (script) => {
      const editor = await startEditor({ folders: [root] });
      await editor.open(paths[0], registry);
      await editor.open(paths[1], compose);
      for (const [place, length, text, inRegistry] of script) {
        const path = inRegistry ? paths[0] : paths[1];
        const start = place % (editor.text(path).length + 1);
        await editor.edit(path, start, Math.min(start + length, editor.text(path).length), text);
      }
      await editor.settled();

      const fresh = await startEditor({ folders: [root] });
      for (const path of paths) await fresh.open(path, editor.text(path));
      await fresh.settled();
      for (const path of paths) expect(editor.diagnostics(path)).toEqual(fresh.diagnostics(path));
    }),
    { numRuns: 15 },
  );
});
