import { expect, test } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import { Index } from '../../server/src/core/model/index.ts';

/** Services in one file, of which all are on a wrong port, in each other's way and published twice. */
function crowd(count: number): Map<string, string> {
  const rows = Array.from({ length: count }, (_, n) => `| ${letters(n)}crane | ${10_000 + n} |`);
  const services = Array.from(
    { length: count },
    (_, n) =>
      `  ${letters(n)}crane:\n    ports: ["${10_000 + ((n + 1) % count)}:80", "${40_000 + (n >> 1)}:81"]\n` +
      `  ${letters(n)}gull:\n    ports: ["${30_000 + n}:80"]\n`,
  );
  return new Map([
    ['PORTS.md', `# Port registry\n\n| Service | Port |\n| --- | --- |\n${rows.join('\n')}\n`],
    ['compose.yaml', `services:\n${services.join('')}`],
  ]);
}

function letters(n: number): string {
  return [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

/** How long it takes to check all, of several tries the shortest: others may use the machine meanwhile. */
function costOf(count: number): number {
  const facts = [...crowd(count)].map(([path, text]) => read(path, text)!);
  const tries = Array.from({ length: 3 }, () => {
    const index = new Index();
    for (const file of facts) index.put(file);
    const { user } = process.cpuUsage();
    expect(facts.flatMap(({ path }) => check(path, index)).length).toBeGreaterThan(count);
    return process.cpuUsage().user - user;
  });
  return Math.min(...tries);
}

test('checking a huge compose file takes as long as it is', { retry: 3, timeout: 60_000 }, () => {
  costOf(500);
  expect(costOf(2000) / costOf(1000)).toBeLessThan(2.5);
});
