import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPorts, plainPort } from '../../../server/src/core/notation/portText.ts';
import { times } from '../../support/effort.ts';

test('a port or a range that stands alone is the one that is found between signs', () => {
  const character = fc.constantFrom(...'0123456789089  --–\t.a');
  fc.assert(
    fc.property(fc.array(character, { maxLength: 13 }), (characters) => {
      const text = characters.join('');
      const alone = plainPort(text, 1);
      if (alone) expect([alone]).toEqual(findPorts(`"${text}"`));
    }),
    { numRuns: times(5000, 400_000) },
  );
});

test.each([
  ['9001', { port: 9001, span: { start: 0, end: 4 } }],
  [' 9001 ', { port: 9001, span: { start: 1, end: 5 } }],
  ['9001-9010', { port: 9001, endPort: 9010, span: { start: 0, end: 9 } }],
  ['9001 – 9010', { port: 9001, endPort: 9010, span: { start: 0, end: 11 } }],
  ['9001-9001', { port: 9001, span: { start: 0, end: 9 } }],
  ['9010-9001', undefined],
  ['09001', undefined],
  ['70000', undefined],
  ['', undefined],
])('%s alone', (text, port) => {
  expect(plainPort(text, 0)).toEqual(port);
});
