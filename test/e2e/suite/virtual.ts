import assert from 'node:assert/strict';
import { commands, type Hover, languages, Position, Uri, WorkspaceEdit, workspace } from 'vscode';
import { file, findings } from './findings.ts';
import { MemoryFiles } from './memory.ts';
import { runTests } from './runner.ts';

/** Documents and folders that lie on no disk, in a window with a folder that does. */
export const run = () =>
  runTests('virtual', [
    {
      name: 'a folder that lies on no disk is read like another when it is added, and let go when it is removed',
      run: folders,
    },
    { name: 'an untitled document is checked by its name', run: untitled },
    { name: 'beside an older state of a file nothing is shown twice', run: older },
  ]);

const registry = '# Ports\n\n| Service | Host port |\n| --- | --- |\n| tide-api | 9610 |\n';
const compose = 'services:\n  tide-api:\n    image: example/tide-api\n    ports:\n      - "9611:8000"\n';

async function folders() {
  const files = new MemoryFiles({
    '/quay/PORTS.md': registry,
    '/quay/deploy/docker-compose.yml': compose,
    '/quay/.gitignore': 'out/\n',
    '/quay/out/docker-compose.yml': compose,
  });
  workspace.registerFileSystemProvider('portolan-memory', files);
  const quay = Uri.parse('portolan-memory:/quay');
  assert.ok(workspace.updateWorkspaceFolders(1, 0, { uri: quay }));
  const closed = Uri.joinPath(quay, 'deploy/docker-compose.yml');
  await findings(closed, ['5 port-mismatch']);
  await findings(Uri.joinPath(quay, 'out/docker-compose.yml'), []);
  await workspace.fs.writeFile(closed, new TextEncoder().encode(compose.replace('9611', '9610')));
  await findings(closed, []);
  await workspace.fs.writeFile(closed, new TextEncoder().encode(compose));
  await findings(closed, ['5 port-mismatch']);
  assert.ok(workspace.updateWorkspaceFolders(1, 1));
  await findings(closed, []);
}

async function untitled() {
  const uri = Uri.joinPath(file('.'), 'compose.new.yml').with({ scheme: 'untitled' });
  const document = await workspace.openTextDocument(uri);
  const edit = new WorkspaceEdit();
  edit.insert(uri, new Position(0, 0), compose.replace('9611', '99999'));
  assert.ok(await workspace.applyEdit(edit));
  await findings(document.uri, ['5 invalid-port']);
}

async function older() {
  const scheme = 'portolan-older';
  workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => compose });
  const now = file('docker-compose.yml');
  const before = now.with({ scheme });
  await commands.executeCommand('vscode.diff', before, now);
  await findings(now, ['5 port-mismatch']);
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', before, new Position(4, 10));
  assert.deepEqual([hovers, languages.getDiagnostics(before)], [[], []]);
}
