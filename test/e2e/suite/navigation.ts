import assert from 'node:assert/strict';
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  type DocumentSymbol,
  type InlayHint,
  type Location,
  type LocationLink,
  Range,
  type SelectionRange,
  type SymbolInformation,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { file, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** A registry, two compose files, nginx and `.env`, with lenses and hints switched on. */
export const run = () =>
  runTests('navigation', [
    {
      name: 'the definition of a port is its row, of a host its service, of its digits where it listens',
      run: definition,
    },
    { name: 'the definition of a variable is its value and the row', run: variable },
    { name: 'on a row, F12 shows what uses it', run: goToReferences },
    { name: 'the references of a row are the uses on its side', run: references },
    { name: 'the same port of the same service is lit up, and no more', run: highlights },
    { name: 'Go to Symbol finds claims and services by digits and words', run: workspaceSymbols },
    { name: 'the outline has the ports beside the headings', run: documentSymbols },
    { name: 'a URL of a service leads to it and not to the web', run: links },
    { name: 'a selection grows from the digits to the mapping', run: selection },
    { name: 'lenses count uses and mismatches, follow edits and can be switched off', run: codeLens },
    { name: 'hints name the owner and what .env sets', run: inlayHints },
  ]);

async function open(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(file(path));
  await findings(file('docker-compose.yml'), ['12 port-mismatch']);
  return document;
}

/** `NAME:LINE TEXT` of each place, counted from 1. */
async function described(places: readonly (Location | LocationLink)[]): Promise<string[]> {
  const told = places.map(async (place) => {
    const [uri, range] = 'targetUri' in place ? [place.targetUri, place.targetRange] : [place.uri, place.range];
    const document = await workspace.openTextDocument(uri);
    return `${uri.path.split('/').at(-1)}:${range.start.line + 1} ${document.getText(range)}`;
  });
  return (await Promise.all(told)).sort();
}

async function definitionAt(document: TextDocument, text: string): Promise<string[]> {
  const { uri } = document;
  const position = rangeOf(document, text).start.translate(0, 1);
  return described(await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', uri, position));
}

async function definition() {
  const compose = await open('docker-compose.yml');
  assert.deepEqual(await definitionAt(compose, '9606'), ['PORTS.md:5 9606']);
  assert.deepEqual(await definitionAt(compose, '9617'), ['PORTS.md:6 9607']);
  assert.deepEqual(await definitionAt(compose, 'berth-api'), ['PORTS.md:5 9606']);
  const nginx = await open('nginx.conf');
  assert.deepEqual(await definitionAt(nginx, 'berth-api:8000;'), ['docker-compose.yml:2 berth-api']);
  assert.deepEqual(await definitionAt(nginx, '8000'), ['docker-compose.yml:5 8000']);
  assert.deepEqual(await definitionAt(nginx, '9606'), ['docker-compose.yml:7 9606']);
}

async function variable() {
  const compose = await open('docker-compose.yml');
  assert.deepEqual(await definitionAt(compose, '9618'), ['.env:1 9608', 'PORTS.md:7 9608']);
  assert.deepEqual(await definitionAt(await open('.env'), '9608'), ['PORTS.md:7 9608']);
}

async function goToReferences() {
  const registry = await open('PORTS.md');
  assert.deepEqual(await definitionAt(registry, '9606'), ['PORTS.md:5 9606']);
}

async function references() {
  const registry = await open('PORTS.md');
  const all = async (text: string) => {
    const position = rangeOf(registry, text).start;
    return described(
      await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', registry.uri, position),
    );
  };
  assert.deepEqual(await all('9606'), ['PORTS.md:5 9606', 'docker-compose.yml:7 9606', 'nginx.conf:5 9606']);
  assert.deepEqual(await all('9607'), ['PORTS.md:6 9607', 'docker-compose.yml:12 9617']);
}

async function highlights() {
  const compose = await open('docker-compose.yml');
  const position = rangeOf(compose, '8000').start;
  const lit = await commands.executeCommand<DocumentHighlight[]>(
    'vscode.executeDocumentHighlights',
    compose.uri,
    position,
  );
  assert.deepEqual(
    lit.map(({ range, kind }) => [range.start.line + 1, kind === DocumentHighlightKind.Read]),
    [
      [5, true],
      [7, true],
      [14, true],
    ],
  );
}

async function workspaceSymbols() {
  await open('PORTS.md');
  const named = async (query: string) => {
    const found = await commands.executeCommand<SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', query);
    return found.map(({ name }) => name).sort();
  };
  assert.deepEqual(await named('9606'), ['9606 · berth-api', 'berth-api · 9606']);
  assert.deepEqual(await named('tide web'), ['9608 · Tide Web', 'tide-web · 9608']);
}

async function documentSymbols() {
  const registry = await open('PORTS.md');
  const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', registry.uri);
  const names = (all: readonly DocumentSymbol[]): string[] => all.flatMap((one) => [one.name, ...names(one.children)]);
  assert.ok(names(symbols).includes('9606 · berth-api'), names(symbols).join(', '));
  const nginx = await open('nginx.conf');
  const blocks = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', nginx.uri);
  assert.deepEqual(names(blocks), ['berth', 'berth-api:8000', 'berth.example.com']);
}

async function links() {
  const compose = await open('docker-compose.yml');
  const found = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', compose.uri, 10);
  const [link] = found.filter(({ range }) => compose.getText(range).includes('berth-api'));
  assert.equal(link && compose.getText(link.range), 'berth-api:8000');
  assert.equal(link?.target?.fragment, 'L2,3');
  assert.equal(link?.target?.path, file('docker-compose.yml').path);
}

async function selection() {
  const compose = await open('docker-compose.yml');
  const [around] = await commands.executeCommand<SelectionRange[]>(
    'vscode.executeSelectionRangeProvider',
    compose.uri,
    [rangeOf(compose, '9606').start],
  );
  const texts: string[] = [];
  for (let at = around; at; at = at.parent!) texts.push(compose.getText(at.range));
  assert.ok(texts.indexOf('9606') >= 0 && texts.indexOf('9606:8000') > texts.indexOf('9606'), texts.join('\n---\n'));
}

async function codeLens() {
  const registry = await open('PORTS.md');
  const lenses = () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', registry.uri, 10);
  const titles = async () => (await lenses()).map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
  assert.deepEqual(await titles(), ['5 2 uses', '6 not used · 1 mismatch', '7 2 uses']);
  const [first] = await lenses();
  await window.showTextDocument(registry);
  await commands.executeCommand(first!.command!.command, ...(first!.command!.arguments ?? []));
  await commands.executeCommand('closeReferenceSearch');
  const settings = workspace.getConfiguration('portolan');
  await settings.update('codeLens.enabled', false, ConfigurationTarget.Workspace);
  await until(async () => (await lenses()).length === 0);
  await settings.update('codeLens.enabled', true, ConfigurationTarget.Workspace);
  await until(async () => (await lenses()).length === 3);
}

async function inlayHints() {
  const compose = await open('docker-compose.yml');
  const whole = new Range(0, 0, compose.lineCount, 0);
  const hints = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', compose.uri, whole);
  assert.deepEqual(
    hints.map(({ position, label }) => `${position.line + 1} ${label}`),
    ['7 berth-api', '18 = 9608 · Tide Web'],
  );
}

/** Waits for a condition, as long as a person would. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `never held: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
