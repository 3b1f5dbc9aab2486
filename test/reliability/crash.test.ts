import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folderWith, writeAt } from '../support/disk.ts';
import type { Editor } from '../support/editor.ts';
import { isNightly, times } from '../support/effort.ts';
import { composeOf, piers, wrongPier } from '../support/largeTree.ts';
import { bundled } from '../support/program.ts';
import { startServer, stopServer, workOf } from '../support/serverProcess.ts';

const PIERS = 300;
const KILLS = times(4, 50);
/** The pier whose file is open. */
const OPEN = 7;

const program = bundled('server/src/node.ts');

/** Numbers from 0 to 1 that look random and are the same in each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A person who types in a file while others change on disk, and who starts the server again whenever it dies. */
class Sailor {
  readonly root = folderWith(piers(PIERS));
  /** The port that each compose file publishes; in the open one as the editor has it. */
  readonly #ports = Array.from({ length: PIERS }, (_, n) => 20_000 + n);
  readonly #cast = dice(4100);
  readonly #env = { XDG_CACHE_HOME: folderWith({}) };

  get notes(): string {
    return `${this.#env.XDG_CACHE_HOME}/portolan`;
  }

  async start() {
    const server = startServer(program, { env: this.#env });
    await server.editor.start({ folders: [this.root] });
    await server.editor.open(this.pathOf(OPEN), composeOf(OPEN, this.#ports[OPEN]!));
    return server;
  }

  /** Works until the server dies, which it does at some moment of its start or later. */
  async workUntilKilled(): Promise<void> {
    const { child, editor, ended } = await this.start();
    const end = performance.now() + 700 * this.#cast();
    while (performance.now() < end) {
      await this.#type(editor);
      await this.#changeOnDisk(editor);
      editor.hover(this.pathOf(OPEN), 4, 11).catch(() => {});
      await sleep(3);
    }
    child.kill('SIGKILL');
    await ended;
  }

  /** The piers of which the editor does not show exactly what is wrong. */
  amiss(editor: Editor): number[] {
    return this.#ports.flatMap((port, n) => {
      const isRight = String(editor.squiggles(this.pathOf(n))) === (port === 20_000 + n ? '' : wrongPier);
      return isRight ? [] : n;
    });
  }

  /** The files are as they were written, and there are no others. */
  expectDiskIntact(): void {
    for (const [n, port] of this.#ports.entries()) {
      if (n !== OPEN) expect(readFileSync(this.pathOf(n), 'utf8')).toBe(composeOf(n, port));
    }
    const records = `${this.notes}/quarantine.json`;
    if (existsSync(records)) expect(JSON.parse(readFileSync(records, 'utf8')).held).toEqual({});
  }

  pathOf(n: number): string {
    return `${this.root}/piers/${n}/compose.yaml`;
  }

  async #type(editor: Editor): Promise<void> {
    await editor.replace(this.pathOf(OPEN), `"${this.#ports[OPEN]}:`, `"${this.#another(OPEN)}:`);
  }

  async #changeOnDisk(editor: Editor): Promise<void> {
    const n = Math.floor(this.#cast() * PIERS);
    if (n === OPEN) return;
    writeAt(this.root, { [`piers/${n}/compose.yaml`]: composeOf(n, this.#another(n)) });
    await editor.watched({ [this.pathOf(n)]: 2 });
  }

  #another(n: number): number {
    this.#ports[n] = this.#ports[n] === 20_000 + n ? 30_000 + n : 20_000 + n;
    return this.#ports[n];
  }
}

test(`killed ${KILLS} times under load, and each time soon back to the same diagnostics`, {
  timeout: isNightly ? 0 : 120_000,
}, async () => {
  const sailor = new Sailor();
  const seconds: number[] = [];
  const work: number[] = [];
  for (let n = 0; n < KILLS; n++) {
    await sailor.workUntilKilled();
    const start = performance.now();
    const server = await sailor.start();
    // What counts is the work: a busy machine may take its time.
    await server.editor.until(() => sailor.amiss(server.editor).length === 0, false, 60_000);
    expect(sailor.amiss(server.editor), `after ${workOf(server.child)} s of work`).toEqual([]);
    seconds.push((performance.now() - start) / 1000);
    work.push(workOf(server.child));
    await server.editor.settled();
    expect(sailor.amiss(server.editor)).toEqual([]);
    await stopServer(server);
    sailor.expectDiskIntact();
  }
  if (isNightly) console.log(`${KILLS} kills: back after ${spread(seconds)}, with ${spread(work)} of work`);
  expect(Math.max(...work)).toBeLessThan(2);
});

function spread(seconds: readonly number[]): string {
  const sorted = seconds.toSorted((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]!.toFixed(2)} s (${sorted.at(-1)!.toFixed(2)} s at most)`;
}
