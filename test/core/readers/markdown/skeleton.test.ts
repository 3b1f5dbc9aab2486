import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf } from '../../../../server/src/core/readers/markdown/blocks.ts';
import { skeletonOf } from '../../../../server/src/core/readers/markdown/skeleton.ts';
import { LineMap } from '../../../../server/src/core/text.ts';

/** Every line of the document. */
const whole = (text: string, map: LineMap) => ({
  text,
  lines: Array.from({ length: map.lineCount }, (_, line) => line),
});

function agrees(text: string): void {
  expect(blocksOf(text)).toEqual(blocksOf(text, whole));
}

const row = (cells: string) => `| ${cells} |`;

test('the rows inside a long table are taken off', () => {
  const rows = Array.from({ length: 100 }, (_, i) => row(`${4100 + i} | quay`));
  const text = ['# Ports', '', row('Port | Service'), '|---|---|', ...rows, '', 'end'].join('\n');
  const skeleton = skeletonOf(text, new LineMap(text));
  expect(skeleton.text.split('\n')).toHaveLength(8);
  expect(skeleton.lines).toEqual([0, 1, 2, 3, 4, 103, 104, 105]);
  agrees(text);
});

const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('| 4100 | quay |', '| 4101 | crane', '|', '| a \\| b |', '| - | x |', '| ``` |'),
  },
  { weight: 3, arbitrary: fc.constantFrom('|---|---|', '| --- |', '| Port | Service |') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', '# Ports', 'text', '- item', '  - inner', '> | quoted |', '---', '4100 | quay'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('```', '~~~', '<!--', '-->', '<div>', '</div>', '    | code |', '1. one', '===', '\t'),
  },
);

test('the blocks are the same, whatever stands around a table', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.nat(12),
      (lines, lineBreak, n) => {
        const table = ['| Port | Service |', '|---|---|', ...Array.from({ length: n }, () => '| 4100 | quay |')];
        agrees([...lines.slice(0, n), ...table, ...lines.slice(n)].join(lineBreak));
      },
    ),
    { numRuns: 3000 },
  );
});

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/dev', import.meta.url));

test.skipIf(!existsSync(corpus))('the blocks of real documents are the same', () => {
  const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /port[^/]*\.md$/i.test(name),
  );
  for (const name of names) agrees(readFileSync(join(corpus, name), 'utf8'));
  expect(names.length).toBeGreaterThan(20);
});
