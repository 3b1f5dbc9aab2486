import { expect, test } from 'vitest';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, editorOver, modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { bundledServer } from '../support/program.ts';

/** What no client should send. Each part of a message is tried in all shapes that it must not have. */

const server = bundledServer();
const files = { 'PORTS.md': registry, 'compose.yaml': compose };
const shapes: readonly unknown[] = [null, 7, -1.5, 1e300, true, '', 'x', '__proto__', [], [null], [[]], {}, { uri: 7 }];

/** Who has got over something answers and tells as before. */
async function expectSound(editor: Editor, path: string): Promise<void> {
  await editor.open(path, compose);
  expect(await editor.hover(path, 4, 11)).toContain('9006');
  await editor.settled();
  await editor.sees(path, [wrongPort]);
  await editor.close(path);
}

test.each([
  ...shapes.map((shape) => ['workspaceFolders', shape]),
  ...shapes.map((shape) => ['initializationOptions', shape]),
  ...['rootUri', 'locale', 'trace', 'clientInfo'].map((name) => [name, 7]),
  ...[null, 'utf-8', [7, null]].map((positionEncodings) => [
    'capabilities',
    { ...modern, general: { positionEncodings } },
  ]),
  ['capabilities', { workspace: null, textDocument: null, window: null, general: null, experimental: null }],
  ['capabilities', { workspace: 7, textDocument: 'x', window: [], general: 7, experimental: { portolan: 7 } }],
])('initialize with %s: %j', async (name, shape) => {
  const root = folderWith(files);
  const workspaceFolders = [{ uri: uriOf(root), name: 'harbour' }];
  const editor = await startEditor({ parameters: { workspaceFolders, [String(name)]: shape } });
  await editor.open(`${root}/compose.yaml`, compose);
  await editor.open(`${root}/PORTS.md`, registry);
  expect(await editor.hover(`${root}/compose.yaml`, 4, 11)).toContain('9006');
});

test('after an initialize that has failed another one counts', async () => {
  const editor = editorOver(server('--stdio'));
  const first = editor.connection.sendRequest('initialize', { capabilities: null });
  await expect(first).rejects.toBeInstanceOf(ResponseError);
  const early = editor.hover('/harbour/compose.yaml', 0, 0);
  await expect(early).rejects.toMatchObject({ code: ErrorCodes.ServerNotInitialized });
  const root = folderWith(files);
  await editor.start({ folders: [root] });
  await expectSound(editor, `${root}/compose.yaml`);
});

/** Notifications of which each part may be anything. */
const notifications: Record<string, (shape: unknown, uri: string) => object[]> = {
  'textDocument/didOpen': (shape, uri) => [
    { textDocument: shape },
    { textDocument: { uri: shape, languageId: 'yaml', version: 1, text: compose } },
    { textDocument: { uri, languageId: shape, version: shape, text: compose } },
    { textDocument: { uri, languageId: 'yaml', version: 1, text: shape } },
  ],
  'textDocument/didChange': (shape, uri) => [
    { textDocument: { uri, version: shape }, contentChanges: [{ text: `${compose}# \n` }] },
    { textDocument: { uri, version: 2 }, contentChanges: shape },
    { textDocument: { uri, version: 2 }, contentChanges: [shape] },
    { textDocument: { uri, version: 2 }, contentChanges: [{ text: shape }] },
    { textDocument: { uri, version: 2 }, contentChanges: [{ range: shape, text: '' }] },
    {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: shape, character: shape }, end: { line: 0, character: 0 } }, text: '' },
      ],
    },
  ],
  'textDocument/didSave': (shape) => [{ textDocument: shape }],
  'textDocument/didClose': (shape) => [{ textDocument: shape }, { textDocument: { uri: shape } }],
  'workspace/didChangeWatchedFiles': (shape, uri) => [
    { changes: shape },
    { changes: [shape] },
    { changes: [{ uri, type: shape }] },
  ],
  'workspace/didChangeWorkspaceFolders': (shape) => [
    { event: shape },
    { event: { added: shape, removed: shape } },
    { event: { added: [shape], removed: [shape] } },
  ],
  'workspace/didChangeConfiguration': (shape) => [{ settings: shape }],
  'window/workDoneProgress/cancel': (shape) => [{ token: shape }],
  '$/setTrace': (shape) => [{ value: shape }],
  '$/cancelRequest': (shape) => [{ id: shape }],
};

test.each(Object.entries(notifications))('%s of any shape', async (method, messagesOf) => {
  for (const encoding of ['utf-16', 'utf-8']) {
    const root = folderWith(files);
    const path = `${root}/compose.yaml`;
    const capabilities = { ...modern, general: { positionEncodings: [encoding] } };
    const editor = await editorOver(server('--stdio')).start({ folders: [root], capabilities });
    for (const shape of shapes) {
      await editor.connection.sendNotification(method, { ...(typeof shape === 'object' && shape) });
      for (const message of messagesOf(shape, uriOf(path))) await editor.connection.sendNotification(method, message);
    }
    const added = { added: [{ uri: uriOf(root), name: 'harbour' }], removed: [] };
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: added });
    await expectSound(editor, path);
  }
});

test.each(shapes.map((shape) => [shape]))('settings that are %j', async (shape) => {
  const root = folderWith(files);
  const editor = await startEditor({ folders: [root], settings: shape });
  for (const other of [shape, { registries: shape, rules: shape, exclude: [shape], aliases: { crane: shape } }]) {
    editor.settings = other;
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: other });
    await expectSound(editor, `${root}/compose.yaml`);
  }
});

/** Documents that are on no disk, or only seem to be. */
const uris = (root: string) => [
  ...['%00', '%2F', '%0A', '%', '%E0%A4%A', '\\', '..', '%2e%2e%2f', '\ud800', ' '].map(
    (part) => `file://${root}/a${part}/compose.yaml`,
  ),
  ...['/../compose.yaml', '//compose.yaml', '/./compose.yaml', '/compose.yaml#x', '/compose.yaml?x'].map(
    (end) => `file://${root}${end}`,
  ),
  ...['file:///', 'file://', 'file://server/share/compose.yaml', 'file:compose.yaml', 'file:///c%3A/x/compose.yaml'],
  ...['', '%%%', 'compose.yaml', '\0', 'untitled:', 'untitled:\ud800', 'javascript:alert(1)', 'a:b:c:d'],
  ...['file:///dev/zero', 'file:///proc/self/mem/compose.yaml', `file://${root}/${'a/'.repeat(5000)}compose.yaml`],
];

test('documents with any URI come and go, and nobody else notices', async () => {
  const root = folderWith(files);
  const path = `${root}/compose.yaml`;
  const editor = await editorOver(server('--stdio')).start({ folders: [root] });
  await editor.settled();
  for (const uri of uris(root)) {
    const textDocument = { uri, languageId: 'yaml', version: 1, text: compose };
    await editor.connection.sendNotification('textDocument/didOpen', { textDocument });
    const [position, range] = [
      { line: 4, character: 11 },
      { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    ];
    for (const method of ['hover', 'definition', 'documentLink', 'documentSymbol', 'codeAction']) {
      const params = { textDocument: { uri }, position, range, context: { diagnostics: [] } };
      await editor.connection.sendRequest(`textDocument/${method}`, params);
    }
    const changes = [1, 2, 3, 99].map((type) => ({ uri, type }));
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await expectSound(editor, path);
  }
  expect(editor.log).toEqual([]);
});

test('methods that nobody has, and kinds of code actions that are none', async () => {
  const root = folderWith(files);
  const editor = await startEditor({ folders: [root] });
  const params = { textDocument: { uri: uriOf(`${root}/compose.yaml`) }, position: { line: 4, character: 11 } };
  const context = (only: unknown) => ({
    ...params,
    range: { start: params.position, end: params.position },
    context: { diagnostics: [], only },
  });
  const codeOf = (only: unknown) =>
    editor.connection.sendRequest('textDocument/codeAction', context(only)).then(
      () => 0,
      ({ code }) => code,
    );
  expect(await Promise.all([undefined, null, []].map(codeOf))).toEqual([0, 0, 0]);
  expect(await Promise.all([7, {}, [7], 'quickfix'].map(codeOf))).toEqual(Array(4).fill(ErrorCodes.InvalidParams));
  for (const method of ['__proto__', 'constructor', 'toString', '']) {
    const answer = await editor.connection.sendRequest(method, params).catch((error) => error);
    expect(answer).toMatchObject({ code: ErrorCodes.MethodNotFound });
  }
  await expectSound(editor, `${root}/compose.yaml`);
});
