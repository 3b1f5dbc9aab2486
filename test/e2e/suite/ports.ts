import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { commands, TabInputWebview, window, workspace } from 'vscode';
import { file, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** The ports view and the port map, as far as commands reach; `ports.mjs` looks at what they show. */
export const run = () =>
  runTests('ports', [
    { name: 'going to the row of a port selects its digits', run: goToRow },
    { name: 'the port map opens once, in a tab of its own', run: showMap },
    { name: 'ports on which somebody listens are found, on demand', run: listening },
  ]);

async function goToRow() {
  await findings(file('docker-compose.yml'), ['5 port-mismatch']);
  const registry = await workspace.openTextDocument(file('portolan-registry.yaml'));
  const { start, end } = rangeOf(registry, '9614');
  const target = { uri: registry.uri.toString(), line: start.line, start: start.character, end: end.character };
  await commands.executeCommand('portolan.ports.goToRow', { target, uses: [] });
  const editor = window.activeTextEditor;
  assert.equal(editor?.document.getText(editor.selection), '9614');
}

async function showMap() {
  const maps = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('portolan.map'));
  await commands.executeCommand('portolan.showMap');
  await commands.executeCommand('portolan.showMap');
  const end = Date.now() + 15_000;
  while (maps().length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(maps().length, 1);
}

/** The registry is given the port of a server that this very test starts. */
async function listening() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const registry = file('portolan-registry.yaml');
  const text = (await workspace.openTextDocument(registry)).getText();
  await writeFile(registry.fsPath, text.replace('port: 9612', `port: ${address.port}`));
  try {
    const end = Date.now() + 15_000;
    let found: number[] | undefined;
    while (!found?.includes(address.port) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      found = await commands.executeCommand<number[]>('portolan.showListening');
    }
    assert.deepEqual(found, [address.port]);
    await commands.executeCommand('portolan.clearListening');
  } finally {
    server.close();
    await writeFile(registry.fsPath, text);
  }
}
