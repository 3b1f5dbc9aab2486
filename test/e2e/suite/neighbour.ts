import assert from 'node:assert/strict';
import {
  type CodeAction,
  type CompletionList,
  commands,
  type Hover,
  languages,
  type MarkdownString,
  type Position,
  type TextDocument,
  type TextEdit,
  workspace,
} from 'vscode';
import { file, finding, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** A window in which another extension has taken the files of ours for its languages. */
export const run = () =>
  runTests('neighbour', [
    { name: 'beside an extension for the same files nothing is hidden and nothing comes twice', run: beside },
    { name: 'keys and layout are left to the other extension', run: leaves },
  ]);

async function beside() {
  for (const [path, language] of [
    ['fix/docker-compose.yml', 'harbour-compose'],
    ['fix/nginx.conf', 'harbour-nginx'],
  ] as const) {
    const document = await workspace.openTextDocument(file(path));
    assert.equal(document.languageId, language);
    const wrong = await finding(document.uri, 'port-mismatch');
    const all = languages.getDiagnostics(document.uri);
    assert.deepEqual(new Set(all.map(({ source }) => source)), new Set(['portolan', 'neighbour']));
    once(all.map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`));
    const said = await hovers(document, wrong.range.start);
    assert.equal(said.filter((text) => text.includes('stock-api')).length, 1, said.join('\n---\n'));
    assert.equal(said.filter((text) => text.includes('neighbour')).length, 1);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      wrong.range,
    );
    once(actions.map(({ title }) => title));
    assert.ok(actions.some(({ title }) => title === 'Ask the neighbour'));
    const edits = actions.flatMap(({ edit }) => edit?.get(document.uri) ?? []);
    assert.ok(
      edits.some(({ newText }) => newText === '9120'),
      actions.map(({ title }) => title).join('; '),
    );
  }
}

async function leaves() {
  const compose = await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  await findings(compose.uri, ['5 port-mismatch']);
  const { start } = rangeOf(compose, 'image');
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    compose.uri,
    start,
  );
  assert.deepEqual(
    items.filter(({ label }) => String(typeof label === 'object' ? label.label : label) === 'ports').length,
    1,
  );
  const edits = await commands.executeCommand<TextEdit[] | undefined>(
    'vscode.executeFormatDocumentProvider',
    compose.uri,
    { tabSize: 8, insertSpaces: true },
  );
  assert.deepEqual(edits ?? [], []);
}

async function hovers(document: TextDocument, position: Position): Promise<string[]> {
  const all = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return all.map(({ contents }) => contents.map((part) => (part as MarkdownString).value).join('\n'));
}

function once(texts: readonly string[]) {
  assert.deepEqual(texts, [...new Set(texts)]);
}
