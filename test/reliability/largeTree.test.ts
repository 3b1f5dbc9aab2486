import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith } from '../support/disk.ts';
import { isNightly, times } from '../support/effort.ts';
import { type LargeTree, largeTree, wrongPier } from '../support/largeTree.ts';
import { bundled } from '../support/program.ts';
import { memoryOf, type ServerProcess, startServer, stopServer, workOf } from '../support/serverProcess.ts';

const FILES = times(5_000, 100_000);
const RELEVANT = times(1_000, 4_000);

const program = bundled('server/src/node.ts');
const monitor = fileURLToPath(new URL('../support/loopMonitor.cjs', import.meta.url));
let root: string;
let tree: LargeTree;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-tree-')));
  tree = largeTree(root, FILES, RELEVANT);
}, 300_000);
afterAll(() => rmSync(root, { recursive: true }));

/** Opens the workspace with one compose file and waits until all has been read. */
async function indexed(server: ServerProcess): Promise<{ firstSeconds: number; firstWork: number; seconds: number }> {
  const { editor } = server;
  const open = tree.wrong[0]!;
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  await editor.start({ folders: [root] });
  await editor.open(open, readFileSync(open, 'utf8'));
  await editor.sees(open, [wrongPier]);
  const [firstSeconds, firstWork] = [since(), workOf(server.child)];
  await editor.settled();
  const seconds = since();
  expect([...editor.published.keys()].length).toBe(tree.wrong.length);
  for (const path of tree.wrong) expect(editor.squiggles(path), path).toEqual([wrongPier]);
  return { firstSeconds, firstWork, seconds };
}

test(`${FILES} files are read soon, in little memory, and without keeping anybody waiting`, async () => {
  const report = join(folderWith({}), 'turns.json');
  const server = startServer(program, { node: ['--require', monitor], env: { LOOP_MONITOR: report } });
  const { firstSeconds, firstWork, seconds } = await indexed(server);
  const peak = memoryOf(server.child, 'peak');
  const work = workOf(server.child);
  await stopServer(server);
  // The first turn is the loading of the program itself.
  const turns: number[] = JSON.parse(readFileSync(report, 'utf8')).slice(1);
  turns.sort((a, b) => a - b);
  const [p99, longest] = [turns[Math.floor(turns.length * 0.99)]!, turns.at(-1)!];
  if (isNightly) {
    console.log(
      `${FILES} files: open file after ${firstSeconds.toFixed(2)} s, all after ${seconds.toFixed(2)} s (${work} s of work), ` +
        `${peak.toFixed(0)} MB at most, a turn p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
    );
  }
  expect(peak).toBeLessThan(300);
  expect(p99).toBeLessThan(isNightly ? 50 : 100);
  expect(firstWork).toBeLessThan(1);
  expect(work).toBeLessThan(10);
});

test('with a heap of 256 MB all is read as well', async () => {
  const server = startServer(program, { node: ['--max-old-space-size=256'] });
  await indexed(server);
  await stopServer(server);
});
