import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { read } from '../server/src/core/analyze.ts';
import { rules } from '../server/src/core/rules/index.ts';
import { levels, noSettings, parseConfig } from '../server/src/core/settings/settings.ts';
import markdown from '../snippets/markdown.json' with { type: 'json' };
import registry from '../snippets/registry.json' with { type: 'json' };
import settings from '../snippets/settings.json' with { type: 'json' };
import { describeFact } from './support/fixture.ts';

interface Snippet {
  readonly body: readonly string[];
}

/**
 * What stands in the file when someone accepts every default, and takes one of each list of choices.
 * https://code.visualstudio.com/docs/editing/userdefinedsnippets
 */
function accepted({ body }: Snippet, pick = 0): string {
  return body
    .map((line) => line + '\n')
    .join('')
    .replace(
      /\$\{\d+:([^}]*)\}|\$\{\d+\|([^|]*)\|\}|\$0/g,
      (_, text = '', choices = '') => text + (choices.split(',')[pick] ?? ''),
    );
}

function claimsOf(path: string, text: string): string[] {
  const { claims, problems } = read(path, text)!;
  expect(problems).toEqual([]);
  return claims.map(describeFact);
}

describe('snippets for portolan.yaml', () => {
  const ruleIds = rules.map(({ id }) => id);

  test.each(Object.values(settings))('$prefix is taken without a problem', (snippet) => {
    const found = parseConfig(accepted(snippet), ruleIds);
    expect(found.problems).toEqual([]);
    const key = snippet.prefix.replace('portolan-', '') as keyof typeof noSettings;
    expect(found.settings).toEqual({ ...noSettings, [key]: found.settings[key] });
    expect(found.settings[key]).not.toEqual(noSettings[key]);
  });

  test('fit together in one file', () => {
    const text = Object.values(settings).map((snippet) => accepted(snippet));
    expect(parseConfig(text.join('\n'), ruleIds).problems).toEqual([]);
  });

  test('let choose from every level and every scope', () => {
    const chosen = levels.map((_, pick) => accepted(settings.Rules, pick));
    expect(new Set(chosen.map((text) => parseConfig(text, ruleIds).settings.rules['unregistered-port']))).toEqual(
      new Set(levels),
    );
    const scopes = [0, 1, 2, 3, 4].map((pick) => parseConfig(accepted(settings.Registries, pick), ruleIds));
    expect(scopes.flatMap(({ problems }) => problems)).toEqual([]);
    expect(new Set(scopes.map((found) => Object.keys(found.settings.registries[1]!.scope!)[0])).size).toBe(5);
  });
});

describe('snippets for registries', () => {
  test('a whole one', () => {
    expect(claimsOf('portolan-registry.yaml', accepted(registry.Registry))).toEqual([
      'assignment 9006 any orders',
      'assignment 9007 host billing',
      'assignment 8080 container billing',
      'range 5400-5499 any storage',
      'reserved 9008 any -',
      'forbidden 8000-8099 any -',
    ]);
  });

  test('a service', () => {
    const service = accepted(registry['Service of a registry']).replace(/^/gm, '  ');
    expect(claimsOf('portolan-registry.yaml', `services:\n${service}`)).toEqual([
      'assignment 9006 host orders environment=production',
      'assignment 8080 container orders environment=production',
    ]);
  });

  test('a table in markdown, and a row for it', () => {
    const table = accepted(markdown['Table of ports']) + accepted(markdown['Row of a table of ports']);
    expect(claimsOf('PORTS.md', `# Ports\n\n${table}`)).toEqual([
      'assignment 9006 host orders',
      'assignment 8080 container orders',
      'assignment 9007 host billing',
      'assignment 8081 container billing',
    ]);
  });
});

test('every snippet is contributed, and its prefix says whose it is', () => {
  const files = manifest.contributes.snippets.map(({ path }) => readFileSync(new URL(`../${path}`, import.meta.url)));
  expect(files.map((file) => JSON.parse(file.toString()))).toEqual([settings, registry, markdown]);
  const prefixes = [settings, registry, markdown].flatMap((file) => Object.values(file)).map(({ prefix }) => prefix);
  expect(prefixes.filter((prefix) => !prefix.startsWith('portolan-'))).toEqual([]);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});
