import { expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import { folderWith, writeAt } from '../support/disk.ts';
import { type Editor, modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const here = { start: { line: 4, character: 11 }, end: { line: 4, character: 11 } };
const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

/** A service whose port stands in two files that must move together. */
const stock = {
  'PORTS.md': '# Ports\n\n| Service | Port |\n| --- | --- |\n| stock-api | 9120 |\n',
  'compose.yaml': 'services:\n  stock-api:\n    image: example/stock-api\n    ports:\n      - "9121:9121"\n',
  'nginx.conf': 'server {\n  location /stock/ {\n    proxy_pass http://stock-api:9121;\n  }\n}\n',
};

async function openHarbour(): Promise<{ editor: Editor; path: string }> {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const path = root + '/compose.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.open(path, compose);
  await editor.sees(path, [wrongPort]);
  return { editor, path };
}

function preferred(actions: CodeAction[]): CodeAction {
  const [action, ...others] = actions.filter(({ isPreferred }) => isPreferred);
  expect(others).toEqual([]);
  expect(action).toBeDefined();
  return action!;
}

test('the preferred fix puts the canonical port in place', async () => {
  const { editor, path } = await openHarbour();
  const action = preferred(await editor.codeActions(path, here));
  expect(action).toMatchObject({ kind: 'quickfix', title: expect.stringContaining('9006') });
  expect(action.diagnostics).toEqual(editor.diagnostics(path));
  expect(editor.edited(action.edit!)).toEqual({ [path]: compose.replace('9007', '9006') });
});

test('there are no actions where there is no finding', async () => {
  const { editor, path } = await openHarbour();
  const before = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  expect(await editor.codeActions(path, before)).toEqual([]);
});

test('the fix follows text that was typed a moment ago', async () => {
  const { editor, path } = await openHarbour();
  await editor.replace(path, 'services:', '# new\nservices:');
  const below = { start: { line: 5, character: 11 }, end: { line: 5, character: 11 } };
  const action = preferred(await editor.codeActions(path, below));
  expect(editor.edited(action.edit!)).toEqual({ [path]: '# new\n' + compose.replace('9007', '9006') });
});

test('a fix for an older text carries its version, so that an editor refuses it', async () => {
  const { editor, path } = await openHarbour();
  const action = preferred(await editor.codeActions(path, here));
  await editor.replace(path, 'services:', '# new\nservices:');
  const [change] = action.edit!.documentChanges!;
  expect(change).toMatchObject({ textDocument: { version: 1 } });
});

test('one fix moves all places of a service, in open and closed files', async () => {
  const root = folderWith(stock);
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', stock['compose.yaml']);
  await editor.until(() => editor.squiggles(root + '/nginx.conf').length > 0);
  const actions = await editor.codeActions(root + '/compose.yaml', here);
  const both = actions.find(({ edit }) => edit?.documentChanges?.length === 2);
  expect(both, actions.map(({ title }) => title).join('\n')).toBeDefined();
  expect(editor.edited(both!.edit!, { [root + '/nginx.conf']: stock['nginx.conf'] })).toEqual({
    [root + '/compose.yaml']: stock['compose.yaml'].replaceAll('9121', '9120'),
    [root + '/nginx.conf']: stock['nginx.conf'].replace('9121', '9120'),
  });
});

test('a closed file that has changed on disk without notice is read again first', async () => {
  const root = folderWith(stock);
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', stock['compose.yaml']);
  await editor.until(() => editor.squiggles(root + '/nginx.conf').length > 0);
  const moved = `# moved\n${stock['nginx.conf']}`;
  writeAt(root, { 'nginx.conf': moved });
  const actions = await editor.codeActions(root + '/compose.yaml', here);
  const both = actions.find(({ edit }) => edit?.documentChanges?.length === 2);
  const texts = editor.edited(both!.edit!, { [root + '/nginx.conf']: moved });
  expect(texts[root + '/nginx.conf']).toBe(moved.replace('9121', '9120'));
});

test('source.fixAll makes every preferred fix of the document, and only where it is asked for', async () => {
  const { editor, path } = await openHarbour();
  await editor.replace(path, '9010', '9011');
  const all = await editor.codeActions(path, everywhere, ['source.fixAll']);
  expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll.portolan']);
  expect(editor.edited(all[0]!.edit!)).toEqual({ [path]: compose.replace('9007', '9006') });
  expect(await editor.codeActions(path, everywhere, ['refactor'])).toEqual([]);
  expect((await editor.codeActions(path, everywhere)).map(({ kind }) => kind)).not.toContain('source.fixAll.portolan');
  expect((await editor.codeActions(path, here, ['quickfix'])).every(({ kind }) => kind === 'quickfix')).toBe(true);
});

test('portolan/fixAll mends the workspace and asks first', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'a/compose.yaml': compose, 'b/compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/a/compose.yaml', compose);
  const edit = await editor.connection.sendRequest<WorkspaceEdit>('portolan/fixAll');
  expect(Object.values(edit.changeAnnotations!)).toEqual([expect.objectContaining({ needsConfirmation: true })]);
  const texts = editor.edited(edit, { [root + '/b/compose.yaml']: compose });
  for (const name of ['a', 'b']) expect(texts[`${root}/${name}/compose.yaml`]).toBe(compose.replace('9007', '9006'));
});

test('a client that knows no versions gets plain changes', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root], capabilities: { ...modern, workspace: {} } });
  await editor.open(root + '/compose.yaml', compose);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const { edit } = preferred(await editor.codeActions(root + '/compose.yaml', here));
  expect(Object.values(edit!.changes!)).toEqual([
    [{ range: { start: { line: 4, character: 9 }, end: { line: 4, character: 13 } }, newText: '9006' }],
  ]);
});
