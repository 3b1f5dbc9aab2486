import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it, test } from 'vitest';
import { splitCells } from '../../../../server/src/core/readers/markdown/cells.ts';

/** The source of the cells of a table's first body row, as the reference parser sees it. */
function referenceCells(row: string): string[] | undefined {
  const text = `| a |\n| - |\n${row}`;
  const tree = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const table = tree.children[0];
  if (table?.type !== 'table' || tree.children.length !== 1 || table.children.length !== 2) return undefined;
  return table.children[1]!.children.map((cell) => {
    const source = text.slice(cell.position!.start.offset, cell.position!.end.offset);
    return source
      .replace(/^\|/, '')
      .replace(/(?<!\\)((?:\\\\)*)\|$/, '$1')
      .trim();
  });
}

describe('rows', () => {
  it.each([
    ['| a | b |', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['| a | |', ['a', '']],
    ['| `a | b` | c |', ['`a', 'b`', 'c']],
    ['| a \\| b | c |', ['a \\| b', 'c']],
    ['| a \\\\| b |', ['a \\\\', 'b']],
    ['|', ['']],
    ['| lone', ['lone']],
  ])('%s', (row, cells) => {
    expect(splitCells(row).map(({ text }) => text)).toEqual(cells);
  });

  test('are split as the reference parser of GitHub tables splits them', () => {
    const character = fc.constantFrom('|', '|', '\\', ' ', 'a', '8', '`', '*', '-', ':', 'é', '端');
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 24 }), (characters) => {
        const row = `x${characters.join('')}`.trimEnd();
        for (const written of [row, `| ${row} |`]) {
          const expected = referenceCells(written);
          if (expected) expect(splitCells(written).map(({ text }) => text)).toEqual(expected);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('give places at which their text stands', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (row) => {
        for (const { text, start } of splitCells(row, 100))
          expect(row.slice(start - 100, start - 100 + text.length)).toBe(text);
      }),
    );
  });
});
