import assert from 'node:assert/strict';
import { type CompletionList, commands, type Position, Range, type TextDocument, window, workspace } from 'vscode';
import { file, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** Files in which something is still to be written. */
export const run = () =>
  runTests('completion', [
    { name: 'a published port is completed: the one of the registry, then a free one', run: publishedPort },
    { name: 'the service that takes the port of a row is the first for its cell', run: serviceCell },
    { name: 'nothing is offered in prose', run: prose },
    { name: 'a drafted registry is opened under its name, and is not saved', run: draft },
  ]);

async function publishedPort() {
  const compose = await workspace.openTextDocument(file('docker-compose.yml'));
  await findings(compose.uri, ['13 unregistered-port']);
  const [first, second] = await offered(compose, rangeOf(compose, ':8000').start);
  assert.deepEqual([first?.label, first?.detail, first?.preselect], ['9600', 'quay-api · PORTS.md:7', true]);
  assert.deepEqual([second?.label, second?.detail], ['9602', 'next free in Harbour services (9600–9619)']);
  const [typed] = await offered(compose, rangeOf(compose, '9601').start.translate(0, 2));
  assert.ok(typed?.range && 'replacing' in typed.range);
  assert.deepEqual(typed.range.replacing, rangeOf(compose, '9601'));
}

async function serviceCell() {
  const registry = await workspace.openTextDocument(file('PORTS.md'));
  const row = rangeOf(registry, '| 9604 | ');
  const [first] = await offered(registry, row.end);
  assert.deepEqual([first?.label, first?.detail, first?.preselect], ['mole-web', '9604 · docker-compose.yml:13', true]);
}

async function prose() {
  const registry = await workspace.openTextDocument(file('PORTS.md'));
  assert.deepEqual(await offered(registry, rangeOf(registry, 'Ports').end), []);
}

async function draft() {
  await commands.executeCommand('portolan.draftRegistry');
  const document = window.activeTextEditor?.document;
  assert.ok(document?.isUntitled && document.isDirty);
  assert.equal(document.uri.path, file('PORT_REGISTRY.md').path);
  assert.equal(document.languageId, 'markdown');
  assert.match(document.getText(new Range(0, 0, 1, 0)), /^# Port registry/);
  assert.match(document.getText(), /\| 9604 +\| `mole-web` \|/);
  await findings(document.uri, []);
  await findings(file('docker-compose.yml'), ['13 unregistered-port']);
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** What Portolan offers at a place, best first. Word-based suggestions have no details. */
async function offered({ uri }: TextDocument, position: Position) {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, position);
  return list.items
    .filter(({ detail }) => detail !== undefined)
    .sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
    .map((item) => ({ ...item, label: typeof item.label === 'string' ? item.label : item.label.label }));
}
