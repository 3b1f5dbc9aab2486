import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findUrls } from '../../server/src/core/hostPort.ts';

const pieces = fc.constantFrom(
  ...['http', 'HTTP', 'amqp+ssl', 's3', '3', '-', '+', '.', 'ſ', 'é', ' ', ',', '/', 'x'.repeat(35), '://', '\uFFFC'],
);

test('finds the scheme that an expression finds in the thirty characters in front', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const head = parts.join('');
      const written = /[a-z][a-z0-9+.-]{0,29}$/i.exec(head.slice(-30));
      expect(findUrls(`${head}://quay:80`).at(-1)?.scheme).toBe(written?.[0].toLowerCase());
      if (written) found++;
    }),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(500);
});

test.each([
  ['http://quay:80/a@b', 0],
  ['http://quay:80/ or mail harbour@quay', 1],
  ['http://user:pa/ss@quay:80', 0],
  ['postgres://user:pa#ss@quay:5432, http://crane:81', 1],
])('a password with a slash cuts a URL in two: %s', (text, count) => {
  expect(findUrls(text)).toHaveLength(count);
});
