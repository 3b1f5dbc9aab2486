import { expect, test } from 'vitest';
import { countingHost } from '../support/counting.ts';
import { folderWith } from '../support/disk.ts';
import { modern, startEditor } from '../support/editor.ts';
import { isNightly, times } from '../support/effort.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const DOCUMENTS = times(400, 10_000);
const { didChangeWatchedFiles: _, ...blind } = modern.workspace!;

/** As a replacement in all files opens them. */
test.each([
  ['watches files', modern.workspace!],
  ['watches none', blind],
])(`${DOCUMENTS} documents open in an editor that %s`, { timeout: isNightly ? 0 : 60_000 }, async (_, workspace) => {
  const root = folderWith({ 'PORTS.md': registry });
  const counts = countingHost();
  const editor = await startEditor({ folders: [root], host: counts.host, capabilities: { ...modern, workspace } });
  await editor.settled();
  const paths = Array.from({ length: DOCUMENTS }, (_, n) => `${root}/quay-${n}/compose.yaml`);
  const wrong = () => paths.filter((path) => String(editor.squiggles(path)) === wrongPort).length;
  for (const path of paths) await editor.open(path, compose);
  await editor.settled();
  expect(wrong()).toBe(DOCUMENTS);
  expect(counts.walks).toBeLessThan(DOCUMENTS / 20);

  await editor.replace(paths[7]!, '9007', '9006');
  await editor.sees(paths[7]!, []);
  for (const path of paths) await editor.close(path);
  await editor.settled();
  expect(wrong()).toBe(0);
  expect(counts.walks).toBeLessThan(DOCUMENTS / 10);
  expect(editor.log).toEqual([]);
});
