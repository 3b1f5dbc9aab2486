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

const lineBreak = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');

const lines = fc
  .array(fc.tuple(line, lineBreak), { maxLength: 40 })
  .map((drawn) => drawn.map((pair) => pair.join('')).join(''));

/** What is put in place of a part of the text, by shares of its length. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(3) }, fc.nat(200)),
  put: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('1', '9', '|', '\n', '\n\n', '\r', '#', '-', '`', ' ', '\uD83D', '') },
    { weight: 3, arbitrary: line },
    { weight: 2, arbitrary: fc.tuple(lineBreak, line, lineBreak).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: lines },
  ),
  flip: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, fc.constant(true)),
});

/** Everything but the map of lines, whose fields are private. */
function plain(facts: FileFacts | undefined): unknown {
  return facts && { ...facts, lines: facts.lines.lineCount };
}

test('reading again after edits gives what reading anew gives', () => {
  fc.assert(
    fc.property(lines, lines, fc.array(edit, { maxLength: 12 }), (first, second, edits) => {
      let text = `# Ports\n\n${first}\n\n## More\n\n${second}`;
      let facts = read(PATH, text, true, read(PATH, text, true));
      for (const { at, length, put, flip } of edits) {
        const start = Math.floor(at * text.length);
        text = text.slice(0, start) + put + text.slice(start + length);
        if (flip) text = text.replace(/\r\n|\n/g, (found) => (found === '\n' ? '\r\n' : '\n'));
        facts = read(PATH, text, true, facts);
        expect(plain(facts)).toEqual(plain(read(PATH, text, true)));
      }
    }),
    { numRuns: times(1000, 200_000) },
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
