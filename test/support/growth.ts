import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Twice the text may take this many times as long; quadratic work takes four times as long. */
const MOST = 2.5;
/** Shorter times say little, in milliseconds. */
const LEAST = 25;
/** So often each size is measured: of many times one is hardly disturbed by other programs. */
const ATTEMPTS = 5;
/** So many times the size is doubled. What is quadratic is so at each of them; a full nursery of the heap is not. */
const DOUBLINGS = 3;

/** What is measured; a promise when it takes several turns. */
type Work = () => unknown;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/**
 * How work grows when it is doubled: its time for twice as much, divided by its time for once. Measured in time of the
 * processor, and anew and with more while it looks bad, since other programs and the garbage collector only ever make
 * it longer.
 * @param prepare what is measured, for so much of something; preparing it is not
 * @param size so much that it takes long enough to be measured
 * @returns the least ratio that was seen; 0 when even twice as much is done at once
 */
export async function growth(prepare: (size: number) => Work | Promise<Work>, size: number): Promise<number> {
  await (await prepare(size))();
  let least = Number.POSITIVE_INFINITY;
  for (let doubling = 0; doubling <= DOUBLINGS && !isLinear(least); doubling++) {
    const once = size * 2 ** doubling;
    least = Math.min(least, await ratioOf(await prepare(once), await prepare(2 * once)));
  }
  return least;
}

/** The same of work on a text: on its first half, on all of it, and on as many repetitions as it takes. */
export function growthOver(text: string, work: (text: string) => unknown): Promise<number> {
  const prepare = (length: number) => {
    const part = text.repeat(Math.ceil(length / text.length)).slice(0, length);
    return () => work(part);
  };
  return growth(prepare, Math.ceil(text.length / 2));
}

/** Whether work grows like what it is done on. */
export function isLinear(ratio: number): boolean {
  return ratio < MOST;
}

async function ratioOf(once: Work, twice: Work): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  let single = Number.POSITIVE_INFINITY;
  let double = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && !isLinear(least); attempt++) {
    single = Math.min(single, await timeOf(once));
    double = Math.min(double, await timeOf(twice));
    if (double < LEAST) return 0;
    least = double / single;
  }
  return least;
}

async function timeOf(work: Work): Promise<number> {
  collectGarbage();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
