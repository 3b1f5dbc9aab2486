import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pieces } from '../../server/src/core/pieces.ts';

test('gives what stands there, whatever was cut out before', () => {
  const pieces = new Pieces();
  // So few signs that pieces come again, and fall into the slots of others.
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '港'), maxLength: 50 });
  fc.assert(
    fc.property(text, fc.nat(50), fc.nat(50), (whole, one, other) => {
      const [start, end] = [Math.min(one, other, whole.length), Math.min(Math.max(one, other), whole.length)];
      expect(pieces.cut(whole, start, end)).toBe(whole.slice(start, end));
    }),
    { numRuns: 3000 },
  );
});
