import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseByLibrary } from '../../../server/src/core/yaml/library.ts';
import { parsePlain } from '../../../server/src/core/yaml/plain.ts';
import { isMap, isSeq, type YamlNode } from '../../../server/src/core/yaml/tree.ts';

/** The plain parser may leave a text to the library; where it does not, it must give the same tree. */

/** Whether it was read at all, and as the library reads it. */
function agrees(text: string): boolean {
  const plain = parsePlain(text);
  if (plain === undefined) return false;
  const parsed = parseByLibrary(text);
  if (typeof parsed === 'string') throw new Error(`The library finds this ${parsed}.`);
  expect(parsed.map(({ root, errors }) => ({ root: uncommented(root), errors }))).toEqual([
    { root: plain, errors: [] },
  ]);
  return true;
}

function uncommented(node: YamlNode | undefined): YamlNode | undefined {
  if (isSeq(node)) return { ...node, items: node.items.map((item) => uncommented(item)!) };
  if (isMap(node)) {
    const entries = node.entries.map(({ comment: _, ...entry }) => ({ ...entry, value: uncommented(entry.value) }));
    return { ...node, entries };
  }
  if (node?.kind !== 'scalar') return node;
  const { comment: _, ...rest } = node;
  return rest;
}

describe('what people write is read without the library', () => {
  test.each([
    'a: 1',
    'services:\n  quay:\n    ports:\n      - "4100:80"\n      - 4101:81 # the crane\n',
    'services:\n  quay:\n    ports:\n    - 4100:80\n    image: quay\n',
    '---\n# the harbour\nx-base: &base\n  restart: always\nservices:\n  quay:\n    <<: *base\n    environment:\n      PORT: 80\n',
    'a: \'it\'\'s\'\nb: "say \\"so\\""\n',
    'test: ["CMD", "curl", "-f", http://localhost:80/health]\nenv: { PORT: 80, HOST: quay }\nnone: []\n',
    'command: |\n  sh -c\n    serve\n\n  exit\nnext: 1\n',
    'command: >-\n  serve\n  --port 80\n\n  --quiet\n',
    '- name: quay\n  port: 4100\n-\n  name: crane\n- tug\n',
    'a:\nb:   # empty\nc: &c\n  d: 1\n',
    'a: 1\r\nb:\r\n  - 2\r\n',
    'a: http://quay:80/#top\n"b c": -1\n? : 1',
  ])('%j', (text) => {
    expect(agrees(text)).toBe(!text.includes('? :'));
  });
});

test.each([
  'a: b: c',
  '---#x\na: 1',
  'a: "open',
  'a: [1,\n  2]',
  'a: one\n  two',
  'a: !reset null',
  'a: |2\n    x',
  '\ta: 1',
  'a: 1\n---\nb: 2',
  '%YAML 1.2\n---\na: 1',
  'a: &x\nb: 1',
  'a:\n    b: 1\n  c: 1',
  'a: 1\n  - 2',
  '- a\n b: 1',
  '"a" "b": 1',
  'a: "x" y',
  'a: *x y',
  '{a: 1}',
  'a: {b}',
  'a: \u0085b',
  '',
  '# only this',
])('left to the library: %j', (text) => {
  expect(agrees(text)).toBe(false);
});

/** Pieces of which texts are made that are nearly right. */
const pieces = fc.constantFrom(
  ...[
    'a',
    'b',
    '80',
    '4100:80',
    'quay',
    '-',
    '- ',
    ':',
    ': ',
    ' :',
    '?',
    '? ',
    '#',
    ' # x',
    '&a ',
    '&a',
    '*a',
    '* ',
    '<<: ',
  ],
  ...[
    '"',
    "'",
    '"x"',
    "'y'",
    "''",
    '\\"',
    '\\n',
    '\\x41',
    '[',
    ']',
    '{',
    '}',
    ',',
    ', ',
    '|',
    '|-',
    '>',
    '>-',
    '|+',
    '|2',
  ],
  ...[
    '\n',
    '\n',
    '\n  ',
    '\n  ',
    '\n    ',
    '\n      ',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '---',
    '\n---\n',
    '\n...\n',
    '!t ',
  ],
  ...[
    'a: ',
    'b:\n',
    '- c: ',
    '- - ',
    '~',
    'null',
    '${A:-80}',
    '%',
    '@',
    '`',
    '\uFEFF',
    '🚢',
    'é',
    '\u2028',
    '\\',
    '/',
    '--',
    '.',
  ],
);

test('texts made of pieces', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      if (agrees(parts.join(''))) read++;
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(500);
});

/** Block collections of random shape, with scalars that are now and then odd. */
const scalar = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '80',
      '4100:80',
      'quay',
      '"4100:80"',
      "'80'",
      '${PORT:-80}',
      'a b',
      '*a',
      '[1, "2"]',
      '{a: 1}',
    ),
  },
  { weight: 1, arbitrary: fc.array(pieces, { maxLength: 3 }).map((parts) => parts.join('').replace(/[\r\n]/g, '')) },
);
const blocks = fc.letrec<{ block: string[]; map: string[]; list: string[] }>((tie) => ({
  block: fc.oneof({ maxDepth: 4 }, tie('map'), tie('list')),
  map: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', '"c"', 'd e', '<<'), inner(tie('block'))), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.flatMap(([key, [first, ...rest]]) => [`${key}:${first}`, ...rest])),
  list: fc
    .array(inner(tie('block')), { minLength: 1, maxLength: 4 })
    .map((items) => items.flatMap(([first, ...rest]) => [`-${first}`, ...rest])),
}));

function inner(block: fc.Arbitrary<string[]>): fc.Arbitrary<string[]> {
  const comment = fc.constantFrom('', '', ' # x', '   ', ' &a', ' &a # y');
  const below = fc
    .tuple(comment, block, fc.constantFrom('  ', '    ', ''))
    .map(([note, lines, indent]) => [note, ...lines.map((line) => indent + line)]);
  const literal = fc
    .tuple(
      fc.constantFrom(' |', ' >', ' |-', ' >-'),
      fc.array(fc.constantFrom('  x', '  y z', '', '    w', '  # v', 'u'), { minLength: 1, maxLength: 5 }),
    )
    .map(([header, lines]) => [header, ...lines]);
  const inline = fc
    .tuple(
      scalar,
      comment.filter((note) => !note.includes('&')),
    )
    .map(([text, note]) => [` ${text}${note}`]);
  return fc.oneof({ weight: 5, arbitrary: inline }, { weight: 3, arbitrary: below }, { weight: 1, arbitrary: literal });
}

test('blocks of any shape, with any line break', () => {
  let read = 0;
  fc.assert(
    fc.property(blocks.block!, fc.constantFrom('\n', '\n', '\r\n'), fc.boolean(), (lines, lineBreak, isEnded) => {
      if (agrees(lines.join(lineBreak) + (isEnded ? lineBreak : ''))) read++;
    }),
    { numRuns: 10_000 },
  );
  expect(read).toBeGreaterThan(2000);
});

const corpus = fileURLToPath(new URL('../../../../shared/corpus/dev', import.meta.url));

test.skipIf(!existsSync(corpus))(
  'real files, whole and with a change',
  () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /compose[^/]*\.ya?ml$/.test(name),
    );
    const texts = files.map((name) => readFileSync(join(corpus, name), 'utf8')).filter(({ length }) => length < 20_000);
    const read = texts.filter(agrees).length;
    expect(read / texts.length).toBeGreaterThan(0.8);
    const change = fc.tuple(fc.nat(), fc.nat(), fc.nat(6), pieces);
    fc.assert(
      fc.property(change, ([file, place, length, piece]) => {
        const text = texts[file % texts.length]!;
        const at = place % (text.length + 1);
        agrees(text.slice(0, at) + piece + text.slice(at + length));
      }),
      { numRuns: 1000 },
    );
  },
  60_000,
);
