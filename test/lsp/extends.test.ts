import { expect, test } from 'vitest';
import { folderWith, writeAt } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

test('settings from elsewhere hold, are watched and are read again', async () => {
  const outside = folderWith({ 'harbour.yaml': 'registries: [PORTS.md]\n', 'PORTS.md': registry });
  const root = folderWith({ 'portolan.yaml': `extends: ${outside}/harbour.yaml\n`, 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const watched = () => JSON.stringify(editor.registered.get('workspace/didChangeWatchedFiles'));
  await editor.until(() => watched().includes('harbour.yaml') && watched().includes('PORTS.md'));
  writeAt(outside, { 'harbour.yaml': 'rules: { port-mismatch: off }\nregistries: [PORTS.md]\n' });
  await editor.watched({ [`${outside}/harbour.yaml`]: 2 });
  await editor.sees(root + '/compose.yaml', []);
});

test('what is wrong is told at the entry, until it is right', async () => {
  const root = folderWith({ 'portolan.yaml': 'rules: {}\n', 'shared/all.yaml': 'rules: { port-mismatch: loud }\n' });
  const path = root + '/portolan.yaml';
  const editor = await startEditor({ folders: [root] });
  await editor.open(path, 'extends: [shared/all.yaml, none.yaml]\n');
  await editor.sees(path, ['1:11-26 settings', '1:28-37 settings']);
  expect(editor.diagnostics(path).map(({ message }) => message)).toEqual([
    '`shared/all.yaml` is not right at 1:25: `rules.port-mismatch` must be one of error, warning, information, hint, off.',
    '`none.yaml` cannot be read; name a file with settings that is there.',
  ]);
  writeAt(root, { 'shared/all.yaml': 'rules: {}\n', 'none.yaml': 'rules: {}\n' });
  await editor.watched({ [`${root}/shared/all.yaml`]: 2, [`${root}/none.yaml`]: 1 });
  await editor.sees(path, []);
});

test('a portolan.yaml of the workspace may be extended, and counts as the editor has it', async () => {
  const root = folderWith({
    'PORTS.md': registry,
    'north/portolan.yaml': 'rules: { port-mismatch: off }\n',
    'south/portolan.yaml': 'extends: ../north/portolan.yaml\n',
    'south/compose.yaml': compose,
  });
  const editor = await startEditor({ folders: [root] });
  await editor.settled();
  expect(editor.squiggles(root + '/south/compose.yaml')).toEqual([]);
  await editor.open(root + '/north/portolan.yaml', 'rules: { port-mismatch: error }\n');
  await editor.sees(root + '/south/compose.yaml', [wrongPort]);
});

test('without trust what lies outside is not extended, and nobody complains', async () => {
  const outside = folderWith({ 'harbour.yaml': 'rules: { port-mismatch: off }\n' });
  const root = folderWith({
    'portolan.yaml': `extends: [${outside}/harbour.yaml, inner.yaml]\n`,
    'inner.yaml': 'rules: { unregistered-port: off }\n',
    'compose.yaml': `${compose}  kiosk: { image: example/kiosk, ports: ["9300:80"] }\n`,
    'PORTS.md': registry,
  });
  const parameters = { initializationOptions: { trusted: false } };
  const editor = await startEditor({ folders: [root], parameters });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  expect(editor.squiggles(root + '/portolan.yaml')).toEqual([]);
  await editor.connection.sendNotification('portolan/trusted');
  await editor.sees(root + '/compose.yaml', []);
});

test('files that extend each other in a circle are told so, and the rest of them holds until that is mended', async () => {
  const names = ['north', 'south', 'west'];
  const next = (name: string) => names[(names.indexOf(name) + 1) % names.length]!;
  const settings = (name: string) => `extends: ../${next(name)}/portolan.yaml\naliases: { ${name}: [${name}-pier] }\n`;
  const root = folderWith({
    'PORTS.md': registry,
    ...Object.fromEntries(names.map((name) => [`${name}/portolan.yaml`, settings(name)])),
    ...Object.fromEntries(names.map((name) => [`${name}/compose.yaml`, compose])),
  });
  const editor = await startEditor({ folders: [root] });
  for (const name of names) {
    await editor.sees(`${root}/${name}/compose.yaml`, [wrongPort]);
    await editor.sees(`${root}/${name}/portolan.yaml`, ['1:10-' + (settings(name).indexOf('\n') + 1) + ' settings']);
    expect(editor.diagnostics(`${root}/${name}/portolan.yaml`)[0]?.message).toContain('is extended by itself');
  }
  await editor.open(`${root}/west/portolan.yaml`, 'rules: { port-mismatch: off }\n');
  for (const name of names) {
    await editor.sees(`${root}/${name}/portolan.yaml`, []);
    await editor.sees(`${root}/${name}/compose.yaml`, []);
  }
});
