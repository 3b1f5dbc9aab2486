import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../server/src/core/rules/index.ts';
import { levels, noSettings, parseConfig } from '../../../server/src/core/settings/settings.ts';
import { completeSettings } from '../../../server/src/core/settings/settingsCompletion.ts';
import { dedent, draw } from '../../support/fixture.ts';
import { growth, isLinear } from '../../support/growth.ts';

const keys = ['extends', ...Object.keys(noSettings)];
const ruleIds = rules.map(({ id }) => id);

/** Completes at the `|` of a picture. */
function at(picture: string) {
  const [before, after] = dedent(picture).split('|') as [string, string];
  return { text: before + after, found: completeSettings(before + after, before.length) };
}

function labels(picture: string): string[] {
  return at(picture).found.map(({ label }) => label);
}

/** Takes the completion with this label. The cursor stays out of the result. */
function take(picture: string, label: string): string {
  const { text, found } = at(picture);
  const { span, newText } = found.find((completion) => completion.label === label)!;
  return text.slice(0, span.start) + newText + text.slice(span.end);
}

describe('keys', () => {
  test.each(['|', 're|', '# why\n|', '\n\n|\n', '---\n|', '{|}', '{ re|', '|  # later'])(
    'of the top: %j',
    (picture) => {
      expect(labels(picture)).toEqual(keys);
    },
  );

  test('that are there are left out', () => {
    expect(
      labels(`
        registries: [PORTS.md]
        |
        aliases:
          orders: [order-api]
        rules:
          port-mismatch: off
      `),
    ).toEqual(['extends', 'include', 'exclude', 'environments', 'stacks']);
    expect(
      labels(`
        rules:
          port-mismatch: off
          un|
          former-port: off
      `),
    ).toEqual(ruleIds.filter((id) => id !== 'port-mismatch' && id !== 'former-port'));
    expect(labels('ru|les: {}')).toEqual(keys.filter((key) => key !== 'rules'));
  });

  test.each([
    'rules:\n  |',
    'rules:\n  un|\naliases:\n',
    'rules: {|}',
    'rules: { un| }',
    'rules:\r\n  |\r\naliases:\r\n',
    'rules:\n  "un|": off',
  ])('of the rules: %j', (picture) => {
    expect(labels(picture)).toEqual(ruleIds);
  });

  test('of a registry and of its scope', () => {
    expect(labels('registries:\n  - |')).toEqual(['path', 'scope', 'url', 'integrity']);
    expect(labels('registries:\n  - |\n    path: PORTS.md\n')).toEqual(['scope']);
    expect(labels('registries:\n  - README.md\n  - path: PORTS.md\n    sc|')).toEqual(['scope']);
    expect(labels('registries: [{ path: PORTS.md, | }]')).toEqual(['scope']);
    expect(labels('registries:\n  - path: PORTS.md\n    scope:\n      machine: a\n      |')).toEqual([
      'environment',
      'project',
      'path',
      'address',
    ]);
  });
});

describe('values', () => {
  test.each(['rules:\n  former-port: |', 'rules:\n  former-port: of|\naliases:\n', 'rules: { former-port: | }'])(
    'of a rule: %j',
    (picture) => expect(labels(picture)).toEqual(levels),
  );

  test('but the one that is there', () => {
    expect(labels('rules:\n  former-port: of|f # why\n')).toEqual(levels.filter((level) => level !== 'off'));
  });
});

test.each([
  'rules: |',
  'registries: |',
  'registries:\n  |',
  'registries:\n  -|',
  'registries: [docs/|]',
  'include:\n  - |',
  'aliases:\n  |',
  'aliases:\n  orders: [|]',
  'environments:\n  deploy/**: |',
  'stacks:\n  - [|]',
  'rules:\n  former-port:|',
  'rules:\n  nothing-like-it: |',
  'constructor:\n  |',
  '# |',
  'rules: # |',
  'rules:\n  former-port: "err\n    |"',
  'exclude:\n  - >\n    |\n',
  'a: 1\n---\n|',
  '- |',
])('nothing in %j', (picture) => expect(labels(picture)).toEqual([]));

test('are put in the place of the whole word, with what it still needs', () => {
  expect(take('ru|', 'rules')).toBe('rules:');
  expect(take('ru|ly: {}', 'rules')).toBe('rules: {}');
  expect(take('rules:\n  un|re # why', 'former-port')).toBe('rules:\n  former-port:  # why');
  expect(take('rules: { "fo|": off }', 'former-port')).toBe('rules: { "former-port": off }');
  expect(take('registries:\n  - |', 'path')).toBe('registries:\n  - path: ');
  expect(take('rules:\n  former-port: e|rr', 'warning')).toBe('rules:\n  former-port: warning');
});

test('tell what they are', () => {
  const text = 'rules:\n  \n';
  const { label, detail, documentation, span } = completeSettings(text, 9)[0]!;
  expect({ label, detail, documentation }).toEqual({
    label: 'port-mismatch',
    detail: 'error unless set',
    documentation: 'A service that the registry knows uses another port.',
  });
  expect(draw(text, [{ span, note: 'here' }])).toBe('rules:\n  \n  ^ here\n');
  const [off] = at('rules: { unused-claim: | }').found.filter((completion) => completion.label === 'off');
  expect(off).toMatchObject({ detail: 'unless set', documentation: 'Not looked for.' });
  expect(at('|').found.map((completion) => [completion.label, completion.detail])).toEqual([
    ['extends', 'text'],
    ['registries', 'list'],
    ['include', 'list'],
    ['exclude', 'list'],
    ['aliases', 'map'],
    ['environments', 'map'],
    ['stacks', 'list'],
    ['rules', 'map'],
  ]);
});

test.each(['|', 'rules:\n  |', 'registries:\n  - |', 'registries:\n  - scope:\n      |', 'rules: { former-port: | }'])(
  'always have a line of documentation: %j',
  (picture) => {
    const { found } = at(picture);
    expect(found.length).toBeGreaterThan(0);
    for (const { documentation } of found) expect(documentation).toMatch(/^[^\n]+$/);
  },
);

test('at any place of the documented example, nothing is offered that Portolan does not know or has twice', () => {
  const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const text = /^```yaml\n(.*?)^```$/ms.exec(page)![1]!;
  const taken = new Set<string>();
  for (let offset = 0; offset <= text.length; offset++) {
    for (const { span, newText } of completeSettings(text, offset)) {
      taken.add(text.slice(0, span.start) + newText + text.slice(span.end));
    }
  }
  expect(taken.size).toBeGreaterThan(30);
  for (const edited of taken) {
    const complaints = parseConfig(edited, ruleIds).problems.map(({ message }) => message);
    expect(complaints.filter((message) => /^There is no|is set twice/.test(message))).toEqual([]);
  }
});

test('never throw, and replace what is around the cursor', () => {
  const word = fc.constantFrom(
    ...['registries', 'rules', 'former-port', 'path', ': ', '\n', '  ', '- ', '[', ']', '{'],
  );
  const mark = fc.constantFrom(...['&a ', '*a', '!', '"', '~', '|', '>', '?', '\t', '#', '<<: ']);
  const text = fc
    .array(fc.oneof(word, mark, fc.string({ unit: 'binary', maxLength: 3 })))
    .map((words) => words.join(''));
  fc.assert(
    fc.property(text, fc.nat(60), (text, offset) => {
      for (const { span } of completeSettings(text, offset)) {
        const cursor = Math.min(offset, text.length);
        expect(span.start).toBeLessThanOrEqual(cursor);
        expect(span.end).toBeGreaterThanOrEqual(cursor);
        expect(text.slice(span.start, span.end)).toMatch(/^[\w-]*$/);
      }
    }),
  );
  for (const offset of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
    expect(completeSettings('', offset)).toHaveLength(keys.length);
  }
});

test.each([
  ['letters', 'a', 20_000],
  ['hyphens', '-', 20_000],
  ['blanks', ' ', 20_000],
  ['items', '- ', 10_000],
  ['lines', '\n', 10_000],
  ['keys', 'a:\n', 2000],
])('many %s take time in proportion', async (_, piece, size) => {
  const prepare = (count: number) => {
    const text = piece.repeat(count);
    return () => [text.length, text.length / 2].map((offset) => completeSettings(text, offset));
  };
  expect(await growth(prepare, size)).toSatisfy(isLinear);
});
