import { once } from 'node:events';
import { renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { isNightly } from '../support/effort.ts';
import { dataIn } from '../support/heapSnapshot.ts';
import { composeOf, piers } from '../support/largeTree.ts';
import { bundled } from '../support/program.ts';
import { type ServerProcess, startServer, stopServer } from '../support/serverProcess.ts';
import { trendOf } from '../support/trend.ts';

/** `npm run soak -- --minutes N` sets it, and `npm test` runs ten. */
const MINUTES = Number(process.env.PORTOLAN_SOAK_MINUTES ?? (isNightly ? 120 : 0));
/** In MB an hour. */
const BOUND = 1;
/** In minutes, what Node itself still learns of the program looks like growth, some 3 MB an hour. */
const BOUND_OF_ALL = MINUTES >= 60 ? BOUND : 10;
const SAMPLES_A_MINUTE = 6;
/** Of so many samples one also tells how much of the heap is data. */
const WEIGHED_EVERY = 3;
const PIERS = 200;
/** People go back and forth between as many states of the workspace. */
const BRANCHES = 5;
/** As much of the time is left out: the compiler of Node optimises and caches fill up. */
const WARM_UP = 0.5;

const program = bundled('server/src/node.ts');
const monitor = fileURLToPath(new URL('../support/heapMonitor.cjs', import.meta.url));

interface Sample {
  /** All that is no machine code, in MB. */
  readonly heap: number;
  readonly rss: number;
  /** What the event loop of the server waits for: timers, pipes, files. */
  readonly resources: string[];
}

/** A day at work, over and over. After each watch everything is as it was before. */
class Watch {
  readonly root = folderWith(piers(PIERS));
  readonly #annex = folderWith(piers(20));
  readonly #scales = folderWith({});
  readonly #server: ServerProcess;
  #count = 0;

  constructor(server: ServerProcess) {
    this.#server = server;
  }

  get #editor() {
    return this.#server.editor;
  }

  async keep(): Promise<void> {
    const n = this.#count++ % (PIERS - 1);
    await this.#typeIn(n);
    await this.#typeInRegistry();
    await this.#renameFolder(n + 1);
    await this.#changeBranch();
    if (this.#count % 5 === 0) await this.#visitAnnex();
    await this.#editor.settled();
  }

  async #typeIn(n: number): Promise<void> {
    const path = this.#pathOf(n);
    await this.#editor.open(path, composeOf(n, 20_000 + n));
    for (let digit = 0; digit < 10; digit++) {
      const text = this.#editor.text(path);
      const at = text.indexOf(':8000') - 1;
      await this.#editor.edit(path, at, at + 1, String(digit));
      await this.#ask(path);
      await sleep(10);
    }
    await this.#editor.close(path);
  }

  /** What an editor asks as the cursor moves. */
  async #ask(path: string): Promise<void> {
    const position = { line: 4, character: 11 };
    const range = { start: position, end: position };
    await Promise.all([
      this.#editor.hover(path, position.line, position.character),
      this.#editor.ask('completion', path, { position }),
      this.#editor.ask('documentSymbol', path),
      this.#editor.ask('references', path, { position, context: { includeDeclaration: true } }),
      this.#editor.codeActions(path, range),
      this.#editor.connection.sendRequest('portolan/overview', {}),
    ]);
  }

  async #typeInRegistry(): Promise<void> {
    const path = `${this.root}/PORTS.md`;
    const text = piers(PIERS)['PORTS.md']!;
    await this.#editor.open(path, text);
    await this.#editor.replace(path, '| 20003 |', '| 20999 |');
    await this.#editor.sees(this.#pathOf(3), ['5:10-15 port-mismatch']);
    await this.#editor.replace(path, '| 20999 |', '| 20003 |');
    await this.#editor.sees(this.#pathOf(3), []);
    await this.#editor.close(path);
  }

  async #renameFolder(n: number): Promise<void> {
    const [old, other] = [`${this.root}/piers/${n}`, `${this.root}/piers/moved-${this.#count % BRANCHES}`];
    for (const [from, to] of [
      [old, other],
      [other, old],
    ] as const) {
      renameSync(from, to);
      await this.#editor.watched({ [from]: 3, [to]: 1, [`${to}/compose.yaml`]: 1 });
      await this.#editor.settled();
    }
  }

  async #changeBranch(): Promise<void> {
    const paths = Array.from({ length: 20 }, (_, n) => `feature-${this.#count % BRANCHES}/${n}/compose.yaml`);
    writeAt(this.root, Object.fromEntries(paths.map((path, n) => [path, composeOf(n, 40_000 + n)])));
    await this.#editor.watched(Object.fromEntries(paths.map((path) => [`${this.root}/${path}`, 1])));
    await this.#editor.settled();
    rmSync(`${this.root}/feature-${this.#count % BRANCHES}`, { recursive: true });
    await this.#editor.watched({ [`${this.root}/feature-${this.#count % BRANCHES}`]: 3 });
    await this.#editor.settled();
  }

  async #visitAnnex(): Promise<void> {
    const annex = { uri: uriOf(this.#annex), name: 'annex' };
    for (const event of [
      { added: [annex], removed: [] },
      { added: [], removed: [annex] },
    ]) {
      await this.#editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
      await sleep(50);
      await this.#editor.settled();
    }
  }

  #pathOf(n: number): string {
    return `${this.root}/piers/${n}/compose.yaml`;
  }

  async sample(snapshot?: string): Promise<Sample> {
    this.#server.child.send({ snapshot });
    const [sample] = await once(this.#server.child, 'message');
    return sample;
  }

  /** How much of the heap is data of the server, in MB. */
  async weigh(): Promise<number> {
    const path = `${this.#scales}/heap.heapsnapshot`;
    await this.sample(path);
    return dataIn(path) / 2 ** 20;
  }

  /** What the editor keeps for the server: diagnostics, and registrations such as watchers. */
  get traces(): object {
    const uris = [...this.#editor.published].filter(([, { diagnostics }]) => diagnostics.length > 0);
    return { squiggles: uris.map(([uri]) => uri), registered: [...this.#editor.registered.keys()].sort() };
  }
}

/** What a server goes on to wait for, other than timers. */
function lasting({ resources }: Sample): string[] {
  return resources.filter((kind) => kind !== 'Timeout').sort();
}

function timersIn({ resources }: Sample): number {
  return resources.filter((kind) => kind === 'Timeout').length;
}

/** So many timers come and go. */
const PASSING = 2;

/** What was measured once all had settled. */
class Record {
  readonly #what: string;
  readonly #points: [at: number, size: number][] = [];

  constructor(what: string) {
    this.#what = what;
  }

  /** @param hours since the beginning */
  add(hours: number, size: number): void {
    if (hours > (WARM_UP * MINUTES) / 60) this.#points.push([hours, size]);
  }

  get trend() {
    return trendOf(this.#points);
  }

  toString(): string {
    const { slope, atLeast, atMost } = this.trend;
    const [first, last] = [this.#points[0]!, this.#points.at(-1)!].map(([, size]) => size.toFixed(2));
    const bounds = `95 %: ${atLeast.toFixed(2)} to ${atMost.toFixed(2)}`;
    return `${this.#what} ${first} → ${last} MB, slope ${slope.toFixed(2)} MB/h (${bounds})`;
  }
}

test.runIf(MINUTES > 0)(`${MINUTES} minutes of work leave nothing behind`, { timeout: 0 }, async () => {
  const server = startServer(program, { node: ['--expose-gc', '--require', monitor], ipc: true });
  const watch = new Watch(server);
  await server.editor.start({ folders: [watch.root] });
  await server.editor.settled();
  const start = performance.now();
  const hours = () => (performance.now() - start) / 3_600_000;
  await watch.keep();
  const [before, traces] = [await watch.sample(), watch.traces];
  const [heap, data] = [new Record('heap after GC'), new Record('data in it')];
  let last = before;
  let watches = 1;
  for (let samples = 1; hours() < MINUTES / 60; samples++) {
    const end = performance.now() + 60_000 / SAMPLES_A_MINUTE;
    for (; performance.now() < end; watches++) await watch.keep();
    last = await watch.sample();
    heap.add(hours(), last.heap);
    if (samples % WEIGHED_EVERY === 0) data.add(hours(), await watch.weigh());
    expect(watch.traces).toEqual(traces);
  }
  console.log(`${MINUTES} minutes, ${watches} watches: ${heap}; ${data}; resident ${last.rss.toFixed(0)} MB`);
  expect(lasting(last)).toEqual(lasting(before));
  await expect.poll(async () => timersIn(await watch.sample()), { timeout: 10_000 }).toBeLessThanOrEqual(PASSING);
  expect(server.editor.log).toEqual([]);
  await stopServer(server);
  // Only what is certain fails.
  expect(heap.trend.atLeast).toBeLessThan(BOUND_OF_ALL);
  expect(data.trend.atLeast).toBeLessThan(BOUND);
});
