import { expect, test } from 'vitest';
import { escapeMarkdown, harmless, withoutMarkup } from '../../server/src/core/harmless.ts';

test('what steers is marked, line ends are blanks, and all else stays', () => {
  expect(harmless('a\u001b[31mb\u009bc\u202ed\u200be')).toBe('a\ufffd[31mb\ufffdc\ufffdd\ufffde');
  expect(harmless('a\r\nb\u2028c\td')).toBe('a  b c\td');
  expect(harmless('Überseehafen 港口 👩‍👧 क्‍ष')).toBe('Überseehafen 港口 👩‍👧 क्‍ष');
});

test('names that editors would make links of by themselves are escaped', () => {
  expect(escapeMarkdown('www.quay.example')).toBe('www\\.quay.example');
  expect(escapeMarkdown('mate@quay.example')).toBe('mate\\@quay.example');
  expect(escapeMarkdown('a\n\n# b')).toBe('a \\# b');
});

test('without its markup a text is as it was', () => {
  const hostile = 'a](http://quay.example) **b** [c](d) `e` \\ #1 <f> http://www.quay.example';
  expect(
    withoutMarkup(`**${escapeMarkdown(hostile)}**, [${escapeMarkdown('PORTS.md:5')}](file:///a/PORTS.md#L5)`),
  ).toBe(`${hostile}, PORTS.md:5`);
});
