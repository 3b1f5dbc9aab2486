import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from '../../server/src/core/analyze.ts';
import { LONGEST } from '../../server/src/core/text.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { folderWith } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { Guest } from '../support/process.ts';
import { bundledServer } from '../support/program.ts';

const MEGABYTE = 1024 * 1024;
const start = bundledServer();

const beginnings: Record<string, string> = {
  'compose.yaml': compose,
  'docs/PORTS.md': registry,
  '.env': 'QUAY_PORT=9006\n',
  'nginx.conf': 'server { listen 80; }\n',
  Dockerfile: 'FROM quay\nEXPOSE 80\n',
};

/** Makes a file longer with zeros, which take no room on the disk. */
function lengthen(path: string, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, 'x'.repeat(LONGEST + 1), 100);
  ftruncateSync(file, length);
  closeSync(file);
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

test('a file that is too long is never opened', async () => {
  const root = folderWith({ 'compose.yaml': compose });
  lengthen(`${root}/compose.yaml`, 50 * MEGABYTE);
  const before = process.memoryUsage().rss;
  const started = process.cpuUsage();
  expect(await nodeHost.readFile(`${root}/compose.yaml`)).toBeUndefined();
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(50);
  expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(10);
});

test.skipIf(process.platform !== 'linux')('files of 50 MB in a workspace cost no memory', async () => {
  const used = async (length?: number) => {
    const root = folderWith({ ...beginnings, 'quay/compose.yaml': compose, 'PORTS.md': registry });
    if (length) for (const path of Object.keys(beginnings)) lengthen(`${root}/${path}`, length);
    const { editor, pid } = new Guest(start('--stdio'));
    await editor.start({ folders: [root] });
    await editor.settled();
    expect(editor.squiggles(`${root}/quay/compose.yaml`)).toContain(wrongPort);
    return memoryOf(pid);
  };
  expect((await used(50 * MEGABYTE)) - (await used())).toBeLessThan(10);
});

test.each(Object.entries(beginnings))(
  'who opens a long %s is told once that it is not read',
  async (name, beginning) => {
    const root = folderWith({});
    const editor = await startEditor({ folders: [root] });
    await editor.open(`${root}/${name}`, beginning + '#'.repeat(LONGEST));
    await editor.until(() => editor.diagnostics(`${root}/${name}`).length > 0);
    expect(editor.diagnostics(`${root}/${name}`)).toMatchObject([
      { severity: 3, code: 'not-read', message: 'Portolan does not read this file, because it is too long.' },
    ]);
    await editor.edit(`${root}/${name}`, beginning.length, LONGEST / 2, '');
    await editor.until(() => editor.diagnostics(`${root}/${name}`).every(({ code }) => code !== 'not-read'));
  },
);

test('a long file in which no ports were to be expected is no news', () => {
  expect(read('/harbour/pnpm-lock.yaml', `lockfileVersion: 9\n${'#'.repeat(LONGEST)}`)).toBeUndefined();
  expect(read('/harbour/README.md', `# Harbour\n${'word '.repeat(LONGEST / 4)}`)).toBeUndefined();
});
