import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read } from '../../../server/src/core/analyze.ts';
import type { FileFacts } from '../../../server/src/core/facts.ts';
import { times } from '../../support/effort.ts';

const PATH = 'harbour/PORTS.md';

const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '',
      '# Ports of the harbour',
      '## Cranes (Ports 9000-9099)',
      '### Reserved',
      '## Development',
      '## Examples',
      'Quay: 4100',
      '**Internal only:**',
      'Never run together.',
    ),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '| Port | Service |',
      '| Service | Container port | Status |',
      '|---|---|',
      '| --- | --- | --- |',
      '| 9001 | crane |',
      '| `9002` | **winch** |',
      '| gate | 80 | planned |',
      '| 9003 | buoy | old |',
      '9004 | pilot',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '- quay: 4100',
      '- 4101: mole',
      '  - pier: 4102',
      '- [ ] jetty: 4103',
      '1. lock: 4104',
      '> dock: 4105',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '```',
      '~~~',
      '<!--',
      '-->',
      '---',
      '<div>',
      '</div>',
      '    4106: hull',
      '✅ 4107 — 🚢 bow',
    ),
  },
);

/** Tables of as many columns that mean different things, and rows below that belong to the last of them. */
const table = fc
  .tuple(
    fc.constantFrom(
      '| Port | Service |',
      '| Service | Host port |',
      '| Old port | Service |',
      '| Container port | Name |',
    ),
    fc.constantFrom('|---|---|', '|---|---|', '|--|', '|---|-x-|'),
    fc.array(fc.constantFrom('| 9001 | crane |', '| winch | 9002 |', '| 9003 | (reserved) |'), { maxLength: 3 }),
    fc.constantFrom('', '\n\n| 9005 | stray |', '\n\n## Next\n\n| 9006 | stray |'),
  )
  .map(([header, delimiter, rows, below]) => `\n${[header, delimiter, ...rows].join('\n')}${below}\n`);

const lineBreak = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');

const lines = fc
  .array(fc.tuple(fc.oneof({ weight: 12, arbitrary: line }, { weight: 1, arbitrary: table }), lineBreak), {
    maxLength: 40,
  })
  .map((drawn) => drawn.map((pair) => pair.join('')).join(''));

type Edit = (text: string, at: number) => string;

/** What is put in place of a few characters. */
const splice = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(3) }, fc.nat(200)),
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('1', '9', '|', '\n', '\n\n', '\r', '#', '-', '`', ' ', '\uD83D', '') },
      { weight: 3, arbitrary: line },
      { weight: 2, arbitrary: fc.tuple(lineBreak, line, lineBreak).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: lines },
    ),
  )
  .map(
    ([length, put]): Edit =>
      (text, at) =>
        text.slice(0, at) + put + text.slice(at + length),
  );

/** A word that decides over what stands below becomes another one. */
const reword = fc
  .constantFrom(
    ['| Port', '| Old port'],
    ['| Old port', '| Port'],
    ['Service |', 'Container port |'],
    ['|---', '| --x'],
    ['| --x', '|---'],
    ['##', '#'],
    ['Examples', 'Reserved'],
    ['Reserved', 'Examples'],
    ['Internal', 'External'],
    ['```', '``'],
  )
  .map(
    ([from, to]): Edit =>
      (text, at) => {
        const found = text.indexOf(from!, at);
        return found < 0 ? text : text.slice(0, found) + to + text.slice(found + from!.length);
      },
  );

const flip = fc.constant<Edit>((text) => text.replace(/\r\n|\n/g, (found) => (found === '\n' ? '\r\n' : '\n')));

const edits = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.oneof({ weight: 12, arbitrary: splice }, { weight: 10, arbitrary: reword }, { weight: 1, arbitrary: flip }),
  ),
  { maxLength: 12 },
);

/** Everything but the map of lines, whose fields are private. */
function plain(facts: FileFacts | undefined): unknown {
  return facts && { ...facts, lines: facts.lines.lineCount };
}

test('reading again after edits gives what reading anew gives', () => {
  fc.assert(
    fc.property(lines, lines, edits, (first, second, script) => {
      let text = `# Ports\n\n${first}\n\n## More\n\n${second}`;
      let facts = read(PATH, text, true, read(PATH, text, true));
      for (const [share, edit] of script) {
        text = edit(text, Math.floor(share * text.length));
        facts = read(PATH, text, true, facts);
        expect(plain(facts)).toEqual(plain(read(PATH, text, true)));
      }
    }),
    { numRuns: times(250, 200_000) },
  );
});

const section = (i: number) =>
  `## Berths ${i}\n\n| Port | Service |\n|---|---|\n| ${5000 + 2 * i} | berth-${i} |\n| ${5001 + 2 * i} | bollard-${i} |\n\n`;

test('claims that have not changed stay the same objects', () => {
  const text = `# Ports\n\n${Array.from({ length: 20 }, (_, i) => section(i)).join('')}`;
  const before = read(PATH, text, false, read(PATH, text))!;
  const changed = text.replace('5021', '5721');
  const after = read(PATH, changed, false, before)!;
  const others = after.claims.filter((claim) => !before.claims.includes(claim));
  expect(after.claims).toHaveLength(40);
  expect(others.map(({ port }) => port)).toEqual([5020, 5721]);
  const longer = read(PATH, changed.replace('bollard-10', 'bollards-10'), false, after)!;
  expect(longer.claims.filter((claim) => after.claims.includes(claim))).toHaveLength(20);
});

test.each([
  ['a label', '**Internal only, not exposed:**', '**These:**', '\n\n- quay: 4100\n\nend\n'],
  ['an item', '- Reserved ports', '- Ports in use', '\n\n  - quay: 4100\n\nend\n'],
  [
    'a header',
    '| Port | Service |',
    '| Old port | Service |',
    '\n|---|---|\n| 4101 | mole |\n\nend\n\n| 4102 | pier |\n',
  ],
])('%s has a say in what stands below it', (_, words, others, below) => {
  const text = `# Ports\n\n- gate: 4000\n\none\n\ntwo\n\n${words}${below}`;
  const changed = text.replace(words, others);
  const again = read(PATH, changed, true, read(PATH, text, true, read(PATH, text, true)));
  expect(plain(again)).toEqual(plain(read(PATH, changed, true)));
});
