import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyPhrase, leadingPhrase, wholePhrase } from '../../../server/src/core/vocabulary/phrases.ts';

const PHRASES = [
  'port',
  'in use',
  'free',
  'free port',
  'reserv*',
  're',
  'no*',
  'e2e',
  'não usar',
  '端口',
  'port(s)',
  'x-ray',
];

const kinds = { anyPhrase, leadingPhrase, wholePhrase };

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'port',
      'PORT',
      'in',
      'use',
      'free',
      'reserved',
      're',
      'no',
      'nod',
      'e2e',
      'x-ray',
      'port(s)',
    ),
  },
  { weight: 5, arbitrary: fc.constantFrom(' ', '-', '_', ' - ', ' | ', '\uFEFF', '\t', '(', '*', '/') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '✅',
      '🚧',
      '→',
      '—',
      'é',
      'ſ',
      '\u212A',
      '端口',
      'não',
      '①',
      '²',
      '🄀',
      '\u{1FBF0}',
      'Ⓕ',
      '\uD83D',
      '\uDC00',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
);

test.each(Object.entries(kinds))('%s finds the same without its regular expression', (_, make) => {
  fc.assert(
    fc.property(fc.subarray(PHRASES, { minLength: 1 }), fc.array(piece, { maxLength: 6 }), (phrases, pieces) => {
      const phrase = make(phrases);
      const text = pieces.join('');
      expect(phrase.test(text)).toBe(phrase.pattern.test(text));
      expect(phrase.exec(text)?.[0]).toBe(phrase.pattern.exec(text)?.[0]);
    }),
    { numRuns: 5000 },
  );
});

test('a text of ASCII letters needs no regular expression', () => {
  expect(anyPhrase(['ports in use']).test('All Ports_in - use, today')).toBe(true);
  expect(anyPhrase(['reserv*']).test('unreserved')).toBe(false);
  expect(leadingPhrase(['free']).test('✅ Free')).toBe(true);
  expect(leadingPhrase(['free']).test('free-seats')).toBe(false);
  expect(wholePhrase(['port*']).test('portas')).toBe(true);
  expect(wholePhrase(['port']).test(' port')).toBe(false);
});
