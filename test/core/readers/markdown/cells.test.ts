import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, it, test } from 'vitest';
import { maskedCell, splitCells } from '../../../../server/src/core/readers/markdown/cells.ts';
import { times } from '../../../support/effort.ts';

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

/** A cell's source as it is read. */
const read = (source: string) => maskedCell(source.trim(), 0).text;

describe('rows', () => {
  it.each([
    ['| a | b |', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['| a | |', ['a', '']],
    ['| `a | b` | c |', ['a', 'b', 'c']],
    ['| a \\| b | c |', ['a | b', 'c']],
    ['| a \\\\| b |', ['a \\', 'b']],
    ['| **a** | `b_c` | _d_ |', ['a', 'b_c', 'd']],
    ['|  a  b  |\tc |', ['a b', 'c']],
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
          if (expected) expect(splitCells(written).map(({ text }) => text)).toEqual(expected.map(read));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('have plain cells as they are, and as they would be with a closer look', () => {
    const character = fc.constantFrom(..."  ab8_*`~<>[](\\-:.'\t\u00A0\uFEFF¹é端✅");
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
        const source = characters.join('');
        const [cell, ...others] = splitCells(`x | ${source} | y`).slice(1, -1);
        expect(others).toEqual([]);
        const { text, masked, start, speaks } = maskedCell(source, 4);
        expect(cell).toMatchObject(masked === '' ? { text, masked, speaks } : { text, masked, start, speaks });
      }),
      { numRuns: times(2000, 400_000) },
    );
  });

  test('give places at which their text stands', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (row) => {
        const text = `${'#'.repeat(100)}${row}##`;
        for (const { masked, start } of splitCells(text, 100, 100 + row.length)) {
          const written = text.slice(start, start + masked.length);
          for (let i = 0; i < masked.length; i++) expect([written[i], '\uFEFF', ' ', ';']).toContain(masked[i]);
        }
      }),
    );
  });
});
