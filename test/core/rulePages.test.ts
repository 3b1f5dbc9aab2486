import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../server/src/core/rules/index.ts';
import { defaults } from '../../server/src/core/settings/settings.ts';
import { checks, fixed } from '../support/workspace.ts';

const folder = new URL('../../docs/rules/', import.meta.url);

/** The fenced blocks of a page, with the words behind the fence. */
function blocks(page: string): { kind: string; text: string }[] {
  return [...page.matchAll(/^```text ?(\w*)\n(.*?)^```$/gms)].map(([, kind, text]) => ({ kind: kind!, text: text! }));
}

test('every rule has a page and every page a rule', () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(pages.sort()).toEqual(rules.map(({ id }) => `${id}.md`).sort());
});

describe.each(rules.map(({ id, level }) => ({ id, level })))('docs/rules/$id.md', ({ id, level }) => {
  const path = new URL(`${id}.md`, folder);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const examples = blocks(page);
  // What is off has to be turned on to be shown.
  const settings = level === 'off' ? { ...defaults, rules: { [id]: 'warning' as const } } : defaults;

  test('names the rule and its level', () => {
    expect(page.split('\n')[0]).toBe(`# ${id}`);
    expect(page).toContain(`Level: ${level}.`);
  });

  test('shows the rule at work', () => {
    expect(examples.some(({ text }) => text.includes(`^ ${id}: `))).toBe(true);
  });

  test.each(examples.filter(({ kind }) => kind === '').map(({ text }) => ({ text })))('example %#', ({ text }) =>
    checks(text, settings),
  );

  const before = examples.filter(({ kind }) => kind === 'before');
  const after = examples.filter(({ kind }) => kind === 'after');
  if (before.length > 0) {
    test('fixes', () => {
      expect(after).toHaveLength(before.length);
      for (const [i, { text }] of before.entries()) fixed(text, after[i]!.text, settings);
    });
  }
});
