import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../server/src/core/rules/index.ts';
import { parseConfig } from '../../../server/src/core/settings/settings.ts';
import { editSettings, type Setting, withSetting } from '../../../server/src/core/settings/settingsEdits.ts';

const ruleIds = rules.map(({ id }) => id);

function edited(text: string, setting: Setting): string | undefined {
  const edit = editSettings(text, setting, ruleIds);
  return edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

const off: Setting = { key: 'rules', rule: 'unused-claim', level: 'off' };
const alias: Setting = { key: 'aliases', service: 'Berth Planner', name: 'planner' };
const exclude: Setting = { key: 'exclude', glob: 'docs/old.md' };

describe('what is set more', () => {
  test('stands at the end of a text that says nothing about it', () => {
    expect(edited('', off)).toBe('rules:\n  unused-claim: off\n');
    expect(edited('', alias)).toBe('aliases:\n  Berth Planner: [planner]\n');
    expect(edited('', exclude)).toBe('exclude:\n  - docs/old.md\n');
    expect(edited('# ours\n', off)).toBe('# ours\nrules:\n  unused-claim: off\n');
    expect(edited('---\n# ours', off)).toBe('---\n# ours\nrules:\n  unused-claim: off\n');
    expect(edited('exclude: [a]\r\n', off)).toBe('exclude: [a]\r\nrules:\r\n  unused-claim: off\r\n');
    expect(edited('\uFEFFexclude: [a]', off)).toBe('\uFEFFexclude: [a]\nrules:\n  unused-claim: off\n');
    expect(edited('\uFEFF', off)).toBe('\uFEFFrules:\n  unused-claim: off\n');
  });

  test('joins what is there, in its style', () => {
    const block = 'rules:\n    port-mismatch: hint # later\n    # quiet\nexclude:\n- a # why\n- b\ninclude: []\n';
    expect(edited(block, off)).toBe(block.replace('# later\n', '# later\n    unused-claim: off\n'));
    expect(edited(block, exclude)).toBe(block.replace('- b\n', '- b\n- docs/old.md\n'));
    const flow = '{ rules: { port-mismatch: hint }, exclude: [a], aliases: {} }';
    expect(edited(flow, off)).toBe(flow.replace('hint', 'hint, unused-claim: off'));
    expect(edited(flow, exclude)).toBe(flow.replace('[a]', '[a, docs/old.md]'));
    expect(edited(flow, alias)).toBe(flow.replace('{}', '{ Berth Planner: [planner] }'));
    expect(edited('aliases:\n  Berth Planner:\n    - bp\n', alias)).toBe(
      'aliases:\n  Berth Planner:\n    - bp\n    - planner\n',
    );
    expect(edited('aliases:\n  Berth Planner: [bp]\n', alias)).toBe('aliases:\n  Berth Planner: [bp, planner]\n');
  });

  test('fills a key that has nothing behind it', () => {
    expect(edited('rules: # ours\ninclude: [a]\n', off)).toBe('rules: # ours\n  unused-claim: off\ninclude: [a]\n');
    expect(edited('rules:\n  unused-claim:\n', off)).toBe('rules:\n  unused-claim: off\n');
    expect(edited('exclude:', exclude)).toBe('exclude:\n  - docs/old.md\n');
  });

  test('takes the place of another level', () => {
    expect(edited('rules:\n  "unused-claim": "hint" # why\n', off)).toBe('rules:\n  "unused-claim": off # why\n');
  });

  test('is quoted where it has to be', () => {
    const odd: Setting = { key: 'aliases', service: 'no', name: '8080: "x" # y' };
    expect(edited('', odd)).toBe('aliases:\n  "no": ["8080: \\"x\\" # y"]\n');
  });

  test.each(['rules: [', 'a: 1\n---\nb: 2\n', 'rules: off\n', '[]', 'rules: *x\n', 'x: &x {}\nrules: *x\n', 'words'])(
    'is not written into %j',
    (text) => expect(edited(text, off)).toBeUndefined(),
  );
});

const name = fc.oneof(
  fc.constantFrom('crane', 'Berth Planner', 'off', '12', 'a: b', '# x', "it's"),
  fc.string({ minLength: 1 }),
);
const setting: fc.Arbitrary<Setting> = fc.oneof(
  fc.record({
    key: fc.constant('rules' as const),
    rule: fc.constantFrom(...ruleIds),
    level: fc.constantFrom('off' as const, 'hint' as const),
  }),
  fc.record({ key: fc.constant('aliases' as const), service: name, name }),
  fc.record({ key: fc.constantFrom('exclude' as const, 'registries' as const), glob: name }),
);

/** Parts of a `portolan.yaml`, each in several styles, with comments in all places. */
const part = fc.constantFrom(
  '# a comment\n',
  'rules:\n  port-mismatch: warning # one\n  # two\n',
  'rules: { port-mismatch: warning, unused-claim: hint } # three\n',
  'rules: # four\n',
  'aliases:\n  crane: [lift]\n  Berth Planner:\n  - bp # five\n  # six\n',
  'aliases: {crane: [lift, ]}\n',
  'exclude:\n# seven\n- old/**\n',
  'exclude: [\n  old/**, # eight\n  older/**\n]\n',
  'exclude: []\n',
  'registries:\n  - path: README.md\n    scope:\n      machine: pier # nine\n',
  'environments:\n  "a/**": >-\n    production\n',
  '\n',
  'rules:\n',
  'rules: {',
  '  stray: 1\n',
);
const text = fc
  .record({
    parts: fc.array(part, { maxLength: 6 }),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    start: fc.constantFrom('', '---\n', '\uFEFF'),
    isCut: fc.boolean(),
  })
  .map(({ parts, lineBreak, start, isCut }) => {
    const whole = (start + parts.join('')).replaceAll('\n', lineBreak);
    return isCut ? whole.trimEnd() : whole;
  });

test('an edit sets that one thing and leaves every other character', () => {
  let made = 0;
  fc.assert(
    fc.property(text, setting, (before, wanted) => {
      const edit = editSettings(before, wanted, ruleIds);
      if (!edit) return;
      made++;
      const { start, end } = edit.span;
      const after = before.slice(0, start) + edit.newText + before.slice(end);
      expect(parseConfig(after, ruleIds).settings).toEqual(withSetting(parseConfig(before, ruleIds).settings, wanted));
      expect(before.slice(start, end)).toMatch(/^\w*$/);
      expect(edit.newText.replaceAll('\r\n', '').includes('\n') && before.includes('\r\n')).toBe(false);
      expect(after.match(/# [a-z]+/g)?.length ?? 0).toBeGreaterThanOrEqual(before.match(/# [a-z]+/g)?.length ?? 0);
    }),
    { numRuns: 500 },
  );
  expect(made).toBeGreaterThan(100);
});
