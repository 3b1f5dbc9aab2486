import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { type Editor, modern, startEditor } from '../support/editor.ts';

const stock = {
  'PORTS.md': '# Ports\n\n| Service | Port |\n| --- | --- |\n| stock-api | 9120 |\n| quay-web | 9130 |\n',
  'compose.yaml': 'services:\n  stock-api:\n    image: example/stock-api\n    ports:\n      - "9120:9120"\n',
  'nginx.conf': 'server {\n  location /stock/ {\n    proxy_pass http://stock-api:9120;\n  }\n}\n',
  'README.md': '# Stock\n\n## Ports\n\n| Service | Port |\n| --- | --- |\n| stock-api | 9120 |\n',
};
const published = { line: 4, character: 11 };

async function open(
  options: Parameters<typeof startEditor>[0] = {},
): Promise<{ editor: Editor; root: string; path: string }> {
  const root = folderWith(stock);
  const editor = await startEditor({ ...options, folders: [root] });
  const path = `${root}/compose.yaml`;
  await editor.open(path, stock['compose.yaml']);
  await editor.settled();
  return { editor, root, path };
}

function ask<R>(editor: Editor, method: string, path: string, position: object, more: object = {}): Promise<R> {
  return editor.connection.sendRequest(method, { textDocument: { uri: uriOf(path) }, position, ...more });
}

function rename(editor: Editor, path: string, newName: string, position: object = published): Promise<WorkspaceEdit> {
  return ask(editor, 'textDocument/rename', path, position, { newName });
}

const closed = (root: string) =>
  Object.fromEntries(Object.entries(stock).map(([name, text]) => [`${root}/${name}`, text]));
const at9121 = (root: string) =>
  Object.fromEntries(Object.entries(stock).map(([name, text]) => [`${root}/${name}`, text.replaceAll('9120', '9121')]));

describe('the name of a port', () => {
  test('is its digits', async () => {
    const { editor, path } = await open();
    expect(editor.registered.get('textDocument/rename')).toMatchObject({ prepareProvider: true });
    expect(await ask(editor, 'textDocument/prepareRename', path, published)).toEqual({
      range: { start: { line: 4, character: 9 }, end: { line: 4, character: 13 } },
      placeholder: '9120',
    });
  });

  test('is not that of anything else', async () => {
    const { editor, path } = await open();
    expect(await ask(editor, 'textDocument/prepareRename', path, { line: 2, character: 12 })).toBeNull();
    expect(await ask(editor, 'textDocument/prepareRename', `${path}.txt`, published)).toBeNull();
    await expect(ask(editor, 'textDocument/prepareRename', path, { line: 1, character: 4 })).rejects.toThrow(
      'Containers reach stock-api by this name. Rename the service in its registry row; this name can stay.',
    );
  });
});

describe('renaming a port', () => {
  test('moves its service in all files, with the version of the open one', async () => {
    const { editor, root, path } = await open();
    const edit = await rename(editor, path, '9121');
    expect(editor.edited(edit, closed(root))).toEqual(at9121(root));
  });

  test('groups the changes by kind of file, and asks about documents', async () => {
    const { editor, path } = await open();
    const { changeAnnotations } = await rename(editor, path, '9121');
    const description = 'stock-api: 9120 → 9121';
    expect(changeAnnotations).toEqual({
      Registry: { label: 'Registry', needsConfirmation: false, description },
      'Compose files': { label: 'Compose files', needsConfirmation: false, description },
      nginx: { label: 'nginx', needsConfirmation: false, description },
      Documents: { label: 'Documents', needsConfirmation: true, description },
    });
  });

  test('gives plain edits to clients that know no annotations, and no versions to those that know none', async () => {
    const plain = { ...modern, workspace: { ...modern.workspace, workspaceEdit: { documentChanges: true } } };
    const one = await open({ capabilities: plain });
    const edit = await rename(one.editor, one.path, '9121');
    expect(JSON.stringify(edit)).not.toContain('annotation');
    expect(one.editor.edited(edit, closed(one.root))).toEqual(at9121(one.root));
    const { workspaceEdit: _, ...old } = modern.workspace!;
    const other = await open({ capabilities: { ...modern, workspace: old } });
    const { changes } = await rename(other.editor, other.path, '9121');
    expect(Object.keys(changes!).sort()).toEqual(
      Object.keys(stock)
        .map((name) => uriOf(`${other.root}/${name}`))
        .sort(),
    );
  });

  test('goes by the text as it is now, in open files and on the disk', async () => {
    const { editor, root, path } = await open();
    await editor.replace(path, 'services:', '# new\nservices:');
    writeAt(root, { 'nginx.conf': `# moved down\n${stock['nginx.conf']}` });
    const edit = await rename(editor, path, '9121', { line: 5, character: 11 });
    const files = { ...closed(root), [`${root}/nginx.conf`]: `# moved down\n${stock['nginx.conf']}` };
    expect(editor.edited(edit, files)).toMatchObject({
      [path]: `# new\n${stock['compose.yaml']}`.replaceAll('9120', '9121'),
      [`${root}/nginx.conf`]: `# moved down\n${stock['nginx.conf']}`.replace('9120', '9121'),
    });
  });

  test('is refused in one sentence', async () => {
    const { editor, path } = await open();
    await expect(rename(editor, path, '9130')).rejects.toMatchObject({
      code: -32803,
      message: '9130 is given to "quay-web" (PORTS.md:6).',
    });
    await expect(rename(editor, path, 'http')).rejects.toMatchObject({
      code: -32602,
      message: 'http is not a port; give a number from 1 to 65535.',
    });
    await expect(rename(editor, path, 'depot', { line: 1, character: 4 })).rejects.toThrow(
      'Containers reach stock-api by this name.',
    );
    await expect(rename(editor, path, '9121', { line: 2, character: 12 })).rejects.toThrow(
      'No port of a service stands here.',
    );
  });
});

describe('the name of a service', () => {
  const row = { line: 4, character: 5 };
  const named = (root: string) => ({
    [`${root}/PORTS.md`]: stock['PORTS.md'].replace('stock-api', 'depot'),
    [`${root}/README.md`]: stock['README.md'].replace('stock-api', 'depot'),
  });
  const alias = 'aliases:\n  depot: [stock-api]\n';

  async function openRegistry(options: Parameters<typeof startEditor>[0] = {}) {
    const { editor, root } = await open(options);
    const path = `${root}/PORTS.md`;
    await editor.open(path, stock['PORTS.md']);
    return { editor, root, path };
  }

  test('is its text in a row of the registry', async () => {
    const { editor, path } = await openRegistry();
    expect(await ask(editor, 'textDocument/prepareRename', path, row)).toEqual({
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 11 } },
      placeholder: 'stock-api',
    });
  });

  test('changes in all rows, and the user is asked about documents and the other name', async () => {
    const { editor, root, path } = await openRegistry();
    const edit = await rename(editor, path, 'depot', row);
    expect(editor.edited(edit, closed(root))).toEqual({ ...named(root), [`${root}/portolan.yaml`]: alias });
    const description = 'stock-api → depot';
    const label = 'Other name in portolan.yaml';
    expect(edit.changeAnnotations).toEqual({
      Registry: { label: 'Registry', needsConfirmation: false, description },
      Documents: { label: 'Documents', needsConfirmation: true, description },
      [label]: { label, needsConfirmation: true, description: 'stock-api is depot' },
    });
    expect(edit.documentChanges?.slice(2)).toMatchObject([
      { kind: 'create', annotationId: label },
      { edits: [{ annotationId: label }] },
    ]);
  });

  test('is added to the settings that are there', async () => {
    const { editor, root, path } = await openRegistry();
    const config = { [`${root}/portolan.yaml`]: 'rules:\n  unused-claim: hint\n' };
    writeAt(root, { 'portolan.yaml': config[`${root}/portolan.yaml`]! });
    await editor.watched({ [`${root}/portolan.yaml`]: 1 });
    await editor.settled();
    const edit = await rename(editor, path, 'depot', row);
    expect(editor.edited(edit, { ...closed(root), ...config })).toEqual({
      ...named(root),
      [`${root}/portolan.yaml`]: `rules:\n  unused-claim: hint\n${alias}`,
    });
  });

  test('is added plainly for clients that cannot ask, and left out where they would have to make the file', async () => {
    const { workspaceEdit: _, ...old } = modern.workspace!;
    const { editor, root, path } = await openRegistry({ capabilities: { ...modern, workspace: old } });
    const without = await rename(editor, path, 'depot', row);
    expect(Object.keys(without.changes!)).toEqual(Object.keys(named(root)).map((name) => uriOf(name)));
    writeAt(root, { 'portolan.yaml': '' });
    await editor.watched({ [`${root}/portolan.yaml`]: 1 });
    await editor.settled();
    const { changes } = await rename(editor, path, 'depot', row);
    expect(changes![uriOf(`${root}/portolan.yaml`)]).toMatchObject([{ newText: alias }]);
    const plain = {
      ...modern,
      workspace: { ...old, workspaceEdit: { documentChanges: true, resourceOperations: [] } },
    };
    const other = await openRegistry({ capabilities: plain });
    const edit = await rename(other.editor, other.path, 'depot', row);
    expect(other.editor.edited(edit, closed(other.root))).toEqual(named(other.root));
  });

  test('is refused in one sentence', async () => {
    const { editor, path } = await openRegistry();
    await expect(rename(editor, path, 'quay-web', row)).rejects.toMatchObject({
      code: -32803,
      message: 'Another service is called quay-web already (PORTS.md:6).',
    });
    await expect(rename(editor, path, 'a|b', row)).rejects.toThrow('A name has neither a | nor a line break in it.');
  });
});

describe('the requests of the command', () => {
  test('list the services, and tell the free ports beside one of them', async () => {
    const { editor, root, path } = await open();
    expect(await editor.connection.sendRequest('portolan/services')).toEqual([
      {
        service: 'quay-web',
        port: 9130,
        file: 'PORTS.md',
        at: { uri: uriOf(`${root}/PORTS.md`), position: { line: 5, character: 13 } },
      },
      {
        service: 'stock-api',
        port: 9120,
        file: 'PORTS.md',
        at: { uri: uriOf(`${root}/PORTS.md`), position: { line: 4, character: 14 } },
      },
    ]);
    const at = { uri: uriOf(path), position: published };
    expect(await editor.connection.sendRequest('portolan/free', { ...at, count: 2 })).toMatchObject({
      service: 'stock-api',
      port: 9120,
      blocks: [{ free: [9121, 9122] }],
    });
    expect(
      await editor.connection.sendRequest('portolan/free', { uri: at.uri, position: { line: 2, character: 12 } }),
    ).toEqual({
      refused: 'No port of a service stands here.',
      blocks: [],
    });
    expect(await editor.connection.sendRequest('portolan/free', {})).toMatchObject({ blocks: [{}] });
  });

  test('tell whether a move can be made, and what it changes', async () => {
    const { editor, root, path } = await open();
    const at = { uri: uriOf(path), position: published };
    expect(await editor.connection.sendRequest('portolan/move', { ...at, port: 9130, dry: true })).toEqual({
      refused: '9130 is given to "quay-web" (PORTS.md:6).',
    });
    expect(await editor.connection.sendRequest('portolan/move', { ...at, port: 9121, dry: true })).toEqual({
      to: 9121,
    });
    const { edit } = await editor.connection.sendRequest<{ edit: WorkspaceEdit }>('portolan/move', {
      ...at,
      port: 9121,
    });
    expect(editor.edited(edit, closed(root))).toEqual(at9121(root));
  });
});
