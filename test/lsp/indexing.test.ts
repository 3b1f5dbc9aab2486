import { expect, test } from 'vitest';
import type { Host } from '../../server/src/host.ts';
import { nodeHost } from '../../server/src/nodeHost.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

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

/** A harbour with very many files. */
function largeHarbour(): string {
  const piers = Array.from({ length: 300 }, (_, n) => [`piers/${String(n).padStart(3, '0')}/compose.yaml`, compose]);
  return folderWith({ 'PORTS.md': registry, 'compose.yaml': stack, ...Object.fromEntries(piers) });
}

/** A machine on which some files never come. */
const stuck: Host = {
  ...nodeHost,
  readFile: (path) => (/piers\/[12]/.test(path) ? new Promise(() => {}) : nodeHost.readFile(path)),
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
  await editor.sees(root + '/compose.yaml', [wrongPort, ...others]);
  await editor.until(() => editor.progress.includes('begin'));
  await editor.connection.sendNotification('window/workDoneProgress/cancel', { token: editor.progressToken });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.until(() => editor.progress.includes('end'));
  await editor.until(() => editor.status?.busy === false);
  expect(editor.status).toMatchObject({ isPartial: true, registries: 1 });
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

test('a server that is started again reads all', async () => {
  const root = largeHarbour();
  const editor = await startEditor({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort, ...others]);
  expect(editor.status?.isPartial ?? false).toBe(false);
});
