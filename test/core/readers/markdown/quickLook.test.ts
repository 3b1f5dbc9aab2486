import fc from 'fast-check';
import { expect, test } from 'vitest';
import { announcementOf, isWeak, isWeakUntitled } from '../../../../server/src/core/readers/markdown/document.ts';
import { blocksOf } from '../../../../server/src/core/readers/markdown/groups.ts';
import { headingOf } from '../../../../server/src/core/readers/markdown/headings.ts';
import { mayAssign } from '../../../../server/src/core/readers/markdown/quickLook.ts';
import { Walk } from '../../../../server/src/core/readers/markdown/walk.ts';
import { registryMarkdown } from '../../../../server/src/core/readers/registryMarkdown.ts';
import { LineMap } from '../../../../server/src/core/text.ts';
import { PORT } from '../../../../server/src/core/vocabulary/portColumns.ts';
import { times } from '../../../support/effort.ts';

/** Whether a document that nothing but its title can announce assigns ports, told by taking it apart. */
function assigns(text: string): boolean {
  const blocks = blocksOf(text, new LineMap(text));
  const heading = blocks.find((block) => block.kind === 'heading');
  const { title } = heading ? headingOf(heading.line, 1) : {};
  if (!isWeak(announcementOf('docs/harbour.md', title))) return true;
  const walk = new Walk(text, true);
  return blocks.flatMap((block) => walk.read(block)).some(({ role }) => role !== 'former');
}

const MARKS = [
  '**',
  '`',
  '_',
  '*_',
  '~~',
  '<b>',
  '</b>',
  '<!-- quay -->',
  '[',
  '](quay)',
  '\\',
  '²',
  '†',
  '\uFEFF',
  '![',
];
const PIECES = [
  ...[
    '# ',
    '## ',
    '- ',
    '1. ',
    '> ',
    '**',
    ': ',
    ' | ',
    '| ',
    ' |',
    '\n',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '\n---\n',
  ],
  ...['| --- | --- |', '\n| --- | --- |\n', '\n--- | ---\n', '\n> |:-|-:|\n', '\n  | --- | --- |\n', '---', '```\n'],
  ...['Service', 'Container', 'Host', 'Free', 'Name', 'Crane', 'support', 'portal', 'Registry', 'list', 'conflicts'],
  ...[
    'Development: ',
    'Quay uses 9001',
    'crane is on 9002',
    '9003',
    'quay:9004',
    '**quay**:`9005`',
    '9006 - crane',
    '(9007)',
  ],
];
const word = fc.constantFrom(...PORT, 'Port', 'PORTS', 'clash', 'uses 9008');
/** A word with markup at one of its letters. */
const marked = fc
  .tuple(word, fc.nat(), fc.array(fc.constantFrom(...MARKS), { minLength: 1, maxLength: 3 }))
  .map(([whole, at, marks]) => {
    const cut = at % (whole.length + 1);
    return whole.slice(0, cut) + marks.join('') + whole.slice(cut);
  });
const piece = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: word },
  { weight: 2, arbitrary: marked },
);
const document = fc.array(piece, { minLength: 2, maxLength: 25 }).map((pieces) => pieces.join(''));
/** What assigns ports when all of it stands in its place. */
const telling = fc
  .tuple(fc.oneof(word, marked), fc.constantFrom('9010', 'quay:9010', 'quay:**9010**'), fc.nat(3))
  .map(([said, port, form]) =>
    form === 0
      ? `## ${said}\n\n- ${port} - crane\n`
      : form === 1
        ? `| Service | ${said} |\n|-|-|\n| crane | ${port} |\n`
        : form === 2
          ? `- clash\n  - Development: crane ${said} ${port}\n`
          : `| ${said} | Container |\n|-|-|\n| ${port} | crane |\n`,
  );

test('what a quick look leaves out assigns nothing when it is taken apart', () => {
  fc.assert(
    fc.property(fc.oneof(document, telling), (text) => {
      if (assigns(text)) expect(mayAssign(text)).toBe(true);
    }),
    { numRuns: times(3000, 300_000) },
  );
});

test.each(PORT)('a document with the word “%s” is taken apart and read', (said) => {
  const text = `## ${said.replace('*', '')}\n\n- 9001 - crane\n`;
  expect(mayAssign(text)).toBe(true);
  expect(registryMarkdown.read(text, 'docs/harbour.md')?.claims).toHaveLength(1);
});

test.each(['p**or**t', 'po[r](x)ts', 'Po<b>r</b>ta', 'c\uFEFFong'])('so is one with “%s”', (said) => {
  const text = `| Service | ${said} |\n|---|---|\n| crane | 9001 |\n`;
  expect(assigns(text)).toBe(true);
  expect(mayAssign(text)).toBe(true);
});

test.each([
  'Support for the portal, since 2019.\n\n- 9001 - crane\n',
  '| Metric | Value |\n|---|---|\n| imports | 9001 |\n',
  '> | Portal | Year |\n> |---|---|\n> | quay:9001 | 2019 |\n',
  'This depends on 9001 others.\n',
])('a quick look is enough for %j', (text) => {
  expect(mayAssign(text)).toBe(false);
});

test('documents are announced by their names, unless they only tell of ports in passing', () => {
  expect(isWeakUntitled('docs/PORTS.md')).toBe(false);
  expect(isWeakUntitled('docs/portal.md')).toBe(true);
  expect(isWeakUntitled('adr/ports.md')).toBe(true);
});
