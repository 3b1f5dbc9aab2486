import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Expansion, expand, UNKNOWN } from '../../../server/src/core/notation/interpolation.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

/** The expanded text, with what no default tells as `?`. */
const shown = (source: string) => expand(source).text.replaceAll(UNKNOWN, '?');

describe('expands', () => {
  test.each([
    ['8080', '8080'],
    ['$V', '?'],
    ['${V}', '?'],
    ['${V:-80}', '80'],
    ['${V-80}', '80'],
    ['${V:-}', '?'],
    ['${V:?must be set}', '?'],
    ['${V?}', '?'],
    ['${V:+80}', '?'],
    ['${V+80}', '?'],
    ['${A:-${B:-80}}', '80'],
    ['${A:-${B}}', '?'],
    ['${A:-8${B:-0}}', '80'],
    ['$$V and $${V}', '$V and ${V}'],
    ['${BIND:-127.0.0.1}:${PORT:-8080}:80', '127.0.0.1:8080:80'],
    ['${V:80}', '?'],
    ['${V:-a:b}', 'a:b'],
    ['${V', '?'],
    ['${A:-${B', '?'],
    ['a$', 'a$'],
    ['${}', '${}'],
    ['$1', '$1'],
    ['x}y', 'x}y'],
  ])('%s', (source, text) => {
    expect(shown(source)).toBe(text);
  });
});

describe('knows where things stand', () => {
  const where = (source: string, piece: string) => {
    const text = expand(source);
    const from = text.text.indexOf(piece);
    const { start, end } = text.span(from, from + piece.length);
    return [source.slice(start, end), ...text.via(from, from + piece.length)];
  };

  test('the digits of the innermost default', () => {
    expect(where('x${A:-${B:-80}}:443', '80')).toEqual(['80', 'A', 'B']);
    expect(where('x${A:-${B:-80}}:443', '443')).toEqual(['443']);
  });

  test('the whole variable where there is no default', () => {
    expect(where('${HOST}:80', UNKNOWN)).toEqual(['${HOST}', 'HOST']);
    expect(where('$HOST:80', UNKNOWN)).toEqual(['$HOST', 'HOST']);
  });

  test('a range made of two variables', () => {
    expect(where('${A:-8000}-${B:-8010}:80', '8000-8010')).toEqual(['8000}-${B:-8010', 'A', 'B']);
  });

  test('behind an escaped dollar', () => {
    expect(where('$$a$$:80', ':80')).toEqual([':80']);
  });

  test('in the file', () => {
    expect(expand('a:80', 100).span(2, 4)).toEqual({ start: 102, end: 104 });
  });

  test('in joined texts', () => {
    const joined = Expansion.join([expand('--port', 10), expand('${P:-80}', 20)]);
    expect(joined.text).toBe('--port 80 ');
    expect(joined.span(7, 9)).toEqual({ start: 25, end: 27 });
    expect(joined.via(7, 9)).toEqual(['P']);
  });
});

test('tells of a missing dash', () => {
  expect(expand('${PORT:80}:80').malformed).toEqual([{ name: 'PORT', value: '80', span: { start: 0, end: 10 } }]);
  expect(expand('${PORT:-80}').malformed).toEqual([]);
});

test('any text: never throws, and all places lie in the text and in order', () => {
  const piece = fc.constantFrom('$', '{', '}', ':', '-', '?', '+', 'A', 'b_1', '80', '${', '${A:-', ' ', '$$');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const source = pieces.join('');
      const { text } = expand(source);
      const expansion = expand(source);
      let last = 0;
      for (let i = 0; i < text.length; i++) {
        const { start, end } = expansion.span(i, i + 1);
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(source.length);
        if (end - start === 1) expect(source.slice(start, end)).toBe(text[i]);
        last = start;
      }
    }),
  );
});

test.each([
  '${A:-'.repeat(100_000),
  '${A:-'.repeat(50_000) + '}'.repeat(50_000),
  '$'.repeat(500_001),
  '${A:?'.repeat(50_000),
])('hostile text %# takes time in proportion', async (source) => {
  expect(await growthOver(source, expand)).toSatisfy(isLinear);
});

test('a text without variables is what it is beside one', () => {
  const texts = fc.string({ maxLength: 20 }).filter((text) => !text.includes('$'));
  fc.assert(
    fc.property(texts, fc.nat(20), fc.nat(20), (text, a, b) => {
      const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      const [plain, mixed] = [expand(text, 7), expand(`${text}$`, 7)];
      expect(`${plain.text}$`).toBe(mixed.text);
      if (from < to) expect(plain.span(from, to)).toEqual(mixed.span(from, to));
      expect(plain.via(from, to)).toEqual(mixed.via(from, to));
      expect(plain.malformed).toEqual([]);
    }),
  );
});
