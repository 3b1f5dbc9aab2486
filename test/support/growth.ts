/** Twice the text may take this many times as long; quadratic work takes four times as long. */
const MOST = 2.5;
/** Shorter times say little, in milliseconds. */
const LEAST = 25;
/** So many that for either size one is hardly disturbed by the garbage collector. */
const ATTEMPTS = 15;

/**
 * How work grows when it is doubled: its time for twice as much, divided by its time for once. Measured in time of the
 * processor and anew while it looks bad, since other programs and the garbage collector only ever make it longer.
 * @param work what is measured, for so much of something; preparing it is not
 * @param size so much that it takes long enough to be measured
 * @returns the least ratio that was seen; 0 when even twice as much is done at once
 */
export function growth(prepare: (size: number) => () => unknown, size: number): number {
  const [once, twice] = [prepare(size), prepare(2 * size)];
  once();
  let least = Number.POSITIVE_INFINITY;
  let single = Number.POSITIVE_INFINITY;
  let double = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && least >= MOST; attempt++) {
    single = Math.min(single, timeOf(once));
    double = Math.min(double, timeOf(twice));
    if (double < LEAST) return 0;
    least = double / single;
  }
  return least;
}

/** Whether work grows like what it is done on. */
export function isLinear(ratio: number): boolean {
  return ratio < MOST;
}

function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
