import { expect, test } from 'vitest';
import { suppressions } from '../../server/src/core/suppressions.ts';
import { LineMap } from '../../server/src/core/text.ts';
import { dedent, draw, plain } from '../support/fixture.ts';
import { growthOver, isLinear } from '../support/growth.ts';

/** Draws under each directive the lines that it silences, counted from 1, and its rules. */
function silences(picture: string): void {
  const expected = dedent(picture);
  const text = plain(expected);
  const notes = suppressions(text, new LineMap(text)).map(({ span, lines: [first, last], rules }) => ({
    span,
    note: [`${first + 1}-${last + 1}`, ...rules].join(' '),
  }));
  expect(draw(text, notes)).toBe(expected);
}

test('the own line, the next line, the whole file', () => {
  silences(`
    ports:
      - "9006:8000" # portolan-ignore
                      ^^^^^^^^^^^^^^^ 2-2
      # portolan-ignore-next-line
        ^^^^^^^^^^^^^^^^^^^^^^^^^ 4-4
      - "9007:8000"
    # portolan-ignore-file
      ^^^^^^^^^^^^^^^^^^^^ 1-6
  `);
});

test('rules and reasons', () => {
  silences(`
    a # portolan-ignore port-mismatch
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1-1 port-mismatch
    b # portolan-ignore port-mismatch former-port: moves in May
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2-2 port-mismatch former-port
    c # portolan-ignore port-mismatch, former-port,out-of-range : later
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 3-3 port-mismatch former-port out-of-range
    d # portolan-ignore: port-mismatch is meant
        ^^^^^^^^^^^^^^^ 4-4
    e #portolan-ignore-next-line former-port
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 6-6 former-port
    f ## portolan-ignore
         ^^^^^^^^^^^^^^^ 6-6
  `);
});

test('in markdown', () => {
  silences(`
    | 9006 | Orders | <!-- portolan-ignore registry-duplicate: both on purpose -->
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1-1 registry-duplicate
    <!--portolan-ignore-next-line-->
        ^^^^^^^^^^^^^^^^^^^^^^^^^ 3-3
    | 9007 | Billing |
    <!-- portolan-ignore-file out-of-range-->
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1-5 out-of-range
  `);
});

test('behind the marks of nginx and in dotenv files', () => {
  silences(`
    server {# portolan-ignore
              ^^^^^^^^^^^^^^^ 1-1
      listen 80;#portolan-ignore
                 ^^^^^^^^^^^^^^^ 2-2
    }
    PORT=80 # portolan-ignore
              ^^^^^^^^^^^^^^^ 4-4
  `);
});

test('other words and places are none', () => {
  silences(`
    # portolan-ignored
    # portolan-ignore-all
    # portolan-ignore_file
    # see portolan-ignore
    portolan-ignore: true
    "a#portolan-ignore"
    // portolan-ignore
    # portolan ignore
  `);
});

test('any line end', () => {
  const text = 'a\r# portolan-ignore former-port\r\nb\n# portolan-ignore-next-line';
  expect(suppressions(text, new LineMap(text)).map(({ lines, rules }) => [lines, rules])).toEqual([
    [[1, 1], ['former-port']],
    [[4, 4], []],
  ]);
});

test.each([
  ['directives', '# portolan-ignore a-b c-d\n'.repeat(40_000)],
  ['hashes', `${'#'.repeat(1_000_000)} portolan-ignore`],
  ['spaces', `#${' '.repeat(500_000)}portolan-ignore${' '.repeat(500_000)}x-`],
  ['rules', `# portolan-ignore${' a-b'.repeat(250_000)}`],
  ['one rule', `# portolan-ignore ${'a-'.repeat(500_000)}`],
])('many %s take time in proportion', async (_, text) => {
  expect(await growthOver(text, (part) => suppressions(part, new LineMap(part)))).toSatisfy(isLinear);
});
