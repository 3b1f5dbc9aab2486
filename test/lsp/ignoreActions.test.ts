import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver/node';
import { folderWith } from '../support/disk.ts';
import { type Editor, modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const here = { start: { line: 4, character: 11 }, end: { line: 4, character: 11 } };

interface Harbour {
  readonly editor: Editor;
  readonly root: string;
  readonly path: string;
}

/** The harbour with one wrong port in an open file. */
async function openHarbour(files: Record<string, string> = {}, options: object = {}): Promise<Harbour> {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose, ...files });
  const path = root + '/compose.yaml';
  const editor = await startEditor({ folders: [root], ...options });
  await editor.open(path, compose);
  await editor.sees(path, [wrongPort]);
  return { editor, root, path };
}

function titled(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((action) => action.title === title);
  expect(found, `${title} among:\n${actions.map((action) => action.title).join('\n')}`).toBeDefined();
  return found!;
}

test('ways to ignore a finding come after its fixes, and none is preferred', async () => {
  const { editor, path } = await openHarbour();
  const actions = await editor.codeActions(path, here);
  expect(actions.map(({ title }) => title)).toEqual([
    'Use 9006, the port of billing-api',
    'Ignore port-mismatch on this line',
    'Ignore port-mismatch in this file',
    'Leave PORTS.md out, as no registry',
    'Lower port-mismatch to a hint in portolan.yaml',
    'Turn port-mismatch off in portolan.yaml',
  ]);
  expect(actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title)).toEqual([actions[0]!.title]);
  for (const { kind, diagnostics } of actions) {
    expect(kind).toBe('quickfix');
    expect(diagnostics).toEqual(editor.diagnostics(path));
  }
});

test('a comment on the line silences the finding', async () => {
  const { editor, path } = await openHarbour();
  const action = titled(await editor.codeActions(path, here), 'Ignore port-mismatch on this line');
  const after = editor.edited(action.edit!)[path]!;
  expect(after).toBe(
    compose.replace('      - "9007', '      # portolan-ignore-next-line port-mismatch\n      - "9007'),
  );
  await editor.edit(path, 0, compose.length, after);
  await editor.sees(path, []);
});

test('a client that knows snippets is given a place for the reason', async () => {
  const capabilities = {
    ...modern,
    workspace: { ...modern.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
  };
  const { editor, path } = await openHarbour({}, { capabilities });
  const action = titled(await editor.codeActions(path, here), 'Ignore port-mismatch on this line');
  const start = { line: 4, character: 0 };
  expect(action.edit!.documentChanges).toMatchObject([
    {
      textDocument: { version: 1 },
      edits: [
        {
          range: { start, end: start },
          snippet: {
            kind: 'snippet',
            value: '      # portolan-ignore-next-line port-mismatch: $' + '{1:reason}\n',
          },
        },
      ],
    },
  ]);
});

test('a setting makes a portolan.yaml where there is none', async () => {
  const { editor, path, root } = await openHarbour();
  const action = titled(await editor.codeActions(path, here), 'Turn port-mismatch off in portolan.yaml');
  expect(editor.edited(action.edit!)).toEqual({ [root + '/portolan.yaml']: 'rules:\n  port-mismatch: off\n' });
});

test('a client that cannot make files is offered no setting without a portolan.yaml', async () => {
  const capabilities = { ...modern, workspace: { ...modern.workspace, workspaceEdit: { documentChanges: true } } };
  const { editor, path } = await openHarbour({}, { capabilities });
  const titles = (await editor.codeActions(path, here)).map(({ title }) => title);
  expect(titles.filter((title) => title.includes('portolan.yaml'))).toEqual([]);
  expect(titles).toContain('Ignore port-mismatch on this line');
});

test('a setting goes into the nearest portolan.yaml as it is now, unsaved text included', async () => {
  const near = '# ours\nrules:\n  unused-claim: hint # later\n';
  const { editor, path, root } = await openHarbour({ 'portolan.yaml': near });
  const action = titled(await editor.codeActions(path, here), 'Lower port-mismatch to a hint in portolan.yaml');
  expect(editor.edited(action.edit!, { [root + '/portolan.yaml']: near })).toEqual({
    [root + '/portolan.yaml']: `${near}  port-mismatch: hint\n`,
  });
  await editor.open(root + '/portolan.yaml', `${near}exclude: [old]\n`);
  const unsaved = titled(await editor.codeActions(path, here), 'Leave PORTS.md out, as no registry');
  expect(editor.edited(unsaved.edit!)[root + '/portolan.yaml']).toBe(`${near}exclude: [old, PORTS.md]\n`);
});

test('a portolan.yaml that is broken, or that is not read, is left alone', async () => {
  const { editor, path } = await openHarbour({ 'portolan.yaml': 'rules: [' });
  const titles = (await editor.codeActions(path, here)).map(({ title }) => title);
  expect(titles.filter((title) => title.includes('portolan.yaml'))).toEqual([]);
});

test('another name of a service, after which the finding is gone', async () => {
  const stranger = compose.replaceAll('billing-api', 'ledger').replace('9007', '9006');
  const root = folderWith({ 'PORTS.md': registry });
  const path = root + '/compose.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.open(path, stranger);
  await editor.sees(path, ['5:10-14 owned-by-other']);
  const action = titled(await editor.codeActions(path, here), 'Treat "ledger" as another name of "billing-api"');
  const text = editor.edited(action.edit!)[root + '/portolan.yaml']!;
  expect(text).toBe('aliases:\n  billing-api: [ledger]\n');
  await editor.open(root + '/portolan.yaml', text);
  await editor.sees(path, []);
});

test('a reference may be made a registry', async () => {
  const readme = '# Ports\n\n| Service | Port |\n|---|---|\n| billing-api | 9016 |\n| reports-web | 9010 |\n';
  const root = folderWith({ 'PORTS.md': registry, 'README.md': readme });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/README.md', ['5:17-21 registry-disagreement']);
  const at = { start: { line: 4, character: 17 }, end: { line: 4, character: 17 } };
  const actions = await editor.codeActions(root + '/README.md', at);
  const made = titled(actions, 'Read README.md as a registry').edit!;
  expect(editor.edited(made)[root + '/portolan.yaml']).toBe('registries:\n  - README.md\n');
});

test('nothing of this for whoever switches it off, or selects many lines', async () => {
  const settings = { ignoreActions: { enabled: false }, rules: { 'unused-claim': 'off' } };
  const { editor, path } = await openHarbour({}, { settings });
  const titles = (await editor.codeActions(path, here)).map(({ title }) => title);
  expect(titles).toEqual(['Use 9006, the port of billing-api']);
  expect(editor.log).toEqual([]);
  const other = await openHarbour();
  const many = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(await other.editor.codeActions(other.path, many)).toHaveLength(1);
});
