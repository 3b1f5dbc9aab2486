import { expect, test } from 'vitest';
import { folderWith, writeAt } from '../support/disk.ts';
import { modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const asWarning = { rules: { 'port-mismatch': 'warning' } };

test('settings are asked for, and asked for again when they have changed', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root], settings: asWarning });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  expect(editor.diagnostics(root + '/compose.yaml')[0]!.severity).toBe(2);
  editor.settings = { rules: { 'port-mismatch': 'off' } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.sees(root + '/compose.yaml', []);
  editor.settings = null;
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('a client that cannot be asked sends its settings', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const capabilities = { ...modern, workspace: { ...modern.workspace, configuration: false } };
  const editor = await startEditor({ folders: [root], settings: asWarning, capabilities });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  expect(editor.diagnostics(root + '/compose.yaml')[0]!.severity).toBe(2);
  const settings = { portolan: { rules: { 'port-mismatch': 'off' } } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  await editor.sees(root + '/compose.yaml', []);
});

test('each folder has its own settings', async () => {
  const north = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const south = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const off = { rules: { 'port-mismatch': 'off' } };
  const settings = (scope: string) => (scope.endsWith(south.slice(-6)) ? off : null);
  const editor = await startEditor({ folders: [north, south], settings });
  await editor.sees(north + '/compose.yaml', [wrongPort]);
  await editor.settled();
  expect(editor.squiggles(south + '/compose.yaml')).toEqual([]);
});

test('the nearest portolan.yaml wins, and typing in it is followed', async () => {
  const root = folderWith({
    'portolan.yaml': 'rules:\n  port-mismatch: warning\n',
    'PORTS.md': registry,
    'compose.yaml': compose,
    'quiet/portolan.yaml': 'rules:\n  port-mismatch: off\n',
    'quiet/compose.yaml': compose,
  });
  const editor = await startEditor({ folders: [root], settings: { rules: { 'port-mismatch': 'hint' } } });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  expect(editor.diagnostics(root + '/compose.yaml')[0]!.severity).toBe(2);
  expect(editor.squiggles(root + '/quiet/compose.yaml')).not.toContain(wrongPort);

  const path = root + '/quiet/portolan.yaml';
  await editor.open(path, 'rules:\n  port-mismatch: off\n');
  await editor.replace(path, ': off', ': error');
  await editor.until(() => editor.squiggles(root + '/quiet/compose.yaml').includes(wrongPort));
  await editor.close(path);
  await editor.until(() => !editor.squiggles(root + '/quiet/compose.yaml').includes(wrongPort));
});

test('what is wrong in a portolan.yaml is told there', async () => {
  const root = folderWith({ 'portolan.yaml': 'rules:\n  port-mismatch: loud\n' });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/portolan.yaml', ['2:18-22 settings']);
  writeAt(root, { 'portolan.yaml': 'rules: {}\n' });
  await editor.watched({ [root + '/portolan.yaml']: 2 });
  await editor.sees(root + '/portolan.yaml', []);
});

test('what is wrong in the settings of the editor is logged', async () => {
  const editor = await startEditor({ folders: [folderWith({})], settings: { rules: 7 } });
  await editor.until(() => editor.log.some((line) => line.includes('`rules` must be')));
});

test('excluded files are let go, and come back', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose, 'old-app/compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  const path = root + '/old-app/compose.yaml';
  await editor.until(() => editor.squiggles(path).includes(wrongPort));
  editor.settings = { exclude: ['old-app'] };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.sees(path, []);
  writeAt(root, { 'portolan.yaml': 'include: ["**/*.md", "old-app/**"]\n' });
  editor.settings = null;
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.watched({ [root + '/portolan.yaml']: 1 });
  await editor.until(() => editor.squiggles(path).includes(wrongPort));
  await editor.sees(root + '/compose.yaml', []);
});

test('of settings that come in another order than they were asked for, the last ones asked for count', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const answers: ((values: unknown[]) => void)[] = [];
  editor.connection.onRequest('workspace/configuration', () => new Promise((resolve) => answers.push(resolve)));
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.connection.sendRequest('portolan/status');
  const [earlier, later] = answers;
  later!([{ rules: { 'port-mismatch': 'off' } }]);
  await editor.sees(root + '/compose.yaml', []);
  earlier!([{}]);
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([]);
});
