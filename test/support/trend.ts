/** How something grows, and between which bounds that lies with a certainty of 95 %. */
interface Trend {
  readonly slope: number;
  readonly atLeast: number;
  readonly atMost: number;
}

/**
 * The slope of points by Theil and Sen: the median of the slopes between any two, which single spikes do not move. The
 * bounds are those of Sen, from the variance of Kendall's statistic.
 * https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator
 * @param points by ascending x, at least three of them
 */
export function trendOf(points: readonly (readonly [x: number, y: number])[]): Trend {
  const slopes = points.flatMap(([x, y], i) => points.slice(i + 1).map(([x2, y2]) => (y2 - y) / (x2 - x)));
  slopes.sort((a, b) => a - b);
  const n = points.length;
  const margin = (1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)) / 2;
  const middle = (slopes.length - 1) / 2;
  const at = (index: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(index)))]!;
  return { slope: at(middle), atLeast: at(middle - margin), atMost: at(middle + margin) };
}
