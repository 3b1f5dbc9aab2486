import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from '../server/src/core/analyze.ts';
import { rules } from '../server/src/core/rules/index.ts';
import { describeFact } from './support/fixture.ts';

test('the README lists every rule with its level and its words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| \[([a-z-]+)\]\(docs\/rules\/\1\.md\) \| (\w+) \| (.*) \|$/gm)];
  expect(listed.map(([, id, level, finds]) => ({ id, level, finds }))).toEqual(
    rules.map(({ id, level, finds }) => ({ id, level, finds })),
  );
});

test('the example of a registry from scratch is read as it says', () => {
  const page = readFileSync(new URL('../docs/registry.md', import.meta.url), 'utf8');
  const example = /^```yaml\n(.*?)^```$/ms.exec(page)![1]!;
  const facts = read('portolan-registry.yaml', example)!;
  expect(facts.problems).toEqual([]);
  expect(facts.claims.map(describeFact)).toEqual([
    'assignment 4100 any pilot-roster',
    'assignment 4101 host tide-gauge environment=production domains=tides.harbour.example',
    'assignment 80 container tide-gauge environment=production domains=tides.harbour.example',
    'former 4001 any tide-gauge environment=production',
    'assignment 4102 any tide-archive internal',
    'range 4200-4299 any cargo',
    'reserved 4103 any -',
    'reserved 4104 any ice-watch',
    'forbidden 8000-8999 any -',
  ]);
});
