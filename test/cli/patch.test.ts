import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../server/src/cli/patch.ts';
import { folderWith } from '../support/disk.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `line ${n + 1}\n`).join('');

test('equal texts have no difference', () => {
  expect(unifiedDiff('a', 'one\n', 'one\n')).toBe('');
});

test('changes that are near to each other stand in one hunk, others in hunks of their own', () => {
  const after = numbers(30)
    .replace('line 2\n', 'line two\n')
    .replace('line 8\n', '')
    .replace('line 25\n', 'line 25\nmore\n');
  expect(unifiedDiff('dir/file.yaml', numbers(30), after)).toMatchInlineSnapshot(`
    "--- a/dir/file.yaml
    +++ b/dir/file.yaml
    @@ -1,11 +1,10 @@
     line 1
    -line 2
    +line two
     line 3
     line 4
     line 5
     line 6
     line 7
    -line 8
     line 9
     line 10
     line 11
    @@ -23,6 +22,7 @@
     line 23
     line 24
     line 25
    +more
     line 26
     line 27
     line 28
    "
  `);
});

test('the end of a file without a line end is told', () => {
  expect(unifiedDiff('a', 'one\ntwo', 'one\n2\n')).toMatchInlineSnapshot(`
    "--- a/a
    +++ b/a
    @@ -1,2 +1,2 @@
     one
    -two
    \\ No newline at end of file
    +2
    "
  `);
});

test('git applies every difference', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'd')).map((lines) => lines.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after && before !== '' && after !== '');
      const root = folderWith({ file: before });
      const args = ['apply', '--whitespace=nowarn', '-'];
      const git = spawnSync('git', args, { cwd: root, input: unifiedDiff('file', before, after), encoding: 'utf8' });
      expect(git).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(`${root}/file`, 'utf8')).toBe(after);
    }),
    { numRuns: 60 },
  );
});
