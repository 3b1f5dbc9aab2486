import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suppressions } from '../server/src/core/suppressions.ts';
import { LineMap } from '../server/src/core/text.ts';
import { dedent, draw, plain } from './support/fixture.ts';
import { scopesIn } from './support/grammar.ts';
import { growthOver, isLinear } from './support/growth.ts';

/** Draws the innermost scopes under a text. Those of comments are left out: they are the ground for the others. */
async function marks(language: string, picture: string): Promise<void> {
  const expected = dedent(picture);
  const text = plain(expected);
  const notes = (await scopesIn(language, text))
    .filter(({ scope }) => !/^(punctuation\.definition\.)?comment/.test(scope))
    .map(({ span, scope }) => ({ span, note: scope.replace(/\.portolan$/, '') }));
  expect(draw(text, notes)).toBe(expected);
}

describe('ports in the tables of markdown', () => {
  const language = 'text.html.markdown';

  test('stand alone in their cells', () =>
    marks(
      language,
      `
      | Port | Service | Also | Former |
      |------|---------|------|--------|
      | 9006 | orders  | \`9007\` | **9008** |
        ^^^^ constant.numeric.port
                          ^^^^ constant.numeric.port
                                    ^^^^ constant.numeric.port
      |22|ssh|__\`80\`__|9009/tcp|
       ^^ constant.numeric.port
                 ^^ constant.numeric.port
                       ^^^^ constant.numeric.port
                            ^^^ support.constant.protocol
    `,
    ));

  test('may be ranges', () =>
    marks(
      language,
      `
      | 8000-8099 | cargo | \`8100 – 8199/udp\` |
        ^^^^ constant.numeric.port
            ^ keyword.operator.range
             ^^^^ constant.numeric.port
                             ^^^^ constant.numeric.port
                                  ^ keyword.operator.range
                                    ^^^^ constant.numeric.port
                                         ^^^ support.constant.protocol
    `,
    ));

  test('are nothing else', () =>
    marks(
      language,
      `
      | 1 | 9006 and more | v9006 | 10.0.0.1 | 123456 | 9006:80 | 2024-05-01 | 0080 | 9006/http |
      9006 | 9006 | 9006

      \`| 9006 |\`
    `,
    ));
});

describe('ignore comments', () => {
  test('in YAML', () =>
    marks(
      'source.yaml',
      `
      # portolan-ignore-file
        ^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
      ports:
        # portolan-ignore-next-line former-port, port-mismatch: moves in May
          ^^^^^^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
                                    ^^^^^^^^^^^ entity.name.type.rule
                                                 ^^^^^^^^^^^^^ entity.name.type.rule
        - "9006:8000"   ##portolan-ignore : later
                          ^^^^^^^^^^^^^^^ keyword.control.directive
        - "# portolan-ignore"
        - a#portolan-ignore # see portolan-ignore
        # portolan-ignored
    `,
    ));

  test('in Dockerfiles', () =>
    marks(
      'source.dockerfile',
      `
      # portolan-ignore-next-line
        ^^^^^^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
      EXPOSE 9006
        # portolan-ignore-file out-of-range: a base image
          ^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
                               ^^^^^^^^^^^^ entity.name.type.rule
    `,
    ));

  test('in nginx files', () =>
    marks(
      'source.nginx',
      `
      server {# portolan-ignore
                ^^^^^^^^^^^^^^^ keyword.control.directive
        listen 80;#portolan-ignore former-port
                   ^^^^^^^^^^^^^^^ keyword.control.directive
                                   ^^^^^^^^^^^ entity.name.type.rule
        listen 81; # the same
      }
    `,
    ));

  test('in dotenv files that are shown as shell scripts', () =>
    marks(
      'source.shell',
      `
      API_PORT=9006 # portolan-ignore
                      ^^^^^^^^^^^^^^^ keyword.control.directive
    `,
    ));

  test('in markdown, within a table and by themselves', () =>
    marks(
      'text.html.markdown',
      `
      <!-- portolan-ignore-file out-of-range-->
           ^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
                                ^^^^^^^^^^^^ entity.name.type.rule
      | 9006 | Orders | <!-- portolan-ignore registry-duplicate: both on purpose --> | 9007 |
        ^^^^ constant.numeric.port
                             ^^^^^^^^^^^^^^^ keyword.control.directive
                                             ^^^^^^^^^^^^^^^^^^ entity.name.type.rule
                                                                                       ^^^^ constant.numeric.port

        <!--portolan-ignore-next-line
            ^^^^^^^^^^^^^^^^^^^^^^^^^ keyword.control.directive
          for a reason -->
      <!-- see portolan-ignore --> \`<!-- portolan-ignore -->\`
    `,
    ));

  test.each([
    ['source.yaml', '#', ''],
    ['text.html.markdown', '<!--', '-->'],
  ])('in %s are those that Portolan obeys', async (language, open, close) => {
    const word = fc.constantFrom('portolan-ignore', '-next-line', '-file', 'former-port', 'a', '-', ',', ':', ' ', '.');
    await fc.assert(
      fc.asyncProperty(fc.array(word), async (words) => {
        const text = `${open} portolan-ignore${words.join('')}${close}`;
        const marked = (await scopesIn(language, text)).filter(({ scope }) => /^(keyword|entity)/.test(scope));
        const [obeyed] = suppressions(text, new LineMap(text));
        expect(marked.at(0)?.span.start).toBe(obeyed?.span.start);
        expect(marked.at(-1)?.span.end).toBe(obeyed?.span.end);
      }),
    );
  });
});

test.each([
  ['hashes', 'source.yaml', `${'#'.repeat(20_000)} portolan-ignore`],
  ['openings', 'source.yaml', '# '.repeat(10_000)],
  ['blanks in a comment', 'source.yaml', `#${' '.repeat(20_000)}`],
  ['blanks', 'source.yaml', `x${' '.repeat(20_000)}y`],
  ['rules', 'source.yaml', `# portolan-ignore ${'a-b '.repeat(5000)}`],
  ['hyphens', 'source.yaml', `# portolan-ignore ${'a-'.repeat(10_000)}`],
  ['unclosed comments', 'text.html.markdown', '<!-- portolan-ignore '.repeat(1000)],
  ['blanks in a cell', 'text.html.markdown', `|${' '.repeat(20_000)}|`],
])('many %s take time in proportion', async (_, language, line) => {
  expect(await growthOver(line, (part) => scopesIn(language, part))).toSatisfy(isLinear);
});
