import { expect, test } from 'vitest';
import { trendOf } from '../support/trend.ts';

const noise = (n: number) => Math.sin(n * 12.9898) * 0.5;

test('finds a slope below noise and spikes', () => {
  const points = Array.from({ length: 60 }, (_, n) => [n, 80 + 0.1 * n + noise(n) + (n % 17 === 0 ? 30 : 0)] as const);
  const { slope, atLeast, atMost } = trendOf(points);
  expect(slope).toBeCloseTo(0.1, 1);
  expect(atLeast).toBeGreaterThan(0.05);
  expect(atMost).toBeLessThan(0.2);
});

test('takes noise for no growth', () => {
  const { atLeast, atMost } = trendOf(Array.from({ length: 60 }, (_, n) => [n, 80 + noise(n)] as const));
  expect(atLeast).toBeLessThan(0);
  expect(atMost).toBeGreaterThan(0);
});
