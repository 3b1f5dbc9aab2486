import { expect, test } from 'vitest';
import { folderWith, writeAt } from '../support/disk.ts';
import { modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const watching = (relativePatternSupport: boolean) => ({
  ...modern,
  workspace: { ...modern.workspace, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport } },
});

test('a registry outside counts, is watched and is read again', async () => {
  const outside = folderWith({ 'PORTS.md': registry });
  const root = folderWith({ 'compose.yaml': compose });
  const settings = { registries: [`${outside}/PORTS.md`] };
  const editor = await startEditor({ folders: [root], settings, capabilities: watching(false) });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.until(() => JSON.stringify(editor.registered.get('workspace/didChangeWatchedFiles')).includes(outside));
  writeAt(outside, { 'PORTS.md': registry.replace('9006', '9007') });
  await editor.watched({ [outside + '/PORTS.md']: 2 });
  await editor.sees(root + '/compose.yaml', []);
});

test('a client that watches below folders is told which', async () => {
  const outside = folderWith({ 'PORTS.md': registry });
  const settings = { registries: [`${outside}/PORTS.md`] };
  const editor = await startEditor({ folders: [folderWith({})], settings, capabilities: watching(true) });
  const expected = { watchers: [{ globPattern: { baseUri: `file://${outside}`, pattern: 'PORTS.md' } }] };
  await editor.until(
    () => JSON.stringify(editor.registered.get('workspace/didChangeWatchedFiles')) === JSON.stringify(expected),
  );
});

test('a change of the setting is followed, and nothing else of the outside remains', async () => {
  const outside = folderWith({ 'PORTS.md': registry });
  const north = folderWith({ 'compose.yaml': compose });
  const south = folderWith({ 'compose.yaml': compose });
  const naming = { registries: [`${outside}/PORTS.md`] };
  const settings = (scope: string) => (scope.endsWith(north.slice(-6)) ? naming : null);
  const editor = await startEditor({ folders: [north, south], settings });
  await editor.sees(north + '/compose.yaml', [wrongPort]);
  await editor.settled();
  expect(editor.squiggles(south + '/compose.yaml')).toEqual([]);
  await editor.until(() => editor.status?.registries === 1);
  editor.settings = null;
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.sees(north + '/compose.yaml', []);
  await editor.until(() => editor.status?.registries === 0);
  await editor.until(() => !editor.registered.has('workspace/didChangeWatchedFiles'));
  await editor.settled();
});

test('without trust nothing outside is read, whoever names it, until it is granted', async () => {
  const outside = folderWith({ 'PORTS.md': registry });
  const config = `registries: [${outside}/PORTS.md, ..${outside.slice(outside.lastIndexOf('/'))}/PORTS.md]\n`;
  const root = folderWith({ 'compose.yaml': compose, 'portolan.yaml': config });
  const settings = { registries: [`${outside}/PORTS.md`] };
  const editor = await startEditor({
    folders: [root],
    settings,
    parameters: { initializationOptions: { trusted: false } },
  });
  await editor.settled();
  await editor.watched({ [outside + '/PORTS.md']: 2, [root + '/portolan.yaml']: 2 });
  await editor.settled();
  expect(editor.status).toMatchObject({ registries: 0, claims: 0 });
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([]);
  expect(editor.squiggles(root + '/portolan.yaml')).toEqual([]);
  await editor.connection.sendNotification('portolan/trusted');
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('a named file inside is read whatever its name, without trust as well', async () => {
  const root = folderWith({
    'compose.yaml': compose,
    'portolan.yaml': 'registries: [infra/quays.json]\n',
    'infra/quays.json': '{"quay": {"billing-api": 9006, "reports-web": 9010}}',
  });
  const parameters = { initializationOptions: { trusted: false } };
  const editor = await startEditor({ folders: [root], parameters });
  await editor.until(() => editor.status?.registries === 1);
});

test('an entry that leads nowhere is a warning at the entry, until it leads somewhere', async () => {
  const root = folderWith({ 'portolan.yaml': 'registries:\n  - infra/*.yaml\n  - PORTS.md\n', 'PORTS.md': registry });
  const path = root + '/portolan.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.sees(path, ['2:5-17 settings']);
  expect(editor.diagnostics(path)[0]).toMatchObject({
    severity: 2,
    message: '`infra/*.yaml` matches no document with ports.',
  });
  writeAt(root, { 'infra/quays.yaml': 'quay:\n  billing-api: 9006\n' });
  await editor.watched({ [root + '/infra/quays.yaml']: 1 });
  await editor.sees(path, []);
});

test('a named file outside that cannot be read says so, and is read when portolan.yaml is saved', async () => {
  const outside = folderWith({});
  const root = folderWith({ 'compose.yaml': compose, 'portolan.yaml': `registries: [${outside}/PORTS.md]\n` });
  const path = root + '/portolan.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.until(() => editor.diagnostics(path).some(({ message }) => String(message).includes('cannot be read')));
  writeAt(outside, { 'PORTS.md': registry });
  await editor.watched({ [path]: 2 });
  await editor.sees(path, []);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('an entry of the editor’s settings that leads nowhere is told in the log, once', async () => {
  const root = folderWith({ 'compose.yaml': compose, 'PORTS.md': registry });
  const settings = { registries: ['infra/*.yaml', 'PORTS.md'] };
  const editor = await startEditor({ folders: [root], settings });
  const told = () => editor.log.filter((message) => message.includes('portolan.registries'));
  await editor.until(() => told().length > 0);
  await editor.settled();
  expect(told()).toEqual(['The setting portolan.registries: `infra/*.yaml` matches no document with ports.']);
});

test('a package counts as soon as it is installed, and gives way to one that is nearer', async () => {
  const root = folderWith({
    'shop/compose.yaml': compose,
    'shop/portolan.yaml': 'registries: ["npm:@harbour/ports/PORTS.md"]\n',
  });
  const [far, near] = ['node_modules/@harbour/ports/PORTS.md', 'shop/node_modules/@harbour/ports/PORTS.md'];
  const editor = await startEditor({ folders: [root], capabilities: watching(false) });
  await editor.sees(root + '/shop/portolan.yaml', ['1:15-42 settings']);
  await editor.until(() => JSON.stringify(editor.registered.get('workspace/didChangeWatchedFiles')).includes(far));
  writeAt(root, { [far]: registry });
  await editor.watched({ [`${root}/${far}`]: 1 });
  await editor.sees(root + '/shop/compose.yaml', [wrongPort]);
  await editor.sees(root + '/shop/portolan.yaml', []);
  writeAt(root, { [near]: registry.replace('9006', '9007') });
  await editor.watched({ [`${root}/${near}`]: 1 });
  await editor.sees(root + '/shop/compose.yaml', []);
});

test('without trust no package is looked for', async () => {
  const root = folderWith({
    'node_modules/ports/PORTS.md': registry,
    'compose.yaml': compose,
    'portolan.yaml': 'registries: ["npm:ports/PORTS.md"]\n',
  });
  const parameters = { initializationOptions: { trusted: false } };
  const editor = await startEditor({ folders: [root], parameters });
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([]);
  expect(editor.squiggles(root + '/portolan.yaml')).toEqual([]);
  await editor.connection.sendNotification('portolan/trusted');
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});
