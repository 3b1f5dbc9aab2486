import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findUrls, hostKind, parseHostPort } from '../../../server/src/core/notation/hostPort.ts';

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

const written = /^(\[[0-9a-f:.]+\]|[\w\uFFFC][\w.\uFFFC-]*|[*+])?:([\d\uFFFC]{1,6})$/i;
const signs = fc.constantFrom(...'a Z 9 80 4100 1234567 . : [ ] - _ + * \uFFFC @ é ſ'.split(' '), 'quay', '::1', ' ');

test('reads as an address what an expression takes for one', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 6 }), fc.boolean(), (parts, isLikely) => {
      const text = parts.join('') + (isLikely ? ':80' : '');
      const match = written.exec(text);
      const to = 10 + text.length;
      const expected = match ? { host: match[1] ?? '', from: to - match[2]!.length, to } : undefined;
      expect(parseHostPort(text, 10)).toEqual(expected);
      if (match) found++;
    }),
    { numRuns: 3000 },
  );
  expect(found).toBeGreaterThan(300);
});

test.each([
  ['', 'every'],
  ['0.0.0.0', 'every'],
  ['*', 'every'],
  ['LocalHost', 'loopback'],
  ['127.0.1.1', 'loopback'],
  ['[::1]', 'loopback'],
  ['10.0.0.7', 'machine'],
  ['host.docker.internal', 'machine'],
  ['localhost2', 'name'],
  ['quay', 'name'],
  ['9quay', 'name'],
  ['quay.harbour.test', 'domain'],
  ['a\uFFFC', 'unknown'],
])('what %j means', (host, kind) => {
  expect(hostKind(host)).toBe(kind);
});
