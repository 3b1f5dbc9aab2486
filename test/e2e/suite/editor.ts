import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import {
  type CodeAction,
  commands,
  type Hover,
  type MarkdownString,
  type Range,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { file, finding, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** One folder in a trusted window. */
export const run = () =>
  runTests('editor', [
    { name: 'the squiggle lies under the digits of the wrong port', run: squiggle },
    { name: 'the hover names the owner, its port and the registry', run: hover },
    { name: 'a quick fix moves a service in two files', run: quickFix },
    { name: 'fix all on save mends the place and nothing else', run: fixAll },
    { name: 'a registry that changes on the disk changes the findings of a closed file', run: disk },
    { name: 'unsaved text wins over the disk, until it is reverted', run: unsaved },
    { name: 'a restarted server finds the same again', run: restart },
  ]);

async function squiggle() {
  const compose = await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  const found = await finding(compose.uri, 'port-mismatch');
  assert.deepEqual(found.range, rangeOf(compose, '9007'));
  assert.match(found.message, /billing-api/);
  assert.match(found.message, /9006/);
  assert.match(found.relatedInformation?.[0]?.location.uri.path ?? '', /squiggle\/PORTS\.md$/);
  assert.equal(found.relatedInformation?.[0]?.location.range.start.line, 4);
  assert.match(typeof found.code === 'object' ? found.code.target.path : '', /port-mismatch/);
  await findings(compose.uri, ['5 port-mismatch']);
}

async function hover() {
  const compose = await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  await finding(compose.uri, 'port-mismatch');
  const position = rangeOf(compose, '9007').start;
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', compose.uri, position);
  const text = hovers.flatMap(({ contents }) => contents.map((part) => (part as MarkdownString).value)).join('\n');
  assert.match(text, /billing-api/);
  assert.match(text, /9006/);
  assert.match(text, /PORTS\.md/);
}

async function quickFix() {
  const compose = await workspace.openTextDocument(file('fix/docker-compose.yml'));
  const nginx = await workspace.openTextDocument(file('fix/nginx.conf'));
  const { range } = await finding(compose.uri, 'port-mismatch');
  await finding(nginx.uri, 'port-mismatch');
  const actions = await codeActions(compose.uri, range, 'quickfix');
  const everywhere = actions.find(({ edit }) => edit?.entries().length === 2);
  assert.ok(everywhere?.edit, `no fix for two files among: ${actions.map(({ title }) => title).join(', ')}`);
  const before = [compose.getText(), nginx.getText()];
  assert.ok(await workspace.applyEdit(everywhere.edit));
  assert.deepEqual(
    [compose.getText(), nginx.getText()],
    before.map((text) => text.replaceAll('9121', '9120')),
  );
  await findings(compose.uri, []);
  await findings(nginx.uri, []);
}

async function fixAll() {
  const compose = await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  const { range } = await finding(compose.uri, 'port-mismatch');
  const [action] = await codeActions(compose.uri, range, 'source.fixAll.portolan');
  const before = compose.getText();
  assert.ok(action?.edit && (await workspace.applyEdit(action.edit)));
  assert.equal(compose.getText(), before.replace('9007', '9006'));
  await revert(compose.uri);
  await findings(compose.uri, ['5 port-mismatch']);
}

async function disk() {
  const compose = file('disk/docker-compose.yml');
  const registry = file('disk/PORTS.md').fsPath;
  await findings(compose, ['5 port-mismatch']);
  await writeFile(registry, (await readFile(registry, 'utf8')).replace('9210', '9211'));
  await findings(compose, []);
  assert.ok(!workspace.textDocuments.some(({ uri }) => uri.path === compose.path), 'the file must stay closed');
}

async function unsaved() {
  const compose = file('unsaved/docker-compose.yml');
  const registry = await workspace.openTextDocument(file('unsaved/PORTS.md'));
  const edit = new WorkspaceEdit();
  edit.replace(registry.uri, rangeOf(registry, '9310'), '9311');
  assert.ok(await workspace.applyEdit(edit));
  await findings(compose, ['5 port-mismatch']);
  assert.ok(registry.isDirty);
  await revert(registry.uri);
  await findings(compose, []);
}

async function restart() {
  const compose = file('squiggle/docker-compose.yml');
  await findings(compose, ['5 port-mismatch']);
  await Promise.all([findings(compose, []), commands.executeCommand('portolan.restart')]);
  await findings(compose, ['5 port-mismatch']);
}

function codeActions(uri: Uri, range: Range, kind: string) {
  return commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind, 10);
}

async function revert(uri: Uri) {
  await window.showTextDocument(uri);
  await commands.executeCommand('workbench.action.files.revert');
}
