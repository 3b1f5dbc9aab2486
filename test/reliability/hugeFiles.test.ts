import { describe, expect, test } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import { Index } from '../../server/src/core/model/index.ts';
import { times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';

const many = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('');
const registry = (rows: string) => `# Port registry\n\n| Service | Port |\n| --- | --- |\n${rows}`;

function letters(n: number): string {
  return [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

/** Files in which so much of something is wrong, or seems to be, that each piece of it must be found at once. */
const crowds: Record<string, (count: number) => Record<string, string>> = {
  'services that are all on a wrong port, in each other’s way and published twice': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| ${letters(n)}crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n${many(
      count,
      (n) =>
        `  ${letters(n)}crane:\n    ports: ["${10_000 + ((n + 1) % count)}:80", "${40_000 + (n >> 1)}:81"]\n` +
        `  ${letters(n)}gull:\n    ports: ["${30_000 + n}:80"]\n`,
    )}`,
  }),
  'wrong ports of one service': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${30_000 + n}:${20_000 + n}"\n`)}`,
  }),
  'right ports of one service': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| crane | ${10_000 + n} |\n`)),
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${10_000 + n}:${20_000 + n}"\n`)}`,
  }),
  'equal ports of one service': (count) => ({
    'compose.yaml': `services:\n  crane:\n    ports: [${many(count, () => '"80-81:80-81", ')}]\n`,
  }),
  'addresses that lead to the outer ports of one service': (count) => ({
    'compose.yaml': `services:\n  crane:\n    ports:\n${many(count, (n) => `      - "${30_000 + n}:${20_000 + n}"\n`)}  gull:\n    environment:\n${many(count, (n) => `      A${n}_URL: http://crane:${30_000 + n}\n`)}`,
  }),
  'addresses in one command': (count) => ({
    'compose.yaml': `services:\n  crane:\n    command: "${many(count, () => 'http://crane:80 ')}"\n`,
  }),
  'services that extend each other': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  crane${n}:\n    extends: {service: crane${n + 1}}\n    ports: ["${10_000 + (n % 9000)}:80"]\n`)}`,
  }),
  'rows of which each port is given twice': (count) => ({
    'PORTS.md': registry(many(count, (n) => `| ${letters(n)} | ${10_000 + n} |\n| ${letters(n)}x | ${10_000 + n} |\n`)),
  }),
  'nginx sending to wrong ports': (count) => ({
    'compose.yaml': `services:\n${many(count, (n) => `  ${letters(n)}:\n    ports: ["${10_000 + n}:80"]\n`)}`,
    'nginx.conf': many(count, (n) => `server { location / { proxy_pass http://${letters(n)}:${10_000 + n}; } }\n`),
  }),
};

describe('checking takes as long as the files are', () => {
  test.each(Object.entries(crowds))('%s', { timeout: 120_000 }, (_, filesOf) => {
    expect(growth(checking(filesOf), times(1000, 4000))).toSatisfy(isLinear);
  });
});

function checking(filesOf: (count: number) => Record<string, string>): (count: number) => () => unknown {
  return (count) => {
    const facts = Object.entries(filesOf(count)).map(([path, text]) => read(`/harbour/${path}`, text)!);
    return () => {
      const index = new Index();
      for (const file of facts) index.put(file);
      return facts.map(({ path }) => check(path, index));
    };
  };
}

/** Services that stand on each other’s ports, each of which could move if all the others did. */
test('two crowds that are to change places', () => {
  const rows = many(40, (n) => `| ${letters(n)}crane | 9001 |\n| ${letters(n)}gull | 9000 |\n`);
  const services = many(
    40,
    (n) => `  ${letters(n)}crane:\n    ports: ["9000:80"]\n  ${letters(n)}gull:\n    ports: ["9001:80"]\n`,
  );
  const facts = [read('/harbour/PORTS.md', registry(rows))!, read('/harbour/compose.yaml', `services:\n${services}`)!];
  const index = new Index();
  for (const file of facts) index.put(file);
  const started = process.cpuUsage();
  const wrong = check('/harbour/compose.yaml', index).filter(({ rule }) => rule === 'port-mismatch');
  expect(wrong).toHaveLength(80);
  expect(wrong.flatMap(({ fixes }) => fixes).filter(({ preferred }) => preferred)).toEqual([]);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
});
