import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type CodeAction, commands, extensions, workspace } from 'vscode';
import { file, finding, findings } from './findings.ts';
import { runTests } from './runner.ts';

/** A folder without settings, in which two services are on wrong ports. */
export const run = () =>
  runTests('ignore', [
    { name: 'ignoring on a line puts a comment above it, with a place for the reason', run: onLine },
    { name: 'turning a rule off makes a portolan.yaml, and its findings go', run: turnedOff },
    { name: 'the extension comes with a walkthrough whose pictures are there', run: walkthrough },
  ]);

async function onLine() {
  const compose = await workspace.openTextDocument(file('docker-compose.yml'));
  await apply('Ignore port-mismatch on this line');
  assert.equal(compose.lineAt(4).text, '      # portolan-ignore-next-line port-mismatch: reason');
  assert.equal(compose.lineAt(5).text, '      - "9007:8000"');
  await findings(compose.uri, ['10 port-mismatch']);
}

async function turnedOff() {
  const compose = file('docker-compose.yml');
  await findings(compose, ['10 port-mismatch']);
  await apply('Turn port-mismatch off in portolan.yaml');
  const settings = await workspace.openTextDocument(file('portolan.yaml'));
  assert.equal(settings.getText(), 'rules:\n  port-mismatch: off\n');
  await findings(compose, ['5 unused-suppression']);
}

async function walkthrough() {
  const extension = extensions.getExtension('portolan.portolan');
  const [start, ...others] = extension?.packageJSON.contributes.walkthroughs ?? [];
  assert.deepEqual(others, []);
  assert.equal(start.steps.length, 4);
  for (const { id, media, title, completionEvents } of start.steps) {
    assert.ok(existsSync(`${extension?.extensionPath}/${media.svg}`), `the picture of ${id}`);
    assert.ok(media.altText.length > 0 && !media.altText.startsWith('%'), `the words for the picture of ${id}`);
    assert.ok(title.length > 0 && !title.startsWith('%'), `the title of ${id}`);
    assert.ok(completionEvents.length > 0, `how ${id} is done`);
  }
}

/** Takes the code action of a title at the first wrong port. */
async function apply(title: string) {
  const { uri } = await workspace.openTextDocument(file('docker-compose.yml'));
  const { range } = await finding(uri, 'port-mismatch');
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    'quickfix',
    20,
  );
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action?.edit, `${title} among: ${actions.map((candidate) => candidate.title).join(', ')}`);
  assert.ok(await workspace.applyEdit(action.edit));
}
