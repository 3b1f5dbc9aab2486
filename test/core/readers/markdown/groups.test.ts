import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf, Groups } from '../../../../server/src/core/readers/markdown/groups.ts';
import { libraryBlocks } from '../../../../server/src/core/readers/markdown/libraryBlocks.ts';
import { LineMap } from '../../../../server/src/core/text.ts';
import { times } from '../../../support/effort.ts';

/** A document without front matter has the blocks that the library finds in the whole of it. */
function agrees(text: string): void {
  if (/^\uFEFF?---/.test(text)) return;
  const map = new LineMap(text);
  expect(blocksOf(text, map)).toEqual(libraryBlocks(text, map, 0, map.lineCount).blocks);
}

const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '| 4100 | quay |',
      '| 4101 | crane',
      '|',
      '| a \\| b |',
      '| - | x |',
      '| ``` |',
      '| | |',
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom('|---|---|', '| --- |', '|:-:|--:|', '| Port | Service |', '|| x |', '--- | ---', '|-'),
  },
  { weight: 8, arbitrary: fc.constantFrom('', '', ' ', '\t', '  ') },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'text',
      '4100 | quay',
      '4100. no item',
      '**Label:**',
      '`code` text',
      '端口: 4100',
      '✅ done',
      '(remark)',
      '_so_',
      '\u00A0text',
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom('# Ports', '## Ports ##', '#', '#5', '####### x', '  # deep', '    # code') },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '- item',
      '* item: 4100',
      '+ `code`',
      '  - inner',
      '    - innermost',
      ' - odd',
      '     - deep',
      '- [ ] task',
      '- [x] task',
      '- [x]',
      '-',
      '- ',
      '-   wide',
      '- - twice',
      '- # head',
      '* * *',
      '1. one',
      '2) two',
      '   continued',
    ),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '```',
      '``` yaml',
      '~~~',
      '````',
      '   ```',
      '    ```',
      '``` a`b',
      '~~~ x ~~~',
      '``',
      '  ~~~',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '<!--',
      '-->',
      '<!-- x -->',
      '<div>',
      '</div>',
      '<pre>',
      '</pre>',
      '<b>x</b>',
      '<?',
      '<x',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '> quoted',
      '> **Note**',
      '> \u00A0text',
      '>quoted',
      '>',
      '> | a | b |',
      '> |---|---|',
      '> - item',
      '> ```',
      '>> deep',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '---',
      '===',
      '***',
      '    code',
      '\tcode',
      '[a]: /b',
      '[a]:',
      "'title",
      '[a]',
      '\\',
      '\0',
    ),
  },
);

const breaks = fc.constantFrom('\n', '\n', '\r\n', '\r');

test('the blocks are those that the library finds, whatever the lines', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), breaks, fc.boolean(), (lines, lineBreak, closed) => {
      agrees(lines.join(lineBreak) + (closed ? lineBreak : ''));
    }),
    { numRuns: times(1500, 400_000) },
  );
});

test('the blocks are the same, whatever stands around a table', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), breaks, fc.nat(12), (lines, lineBreak, n) => {
      const table = ['| Port | Service |', '|---|---|', ...Array.from({ length: n }, () => '| 4100 | quay |')];
      agrees([...lines.slice(0, n), ...table, ...lines.slice(n)].join(lineBreak));
    }),
    { numRuns: times(800, 200_000) },
  );
});

test('any text has the blocks that the library finds', () => {
  const characters = fc.constantFrom(...'#-*+|>`~<!=_:[]() \t\n\r\n\r1a.\\\u00A0\uFEFF');
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 60 }), (parts) => agrees(parts.join(''))),
    { numRuns: times(1500, 400_000) },
  );
});

test('front matter is no markdown', () => {
  const text = '---\ntitle: Ports\n---\n# Ports\n';
  const map = new LineMap(text);
  expect(blocksOf(text, map)).toEqual([{ kind: 'heading', level: 1, line: { text: 'Ports', start: 23 } }]);
});

test('a comment that is never closed is read in linear time', () => {
  const text = `<!--\n${'\ntext\n'.repeat(5000)}`;
  const groups = new Groups(text, new LineMap(text));
  expect(groups.next()).toEqual({ line: 0, blocks: [] });
  expect(groups.next()).toBeUndefined();
});

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/dev', import.meta.url));

test.skipIf(!existsSync(corpus))('the blocks of real documents are those that the library finds', () => {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.md$/i.test(name));
  for (const name of names) agrees(readFileSync(join(corpus, name), 'utf8'));
  expect(names.length).toBeGreaterThan(20);
});
