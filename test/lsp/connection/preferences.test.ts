import { expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { takePreferences } from '../../../server/src/lsp/connection/preferences.ts';

const { preferences: byDefault } = takePreferences({});

test('what is not set is as the manifest says', () => {
  const settings: Record<string, { default?: unknown }> = manifest.contributes.configuration.properties;
  for (const [key, value] of Object.entries(byDefault)) {
    expect(settings[`portolan.${key}.enabled`]?.default, key).toBe(value);
  }
  for (const section of [undefined, null, 'x', [], { links: {} }]) {
    expect(takePreferences(section).preferences).toEqual(byDefault);
  }
});

test('the core sees its own settings alone', () => {
  const { preferences, rest } = takePreferences({ ignoreActions: { enabled: false }, rules: {} });
  expect(preferences).toEqual({ ...byDefault, ignoreActions: false });
  expect(rest).toEqual({ rules: {} });
  for (const section of [undefined, null, 'x']) expect(takePreferences(section).rest).toBe(section);
});

test('a wrong value is named, and counts for nothing', () => {
  expect(takePreferences({ links: 'x', codeLens: { enabled: 1 } })).toEqual({
    preferences: byDefault,
    rest: {},
    problems: ['`links.enabled` must be true or false.', '`codeLens.enabled` must be true or false.'],
  });
});
