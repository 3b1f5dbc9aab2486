import { expect, test } from 'vitest';
import { preferencesOf, withoutPreferences } from '../../server/src/lsp/preferences.ts';

test('what is not set is as the manifest says', () => {
  for (const section of [undefined, null, 'x', [], {}, { codeActions: 'x' }, { codeActions: { ignore: 'x' } }]) {
    expect(preferencesOf(section)).toEqual({ ignoreActions: true });
  }
  expect(preferencesOf({ codeActions: { ignore: false } })).toEqual({ ignoreActions: false });
});

test('the core sees its own settings alone', () => {
  expect(withoutPreferences({ codeActions: { ignore: false }, rules: {} })).toEqual({ rules: {} });
  for (const section of [undefined, null, 'x']) expect(withoutPreferences(section)).toBe(section);
});
