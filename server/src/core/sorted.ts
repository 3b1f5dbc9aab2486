/**
 * At which place of a sorted list those begin that do not lie before what is looked for: its length if all do.
 * @param liesBefore true for the first ones, and false from some place on
 */
export function partitionPoint<T>(sorted: ArrayLike<T>, liesBefore: (value: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (liesBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
