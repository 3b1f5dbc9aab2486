import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../server/src/core/rules/index.ts';

test('the README lists every rule with its level and its words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| \[([a-z-]+)\]\(docs\/rules\/\1\.md\) \| (\w+) \| (.*) \|$/gm)];
  expect(listed.map(([, id, level, finds]) => ({ id, level, finds }))).toEqual(
    rules.map(({ id, level, finds }) => ({ id, level, finds })),
  );
});
