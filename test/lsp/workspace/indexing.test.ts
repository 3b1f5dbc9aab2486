import { expect, test } from 'vitest';
import type { Host } from '../../../server/src/host/host.ts';
import { nodeHost } from '../../../server/src/host/nodeHost.ts';
import { uriOf } from '../../../server/src/lsp/toLsp.ts';
import { folderWith } from '../../support/disk.ts';
import { type Editor, startEditor } from '../../support/editor.ts';
import { compose, registry, wrongPort } from '../../support/harbour.ts';

/** One port is wrong; one is told by a variable, one is unknown, and both might be put right by files not yet read. */
const stack = `${compose}  tide-gauge:
    image: example/tide-gauge
    ports:
      - "\${TIDE_PORT:-9006}:80"
  newcomer:
    image: example/newcomer
    ports:
      - "9499:8000"
`;
const others = ['13:23-27 owned-by-other', '17:10-14 unregistered-port'];

const piers = Array.from({ length: 300 }, (_, n) => [`piers/${String(n).padStart(3, '0')}/compose.yaml`, compose]);

/** A harbour with very many files. */
function largeHarbour(): string {
  return folderWith({ 'PORTS.md': registry, 'compose.yaml': stack, ...Object.fromEntries(piers) });
}

/** A machine on which some files never come. */
const stuck: Host = {
  ...nodeHost,
  folder(path, selection) {
    const folder = nodeHost.folder(path, selection);
    const readFile = folder.readFile.bind(folder);
    const read = (file: string) => (/piers\/[12]/.test(file) ? new Promise<undefined>(() => {}) : readFile(file));
    return Object.assign(folder, { readFile: read });
  },
};

async function openStuck(): Promise<{ editor: Editor; root: string }> {
  const root = largeHarbour();
  const editor = await startEditor({ folders: [root], host: stuck });
  await editor.until(() => editor.progress.includes('begin'));
  return { editor, root };
}

test('reading that is stopped leaves out what rests on all files, and says so', async () => {
  const { editor, root } = await openStuck();
  await editor.open(root + '/compose.yaml', stack);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.connection.sendNotification('window/workDoneProgress/cancel', { token: editor.progressToken });
  await editor.until(() => editor.progress.includes('end'));
  await editor.until(() => editor.status?.busy === false);
  expect(editor.status).toMatchObject({ isPartial: true, registries: 1 });
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([wrongPort]);
  expect(editor.log).toEqual([expect.stringMatching(/^Reading was stopped when \d+ of 302 files were read\. /)]);
  const here = { start: { line: 4, character: 11 }, end: { line: 4, character: 11 } };
  const actions = await editor.codeActions(root + '/compose.yaml', here);
  expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
});

test('a client of our own stops it by a message, even while the files are being listed', async () => {
  const root = largeHarbour();
  const endless: Host = {
    ...nodeHost,
    folder: (path, selection) =>
      Object.assign(nodeHost.folder(path, selection), { files: () => new Promise(() => {}) }),
  };
  const editor = await startEditor({ folders: [root], host: endless });
  await editor.until(() => editor.progress.includes('begin'));
  await editor.connection.sendNotification('portolan/stopReading');
  await editor.until(() => editor.status?.isPartial === true);
  expect(editor.log).toEqual([expect.stringMatching(/^Reading was stopped when no file was read\. /)]);
});

/** Files that decide over the open one, among many that do not. */
const around = {
  'PORTS.md': '# Ports\n\n| Service | Port |\n|---|---|\n| gauge | 9400 |\n',
  'base/compose.yaml': 'services:\n  common:\n    ports: ["9300:80"]\n',
  'quay/docs/PORTS.md': registry,
  'quay/.env': 'TIDE_PORT=9006\n',
  'quay/compose.yaml':
    'services:\n  billing-api:\n    ports: ["9007:80"]\n  gauge:\n    ports: ["9401:80"]\n' +
    '  tide-gauge:\n    extends: { file: ../base/compose.yaml, service: common }\n',
  'jetty/compose.yaml': 'services:\n  gauge:\n    ports: ["9500:80"]\n',
};

const { 'quay/docs/PORTS.md': ofQuay, ...elsewhere } = { ...around, 'quay/compose.yaml': compose };

test.each<[string, Record<string, string>, string[], string[]]>([
  ['is told at once', { ...around, 'quay/compose.yaml': compose }, [wrongPort], [wrongPort]],
  ['is told by a page', { ...elsewhere, 'quay/apps/docs/ports.md': ofQuay }, [wrongPort], [wrongPort]],
  [
    'waits when a name may mean something elsewhere',
    around,
    [],
    ['3:14-18 port-mismatch', '5:14-18 unregistered-port'],
  ],
])('what stands in a document before all files have been read: it %s', async (_, files, early, late) => {
  const root = folderWith({ ...files, ...Object.fromEntries(piers) });
  const path = root + '/quay/compose.yaml';
  const editor = await startEditor({ folders: [root], host: stuck });
  await editor.open(path, files['quay/compose.yaml']!);
  await editor.hover(path, 0, 0); // waits for the registries
  expect(editor.squiggles(path)).toEqual(early);
  const other = await startEditor({ folders: [root] });
  await other.open(path, files['quay/compose.yaml']!);
  await other.settled();
  await other.sees(path, late);
  const told = other.history.filter(({ uri, diagnostics }) => uri === uriOf(path) && diagnostics.length > 0);
  const [first] = told;
  for (const { range } of first!.diagnostics)
    expect(told.at(-1)!.diagnostics).toContainEqual(expect.objectContaining({ range }));
});

test('a server that is started again reads all', async () => {
  const root = largeHarbour();
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort, ...others]);
  expect(editor.status?.isPartial ?? false).toBe(false);
});
