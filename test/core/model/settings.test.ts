import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { Index } from '../../../server/src/core/model/index.ts';
import { defaults } from '../../../server/src/core/settings/settings.ts';
import { filesOf, findings } from '../../support/workspace.ts';

const files = filesOf(`
  --- README.md
  # Harbour

  | Service | Port |
  |---------|------|
  | Crane   | 4100 |
  --- deploy/compose.yaml
  services:
    crane:
      image: x
      ports: ["4200:80"]
`);

describe('settings', () => {
  test('make a registry of a document that looks like a reference', () => {
    expect(findings(files)).toEqual([]);
    const found = findings(files, { ...defaults, registries: [{ path: 'README.md' }] });
    expect(found.map(({ rule, expected }) => ({ rule, expected }))).toEqual([
      { rule: 'port-mismatch', expected: [4100] },
    ]);
  });

  test('give all its claims a scope, and files an environment', () => {
    const registries = [{ path: 'README.md', scope: { environment: 'production' } }];
    expect(
      findings(files, { ...defaults, registries, environments: { 'deploy/**': 'staging' } }).map(({ rule }) => rule),
    ).toEqual(['unregistered-port']);
    expect(
      findings(files, { ...defaults, registries, environments: { 'deploy/**': 'production' } }).map(({ rule }) => rule),
    ).toEqual(['port-mismatch']);
  });

  test('may change at any time', () => {
    const index = new Index();
    for (const [path, text] of files) index.put(read(path, text)!);
    expect(check('deploy/compose.yaml', index)).toHaveLength(0);
    index.settings = { ...defaults, registries: [{ path: 'README.md' }] };
    expect(check('deploy/compose.yaml', index)).toHaveLength(1);
    index.settings = defaults;
    expect(check('deploy/compose.yaml', index)).toHaveLength(0);
  });

  test('have a document of any name read with all forms', () => {
    const notes = '# Notes\n\n- Crane: 4100\n- Winch: 4101\n';
    expect(read('notes.md', notes)).toBeUndefined();
    expect(read('notes.md', notes, true)?.claims.map(({ port, service }) => [port, service])).toEqual([
      [4100, 'Crane'],
      [4101, 'Winch'],
    ]);
    expect(read('quays.json', '{"crane": 4100}')).toBeUndefined();
    expect(read('quays.json', '{"crane": 4100}', true)?.document?.authority).toBe('registry');
    expect(read('CHANGELOG.md', notes, true)?.kind).toBe('registry');
  });

  test('make a document from elsewhere govern the folder that names it, and no other', () => {
    const settings = { ...defaults, registries: [{ path: '/ops/PORTS.md', folder: '/w/shop' }] };
    const index = new Index(settings);
    index.put(read('/ops/PORTS.md', files.get('README.md')!)!, true);
    index.put(read('/w/shop/compose.yaml', files.get('deploy/compose.yaml')!)!);
    index.put(read('/w/other/compose.yaml', files.get('deploy/compose.yaml')!)!);
    index.put(read('/ops/compose.yaml', files.get('deploy/compose.yaml')!)!);
    const rules = (path: string) => check(path, index).map(({ rule }) => rule);
    expect(rules('/w/shop/compose.yaml')).toEqual(['port-mismatch']);
    expect(rules('/w/other/compose.yaml')).toEqual([]);
    index.settings = defaults;
    expect(['/w/shop/compose.yaml', '/ops/compose.yaml'].flatMap(rules)).toEqual([]);
    expect(index.file('/ops/PORTS.md')?.claims).toEqual([]);
  });

  test('set the level of a rule', () => {
    const found = findings(files, {
      ...defaults,
      registries: [{ path: 'README.md' }],
      rules: { 'port-mismatch': 'off' },
    });
    expect(found).toEqual([]);
  });
});
