import fc from 'fast-check';
import picomatch from 'picomatch/posix.js';
import { describe, expect, test } from 'vitest';
import { globMatcher, isGlob } from '../../server/src/core/glob.ts';
import { defaultExcludes } from '../../server/src/core/settings/settings.ts';

const match = (glob: string, path: string) => globMatcher([glob])(path);

test.each([
  ['/w/*.md', '/w/.md', true],
  ['/w/*', '/w/', false],
  ['/w/**', '/w', true],
  ['/w/**/a', '/w/a', true],
  ['/w/**/a', '/w/x/y/a', true],
  ['**/a*b*c', '/w/aXbYbc', true],
  ['/w/?(.|_)old', '/w/old', true],
  ['/w/?(.|_)old', '/w/.old', true],
  ['/w/@(a|b).yml', '/w/b.yml', true],
  ['/w/{a,{b,c}d}/x', '/w/cd/x', true],
  ['/w/{a}', '/w/{a}', true],
  ['/w/[a-c_]', '/w/_', true],
  ['/w/[!a-c]', '/w/b', false],
  ['/w/\\*', '/w/*', true],
  ['/w/\\*', '/w/a', false],
  ['/w/(group)/a.yml', '/w/(group)/a.yml', true],
  ['/w/[', '/w/[', true],
])('%s and %s: %s', (glob, path, expected) => {
  expect(match(glob, path)).toBe(expected);
});

describe('is as picomatch', () => {
  const name = fc
    .array(fc.constantFrom('a', 'b', '.', '_', '-', '1'), { minLength: 1, maxLength: 5 })
    .map((all) => all.join(''));
  const piece = fc.constantFrom('a', 'b', '_', '*', '?', '{a,b}', '[ab]', '[^a]', '{a,{b,_}}', '1');
  const segment = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(piece, { minLength: 1, maxLength: 4 }).map((all) => all.join('').replace(/\*+/g, '*')),
    },
    { weight: 1, arbitrary: fc.constant('**') },
  );
  const paths = fc
    .array(
      name.filter((one) => !/^\.+$/.test(one)),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) => `/w/${all.join('/')}`);

  test('for what both know', () => {
    const globs = fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => `/w/${all.join('/')}`);
    fc.assert(
      fc.property(globs, fc.array(paths, { minLength: 1, maxLength: 10 }), (glob, all) => {
        const [own, known] = [globMatcher([glob]), picomatch([glob], { dot: true })];
        for (const path of all) expect(`${glob} ${path} ${own(path)}`).toBe(`${glob} ${path} ${known(path)}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('for what is left out by default', () => {
    const names = fc.constantFrom(
      'old',
      '.old',
      '_Archive',
      'my-backups',
      'backup-2',
      'a.bak',
      'a.old.yml',
      'a copy.md',
      'a copy 2.md',
      'vendor',
      'roles',
      'x',
      'templates',
      '{{ x }}',
      'worktrees',
      '.git',
      'versioned_docs',
      'nginx.conf',
      '.env-backup-1',
    );
    const own = globMatcher(defaultExcludes);
    const known = picomatch([...defaultExcludes], { dot: true });
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 5 }), (all) => {
        const path = `/w/${all.join('/')}`;
        expect(`${path} ${own(path)}`).toBe(`${path} ${known(path)}`);
      }),
      { numRuns: 3000 },
    );
  });
});

/** Each would take a matcher that goes back for years, or all memory. */
test.each([
  ['+(a|a)', 'a'],
  ['*(a*)b', 'a'],
  ['+(a*)+(a*)b', 'a'],
  ['*a'.repeat(100) + 'b', 'a'],
  ['**/'.repeat(100) + 'b', 'a/'],
  ['**/a/'.repeat(100) + 'b', 'a/'],
  ['{1..1000000}', 'a'],
  ['{a,b}'.repeat(30), 'a'],
  ['{a,'.repeat(5000), 'a'],
  ['@('.repeat(30_000), 'a'],
  ['(a+)+b', 'a'],
  ['['.repeat(10_000), 'a'],
  ['?(a)'.repeat(5000), 'a'],
])('a glob such as %.20s takes no time', (glob, unit) => {
  const began = process.cpuUsage();
  const matcher = globMatcher([`/w/${glob}`]);
  for (let n = 0; n < 10; n++) expect(matcher(`/w/${unit.repeat(250)}!`)).toBe(false);
  const { user } = process.cpuUsage(began);
  expect(user).toBeLessThan(1_000_000);
  expect(isGlob(glob)).toBeTypeOf('boolean');
});
