import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { commands, env, type Range, Selection, type TextDocument, type WorkspaceEdit, window, workspace } from 'vscode';
import { file, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** A port and a service are renamed, and the ports of services are asked for. */
export const run = () =>
  runTests('move', [
    { name: 'the name of a port is its digits', run: prepare },
    { name: 'what is no port has no name, and a service keeps its own where containers use it', run: refusesNames },
    { name: 'renaming a port moves its service in every file', run: rename },
    { name: 'renaming to a taken port is refused with the owner', run: refusesTaken },
    { name: 'renaming a service in its row offers the old name as another one', run: renameService },
    { name: 'the next free port is written over digits, and goes to the clipboard elsewhere', run: nextFree },
  ]);

const paths = ['PORTS.md', 'docker-compose.yml', 'nginx.conf', '.env', 'docs/agents.md'];

async function opened(path: string): Promise<TextDocument> {
  const compose = await workspace.openTextDocument(file(path));
  await findings(file('drifted.compose.yml'), ['5 port-mismatch']);
  return compose;
}

async function prepare() {
  const compose = await opened('docker-compose.yml');
  const { range, placeholder } = await commands.executeCommand<{ range: Range; placeholder: string }>(
    'vscode.prepareRename',
    compose.uri,
    rangeOf(compose, '9120').start,
  );
  assert.deepEqual(range, rangeOf(compose, '9120'));
  assert.equal(placeholder, '9120');
}

async function refusesNames() {
  const compose = await opened('docker-compose.yml');
  const at = (text: string) =>
    commands.executeCommand('vscode.prepareRename', compose.uri, rangeOf(compose, text).start);
  await assert.rejects(async () => at('image'));
  await assert.rejects(async () => at('stock-api'), /Containers reach stock-api by this name/);
}

async function rename() {
  const compose = await opened('docker-compose.yml');
  const before = await textsOf();
  const edit = await commands.executeCommand<WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    compose.uri,
    rangeOf(compose, '9120').start,
    '9121',
  );
  assert.equal(edit.size, paths.length);
  assert.ok(await workspace.applyEdit(edit));
  assert.deepEqual(
    await textsOf(),
    before.map((text) => text.replaceAll('9120', '9121')),
  );
  await findings(compose.uri, []);
  const back = await commands.executeCommand<WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    compose.uri,
    rangeOf(compose, '9121').start,
    '9120',
  );
  assert.ok(await workspace.applyEdit(back));
  assert.deepEqual(await textsOf(), before);
}

async function refusesTaken() {
  const compose = await opened('docker-compose.yml');
  const at = rangeOf(compose, '9120').start;
  await assert.rejects(
    async () => commands.executeCommand('vscode.executeDocumentRenameProvider', compose.uri, at, '9130'),
    /9130 is given to "quay-web" \(PORTS\.md:6\)/,
  );
}

async function renameService() {
  const registry = await opened('PORTS.md');
  const before = await textsOf();
  const row = rangeOf(registry, 'stock-api').start;
  const edit = await commands.executeCommand<WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    registry.uri,
    row,
    'depot',
  );
  assert.ok(await workspace.applyEdit(edit));
  const settings = await workspace.openTextDocument(file('portolan.yaml'));
  assert.match(settings.getText(), /^aliases:\n {2}depot: \[stock-api\]$/m);
  assert.deepEqual(
    await textsOf(),
    before.map((text, n) => (paths[n]!.endsWith('.md') ? text.replace('stock-api', 'depot') : text)),
  );
  await findings(file('docker-compose.yml'), []);
  const back = await commands.executeCommand<WorkspaceEdit>(
    'vscode.executeDocumentRenameProvider',
    registry.uri,
    row,
    'stock-api',
  );
  assert.ok(await workspace.applyEdit(back));
  assert.deepEqual(await textsOf(), before);
}

async function nextFree() {
  const compose = await opened('docker-compose.yml');
  const editor = await window.showTextDocument(compose);
  const digits = rangeOf(compose, '9120');
  editor.selection = new Selection(digits.start, digits.end);
  await commands.executeCommand('portolan.nextFreePort');
  const written = compose.getText(digits);
  assert.match(written, /^9\d{3}$/);
  assert.ok(!['9120', '9130'].includes(written), written);
  await commands.executeCommand('undo');
  const name = rangeOf(compose, 'stock-api').start;
  editor.selection = new Selection(name, name);
  await commands.executeCommand('portolan.nextFreePort');
  assert.equal(await env.clipboard.readText(), written);
  await commands.executeCommand('workbench.action.files.revert');
}

/** The texts of all files, unsaved ones included; of a file that is not open what is on the disk. */
function textsOf(): Promise<string[]> {
  return Promise.all(
    paths.map(async (path) => {
      const open = workspace.textDocuments.find(({ uri }) => uri.path === file(path).path);
      return open ? open.getText() : readFile(file(path).fsPath, 'utf8');
    }),
  );
}
