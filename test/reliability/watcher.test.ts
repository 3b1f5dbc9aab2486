import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { countingHost } from '../support/counting.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { isNightly, times } from '../support/effort.ts';
import { piers, wrongPier } from '../support/largeTree.ts';

const PIERS = times(1_000, 5_000);
const EVENTS = 20_000;
/** As many events come in one message. */
const PER_MESSAGE = 100;

const composeAt = (root: string, n: number) => `${root}/piers/${n}/compose.yaml`;

/** What the editor shows: the squiggles of each file that has some. */
function shown(editor: Editor): Record<string, string[]> {
  const uris = [...editor.published].filter(([, { diagnostics }]) => diagnostics.length > 0).map(([uri]) => uri);
  return Object.fromEntries(uris.sort().map((uri) => [uri, editor.squiggles(uri.replace('file://', ''))]));
}

/** What an editor shows that is started now. */
async function shownAfresh(root: string): Promise<Record<string, string[]>> {
  const editor = await startEditor({ folders: [root] });
  await editor.settled();
  return shown(editor);
}

/** The events of a change of branches and an installation of packages at once, in the order in which they come. */
function storm(root: string): { uri: string; type: 1 | 2 | 3 }[] {
  return Array.from({ length: EVENTS }, (_, n) => {
    const pier = (n * 7) % PIERS;
    if (n % 10 === 1) return { uri: uriOf(`${root}/node_modules/rope-${n}/.gitignore`), type: 1 };
    if (n % 10 === 2) return { uri: uriOf(`${root}/node_modules/rope-${n}`), type: 3 };
    if (n % 10 === 3) return { uri: uriOf(`${root}/piers/${pier}/src/part-${n}.ts`), type: 3 };
    if (n % 1000 === 5) return { uri: uriOf(`${root}/.gitignore`), type: 2 };
    return { uri: uriOf(composeAt(root, pier)), type: 2 };
  });
}

test(`${EVENTS} events within a second are taken in together`, async () => {
  const root = folderWith({ ...piers(PIERS), '.gitignore': 'dist/\n' });
  const counts = countingHost();
  const editor = await startEditor({ folders: [root], host: counts.host });
  const open = `${root}/open/compose.yaml`;
  await editor.open(open, 'services:\n  pier-1:\n    image: x\n    ports:\n      - "20001:8000"\n');
  await editor.settled();
  expect(shown(editor)).toEqual({});

  // Another branch: a wrong port in every tenth file, some files gone, and others ignored from now on.
  writeAt(
    root,
    piers(PIERS, (n) => 20_000 + n + (n % 10 === 0 ? 1 : 0)),
  );
  for (let n = 0; n < PIERS; n += 50) rmSync(composeAt(root, n));
  writeAt(root, { '.gitignore': 'dist/\npiers/*0/\n' });
  counts.reset();
  editor.history.length = 0;

  const waits: number[] = [];
  const events = storm(root);
  const start = performance.now();
  for (let at = 0; at < EVENTS; at += PER_MESSAGE) {
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: events.slice(at, at + PER_MESSAGE),
    });
    const due = start + (at * 1000) / EVENTS;
    if (due > performance.now()) await sleep(due - performance.now());
    if ((at / PER_MESSAGE) % 10 !== 0) continue;
    const asked = performance.now();
    editor.hover(open, 4, 11).then(() => waits.push(performance.now() - asked));
  }
  await editor.settled();
  const took = performance.now() - start;

  const most = Math.max(...counts.reads.values());
  waits.sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)]!;
  if (isNightly) {
    console.log(
      `${EVENTS} events: ${counts.walks} walks, a file read ${most} times at most, settled after ${took.toFixed(0)} ms, ` +
        `a hover meanwhile p95 ${p95.toFixed(0)} ms`,
    );
  }
  expect(counts.walks).toBeLessThanOrEqual(3);
  expect(most).toBeLessThanOrEqual(3);
  const sent = new Map<string, number>();
  for (const { uri } of editor.history) sent.set(uri, (sent.get(uri) ?? 0) + 1);
  expect(Math.max(...sent.values(), 0)).toBeLessThanOrEqual(1);
  expect(shown(editor)).toEqual(await shownAfresh(root));
  expect(p95).toBeLessThan(times(1000, 200));
});

test('events that are lost are made good by the next touch, save or restart', async () => {
  const count = times(100, 1_000);
  const root = folderWith(piers(count));
  const editor = await startEditor({ folders: [root] });
  await editor.settled();
  const wrong = piers(count, (n) => 20_000 + n + 1);
  writeAt(root, wrong);
  const isLost = (n: number) => n % 10 === 0;
  const all = Array.from({ length: count }, (_, n) => n);
  await editor.watched(Object.fromEntries(all.filter((n) => !isLost(n)).map((n) => [composeAt(root, n), 2])));
  await editor.settled();
  for (const n of all) expect(editor.squiggles(composeAt(root, n))).toEqual(isLost(n) ? [] : [wrongPier]);

  // The next event for a file counts, whatever became of the one before.
  await editor.watched({ [composeAt(root, 0)]: 2 });
  await editor.sees(composeAt(root, 0), [wrongPier]);
  // Who opens a file sees what its text says, and so it stays when it is closed.
  await editor.open(composeAt(root, 10), wrong['piers/10/compose.yaml']!);
  await editor.sees(composeAt(root, 10), [wrongPier]);
  await editor.close(composeAt(root, 10));
  await editor.settled();
  expect(editor.squiggles(composeAt(root, 10))).toEqual([wrongPier]);
  // A server that is started again sees everything.
  expect(Object.keys(await shownAfresh(root))).toHaveLength(count);
});
