import { describe, expect, test } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import { Index } from '../../server/src/core/model/index.ts';
import { crowds, letters, many, registry } from '../support/crowds.ts';
import { times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';

describe('checking takes as long as the files are', () => {
  test.each(Object.entries(crowds))('%s', { timeout: 120_000 }, async (_, filesOf) => {
    expect(await growth(checking(filesOf), times(1000, 4000))).toSatisfy(isLinear);
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
