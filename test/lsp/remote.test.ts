import { expect, test } from 'vitest';
import { Copies } from '../../server/src/configuration/remote/copies.ts';
import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { certificate, document, harbourMaster, hashOf } from '../support/harbourMaster.ts';

/** A machine that may fetch from itself. */
function machine(now = Date.now, folder = folderWith({})): Host {
  return { ...nodeHost, remote: new Copies(folder, { reach: { mayReach: () => true, ca: certificate }, now }) };
}

const enabled = { remote: { enabled: true } };

/** A workspace whose settings name a registry by its URL. */
function workspaceNaming(origin: string, integrity: string): string {
  return folderWith({
    'portolan.yaml': `registries:\n  - url: ${origin}/PORTS.md\n    integrity: ${integrity}\n`,
    'compose.yaml': compose,
  });
}

test('a registry with a URL is not fetched unless the user allows it, and the place says so', async () => {
  const { origin, asked } = await harbourMaster(document(registry));
  const root = workspaceNaming(origin, hashOf(registry));
  const editor = await startEditor({ folders: [root], host: machine() });
  await editor.sees(root + '/portolan.yaml', [`2:10-${10 + origin.length + 9} settings`]);
  expect(editor.diagnostics(root + '/portolan.yaml')[0]).toMatchObject({
    severity: 2,
    message: `\`${origin}/PORTS.md\` cannot be read, because nothing is read from other machines; set \`portolan.remote.enabled\` to true in your own settings.`,
  });
  expect(asked).toEqual([]);
  editor.settings = enabled;
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: enabled });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.sees(root + '/portolan.yaml', []);
  const [related] = editor.diagnostics(root + '/compose.yaml')[0]!.relatedInformation!;
  expect(related!.location.uri).toMatch(/^file:.*\/PORTS\.md$/);
  expect(await editor.hover(root + '/compose.yaml', 4, 10)).toContain(`](${related!.location.uri}#L5)`);
});

test('without trust nothing is fetched, whatever the settings say', async () => {
  const { origin, asked } = await harbourMaster(document(registry));
  const root = workspaceNaming(origin, hashOf(registry));
  const parameters = { initializationOptions: { trusted: false } };
  const editor = await startEditor({ folders: [root], host: machine(), settings: enabled, parameters });
  await editor.settled();
  expect(asked).toEqual([]);
  expect(editor.squiggles(root + '/portolan.yaml')).toEqual([]);
  await editor.connection.sendNotification('portolan/trusted');
  await editor.sees(root + '/compose.yaml', [wrongPort]);
});

test('a wrong hash is told at the URL, with the right one', async () => {
  const { origin } = await harbourMaster(document(registry));
  const root = workspaceNaming(origin, hashOf('# Other\n'));
  const editor = await startEditor({ folders: [root], host: machine(), settings: enabled });
  await editor.sees(root + '/portolan.yaml', [`2:10-${10 + origin.length + 9} settings`]);
  expect(editor.diagnostics(root + '/portolan.yaml')[0]!.message).toContain(`its hash is ${hashOf(registry)} and not`);
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([]);
});

test('that there is another file by now is told, and what is known counts', async () => {
  let text = registry;
  const { origin } = await harbourMaster((...all) => document(text)(...all));
  const root = workspaceNaming(origin, hashOf(registry));
  const folder = folderWith({});
  await machine(() => 0, folder).remote!.read({ path: `${origin}/PORTS.md`, integrity: hashOf(registry) });
  text = '# Ports\n';
  const editor = await startEditor({ folders: [root], host: machine(Date.now, folder), settings: enabled });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.until(() => editor.diagnostics(root + '/portolan.yaml').length > 0);
  expect(editor.diagnostics(root + '/portolan.yaml')[0]!.message).toContain('is another file by now, whose hash is');
});

test('settings with a URL are extended, and name nothing of this machine', async () => {
  const far = 'registries: [{ url: ORIGIN/PORTS.md, integrity: HASH }]\nrules: { port-mismatch: warning }\n';
  let settings = '';
  const { origin } = await harbourMaster((request, response) => {
    response.end(request.url === '/PORTS.md' ? registry : settings);
  });
  settings = far.replace('ORIGIN', origin).replace('HASH', hashOf(registry));
  const naming = (text: string) => `extends: { url: ${origin}/portolan.yaml, integrity: ${hashOf(text)} }\n`;
  const root = folderWith({ 'portolan.yaml': naming(settings), 'compose.yaml': compose });
  const editor = await startEditor({ folders: [root], host: machine(), settings: enabled });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  expect(editor.diagnostics(root + '/compose.yaml')[0]!.severity).toBe(2);
  settings = 'registries: [/etc/PORTS.md, "npm:ports/PORTS.md"]\n';
  writeAt(root, { 'portolan.yaml': naming(settings) });
  await editor.watched({ [root + '/portolan.yaml']: 2 });
  await editor.until(() => editor.diagnostics(root + '/portolan.yaml').length === 2);
  for (const { message } of editor.diagnostics(root + '/portolan.yaml')) {
    expect(message).toContain('lies outside of what comes with it; only your own files may name it.');
  }
});

test('what is found in a copy is nobody’s to mend, and no fix changes one', async () => {
  const twice = `${registry}| tide-gauge | 9006 |\n`;
  const { origin } = await harbourMaster(document(twice));
  const root = workspaceNaming(origin, hashOf(twice));
  writeAt(root, { 'compose.yaml': `${compose}  kiosk: { image: example/kiosk, ports: ["9300:80"] }\n` });
  const editor = await startEditor({ folders: [root], host: machine(), settings: enabled });
  await editor.until(() => editor.squiggles(root + '/compose.yaml').length === 2);
  await editor.settled();
  expect([...editor.published.keys()].filter((uri) => uri.includes('sha384'))).toEqual([]);
  await editor.open(root + '/compose.yaml', `${compose}  kiosk: { image: example/kiosk, ports: ["9300:80"] }\n`);
  const range = { start: { line: 8, character: 0 }, end: { line: 8, character: 60 } };
  const actions = await editor.codeActions(root + '/compose.yaml', range, ['quickfix']);
  expect(JSON.stringify(actions)).not.toContain('sha384');
});
