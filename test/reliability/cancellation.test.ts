import { expect, test } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { times } from '../support/effort.ts';

/** A workspace in which some requests take a while. */
function manyServices(count: number): Record<string, string> {
  const rows = Array.from({ length: count }, (_, n) => `| pier-${n} | ${10_000 + n} |`);
  const files: Record<string, string> = {
    'PORTS.md': `# Ports\n\n| Service | Port |\n| --- | --- |\n${rows.join('\n')}\n`,
  };
  for (let n = 0; n < count; n += 5) {
    const services = [0, 1, 2, 3, 4].map(
      (k) => `  pier-${n + k}:\n    image: x\n    ports: ["${10_001 + n + k}:80"]\n`,
    );
    files[`quay-${n}/compose.yaml`] = `services:\n${services.join('')}`;
  }
  return files;
}

/** Requests whose work takes more than a moment here. */
const methods = [
  'portolan/overview',
  'portolan/fixAll',
  'portolan/services',
  'workspace/symbol',
  'textDocument/codeLens',
];

function params(root: string): object {
  return { query: 'pier', textDocument: { uri: uriOf(root + '/PORTS.md') } };
}

async function workspace(): Promise<{ editor: Editor; root: string }> {
  const settings = { codeLens: { enabled: true } };
  const root = folderWith(manyServices(400));
  const editor = await startEditor({ folders: [root], settings });
  await editor.settled();
  return { editor, root };
}

test('what is cancelled on its way is answered, with the result or with the error for it', async () => {
  const { editor, root } = await workspace();
  const dice = new Dice(seed);
  const wrong: string[] = [];
  let cancelled = 0;
  const waits: number[] = [];
  for (let n = 0; n < times(50, 1000); n++) {
    const source = new CancellationTokenSource();
    const method = dice.one(methods);
    const answer = editor.connection.sendRequest(method, params(root), source.token);
    for (let turns = dice.below(6); turns > 0; turns--) await new Promise(setImmediate);
    source.cancel();
    const heeded = answer.catch((error: unknown) => {
      if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled) cancelled++;
      else wrong.push(`${method}: ${error}`);
    });
    waits.push(await spent(() => heeded));
  }
  expect(wrong).toEqual([]);
  waits.sort((a, b) => a - b);
  // Of 100 requests 95 are answered so soon, in milliseconds of work of both sides: a busy machine may take its time.
  expect(waits[Math.floor(waits.length * 0.95)]).toBeLessThan(times(100, 50));
  expect(cancelled).toBeGreaterThan(0);
  expect(editor.log).toEqual([]);
});

test('nobody goes on with the work of a request that is cancelled', async () => {
  const { editor, root } = await workspace();
  for (const method of methods) {
    const whole = await spent(async () => {
      for (let n = 0; n < 5; n++) await editor.connection.sendRequest(method, params(root));
    });
    const cut = await spent(async () => {
      for (let n = 0; n < 5; n++) {
        const source = new CancellationTokenSource();
        const answer = editor.connection.sendRequest(method, params(root), source.token);
        await new Promise(setImmediate);
        source.cancel();
        await answer.catch(() => {});
      }
      await new Promise((resolve) => setTimeout(resolve, 300)); // what is not given up would go on now
    });
    if (whole > 200) expect(cut, `${method}, milliseconds of work, of ${whole} in full`).toBeLessThan(whole / 2);
  }
});

/** The milliseconds of processor time that something takes. */
async function spent(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
