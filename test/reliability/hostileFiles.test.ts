import { describe, expect, test } from 'vitest';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { isNightly, times } from '../support/effort.ts';
import { compose, registry } from '../support/harbour.ts';
import { hostileTexts } from '../support/hostile.ts';
import { Guest } from '../support/process.ts';
import { bundledServer } from '../support/program.ts';

const start = bundledServer();

/** How long an answer to an edit may take and one to another request meanwhile, in milliseconds; by day others run too. */
const ANSWER = times(3000, 500);
const MEANWHILE = times(1500, 200);
const LENGTH = times(10_000, 900_000);
const EDITS = 5;

/** One file may be hostile in more ways than the machine has time for by day. */
const tried = hostileTexts.filter((_, i) => isNightly || i % 10 === 0);

async function served(files: Record<string, string>): Promise<{ guest: Guest; root: string }> {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose, ...files });
  const guest = new Guest(start('--stdio'));
  await guest.editor.start({ folders: [root] });
  await guest.editor.open(`${root}/compose.yaml`, compose);
  return { guest, root };
}

/** Asks for a hover in the harmless file until something is done; gives the longest time that it took. */
async function askedMeanwhile(guest: Guest, root: string, done: Promise<unknown>): Promise<number> {
  let isDone = false;
  let worst = 0;
  const end = done.then(() => (isDone = true));
  while (!isDone) {
    const asked = performance.now();
    expect(await guest.editor.hover(`${root}/compose.yaml`, 4, 10)).toContain('9007');
    worst = Math.max(worst, performance.now() - asked);
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
  return worst;
}

describe('an open file that is hostile is answered or refused, and others do not wait for it', () => {
  test('each, opened and edited', { timeout: 3_600_000 }, async () => {
    const { guest, root } = await served({});
    const { editor } = guest;
    const slow: string[] = [];
    let [worst, worstMeanwhile] = [0, 0];
    for (const [n, { path, what, text }] of tried.entries()) {
      const file = `${root}/${n}/${path}`;
      const isTold = (version: number) => editor.published.get(uriOf(file))?.version === version;
      const took = async (version: number, send: Promise<void>) => {
        const sent = performance.now();
        await send;
        const told = editor.until(() => isTold(version)).then(() => performance.now() - sent);
        worstMeanwhile = Math.max(worstMeanwhile, await askedMeanwhile(guest, root, told));
        return told;
      };
      const made = text(LENGTH);
      const answers = [await took(1, editor.open(file, made))];
      for (let edit = 0; edit < EDITS; edit++) {
        const at = edit % 2 === 0 ? made.length : 0;
        answers.push(await took(edit + 2, editor.edit(file, at, at, edit % 2 === 0 ? '\n' : '#')));
      }
      expect(guest.isAlive, `${path}: ${what}`).toBe(true);
      worst = Math.max(worst, ...answers);
      if (Math.max(...answers) > ANSWER) slow.push(`${path}: ${what}: ${answers.map(Math.round)} ms`);
      await editor.close(file);
    }
    console.log(`${tried.length} hostile files: slowest answer ${worst | 0} ms, another's ${worstMeanwhile | 0} ms`);
    expect(slow).toEqual([]);
    expect(worstMeanwhile).toBeLessThan(MEANWHILE);
  });
});

test('closed files that are hostile are read with all others', { timeout: 3_600_000 }, async () => {
  const files = tried.map(({ path, text }, n) => [`${n}/${path}`, text(LENGTH)] as const);
  const { guest, root } = await served(Object.fromEntries(files));
  const worst = await askedMeanwhile(guest, root, guest.editor.settled());
  console.log(`${files.length} hostile files in the workspace: slowest answer meanwhile ${worst | 0} ms`);
  expect(guest.isAlive).toBe(true);
  expect(guest.editor.squiggles(`${root}/compose.yaml`)).toContain('5:10-14 port-mismatch');
  expect(worst).toBeLessThan(MEANWHILE);
});

test('who opens a file that is refused is told once', async () => {
  const { guest, root } = await served({});
  const deep = `${root}/deep/compose.yaml`;
  await guest.editor.open(deep, `services:\n  quay: ${'['.repeat(2000)}`);
  const told = `Portolan does not read this file, because it is nested too deeply.`;
  await guest.editor.until(() => guest.editor.diagnostics(deep).length > 0);
  expect(guest.editor.diagnostics(deep)).toMatchObject([{ severity: 3, code: 'not-read', message: told }]);
});
