import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineMap, ownCopy } from '../../server/src/core/text.ts';

const texts = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', 'a', 'ship', '\u2028', '🚢', ''), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

/** What comes before an offset, cut into lines by the book. */
function linesBefore(text: string, offset: number): string[] {
  return text.slice(0, offset).split(/\r\n|\n|\r(?!$)/);
}

test('every offset stands in the line that a plain count gives', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const map = new LineMap(text);
      expect(map.lineCount).toBe(text.split(/\r\n|\n|\r/).length);
      for (let offset = 0; offset <= text.length; offset++) {
        // A carriage return ends a line unless its line feed follows.
        const before = text[offset] === '\n' ? linesBefore(text, offset) : text.slice(0, offset).split(/\r\n|\n|\r/);
        expect(map.position(offset)).toEqual({ line: before.length - 1, column: before.at(-1)!.length });
        expect(map.offset(map.position(offset))).toBe(offset);
      }
    }),
  );
});

test('a copy is the same text', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => ownCopy(text) === text));
});
