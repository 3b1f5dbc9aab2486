import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../scripts/docs/readers.ts';
import { read } from '../../server/src/core/analyze.ts';
import { drawReading, plain } from '../support/fixture.ts';
import { picturesOn } from '../support/readerPages.ts';

describe.each(kinds.map((kind) => ({ kind })))('docs/readers/$kind.md', ({ kind }) => {
  const path = new URL(`../../docs/readers/${kind}.md`, import.meta.url);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const examples = picturesOn(page);

  test('says what it is about, and what is not read', () => {
    expect(page).toMatch(/^# .+\n\n[A-Z].+\.\n/);
    expect(page).toContain('\n## What is not read\n\n');
  });

  test('shows files of this kind', () => {
    const files = examples.flatMap((example) => [...example]);
    expect(files.some(([name, text]) => read(name, plain(text))?.kind === kind)).toBe(true);
  });

  test.each(examples.map((files) => ({ files })))('example %#', ({ files }) => {
    expect(files.size).toBeGreaterThan(0);
    for (const [name, expected] of files) {
      const text = plain(expected);
      const facts = read(name, text);
      expect(facts ? drawReading(text, facts) : text, name).toBe(expected);
    }
  });
});
