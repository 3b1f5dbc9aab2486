import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import schema from '../../../schemas/portolan.schema.json' with { type: 'json' };
import { rules as allRules } from '../../../server/src/core/rules/index.ts';
import { FolderSettings } from '../../../server/src/core/settings/folderSettings.ts';
import {
  defaultExcludes,
  defaults,
  merge,
  noSettings,
  parseConfig,
  parseSettings,
} from '../../../server/src/core/settings/settings.ts';
import { dedent, draw, plain } from '../../support/fixture.ts';

const rules = ['port-mismatch', 'former-port'];

/** Reads a picture of a `portolan.yaml` and expects the problems that its carets show. */
function complains(picture: string): void {
  const expected = dedent(picture);
  const text = plain(expected);
  const notes = parseConfig(text, rules).problems.map(({ span, message }) => ({ span, note: message }));
  expect(draw(text, notes)).toBe(expected);
}

describe('portolan.yaml', () => {
  test('sets every key', () => {
    const text = dedent(`
      extends: [../portolan.yaml, "npm:@harbour/ports/portolan.yaml"]
      registries:
        - docs/PORTS.md
        - path: ~/ports/*.md
          scope: { machine: quay-1 }
      include: [deploy/**]
      exclude: [deploy/legacy/**]
      aliases:
        Berth Planner: [berth, berth-api]
      environments:
        compose.prod.yaml: production
      stacks:
        - [compose.yaml, compose.dev.yaml]
      rules:
        former-port: off
    `);
    expect(parseConfig(text, rules)).toEqual({
      problems: [],
      extends: [{ path: '../portolan.yaml' }, { path: 'npm:@harbour/ports/portolan.yaml' }],
      settings: {
        registries: [{ path: 'docs/PORTS.md' }, { path: '~/ports/*.md', scope: { machine: 'quay-1' } }],
        include: ['deploy/**'],
        exclude: ['deploy/legacy/**'],
        aliases: { 'Berth Planner': ['berth', 'berth-api'] },
        environments: { 'compose.prod.yaml': 'production' },
        stacks: [['compose.yaml', 'compose.dev.yaml']],
        rules: { 'former-port': 'off' },
      },
    });
  });

  test.each(['', '# nothing\n', '---\n', 'rules:\n', 'registries:\n# - docs/PORTS.md\n'])(
    'may set nothing: %j',
    (text) => {
      expect(parseConfig(text, rules)).toEqual({ settings: noSettings, extends: [], problems: [] });
    },
  );

  test('is told what is wrong and what would be right', () => {
    complains(`
      registry: docs/PORTS.md
      ^^^^^^^^ There is no setting \`registry\`; there are extends, registries, include, exclude, aliases, environments, stacks, rules.
      registries: docs/PORTS.md
                  ^^^^^^^^^^^^^ \`registries\` must be a list of files or globs, such as [docs/PORTS.md].
      exclude:
      ^^^^^^^ \`exclude\` must be a list of globs, such as [legacy/**].
        old: true
      aliases:
        orders: order-api
                ^^^^^^^^^ \`aliases.orders\` must be a list of names, such as [order-api].
      stacks:
      ^^^^^^ \`stacks[0]\` must be two compose files or more.
        - [compose.yaml]
      rules:
        port-mismatch: loud
                       ^^^^ \`rules.port-mismatch\` must be one of error, warning, information, hint, off.
        port-missmatch: error
        ^^^^^^^^^^^^^^ There is no rule \`port-missmatch\`; there are port-mismatch, former-port.
    `);
  });

  test('takes what it extends apart', () => {
    complains(`
      extends: npm:@harbour/ports
               ^^^^^^^^^^^^^^^^^^ \`extends\` must be a file in a package, such as npm:@harbour/ports/portolan.yaml.
    `);
    complains(`
      extends:
      ^^^^^^^ \`extends[1]\` must be a file with settings, such as ../harbour/portolan.yaml.
        - ../*.yaml
          ^^^^^^^^^ \`extends[0]\` must be a single file, such as ../harbour/portolan.yaml.
        - [a]
    `);
  });

  test('says so when a key stands twice', () => {
    complains(`
      rules: { former-port: off }
      rules: { former-port: hint }
      ^^^^^ \`rules\` is set twice; keep one.
    `);
  });

  test('takes a scope apart', () => {
    complains(`
      registries:
      ^^^^^^^^^^ \`registries[0]\` must be a map with the key path or url.
        - scope: { machine: quay-1 }
        - path: https://ports.example
                ^^^^^^^^^^^^^^^^^^^^^ \`registries[1].path\` must be a file or glob; a URL stands in a map with the keys url and integrity.
          scope: { planet: earth }
                   ^^^^^^ There is no scope \`planet\`; there are environment, machine, project, path, address.
          paths: docs
          ^^^^^ There is no key \`paths\`; there are path, url, integrity, scope.
    `);
  });

  test('takes a URL with its hash, and no other', () => {
    const hash = `sha256-${'a'.repeat(43)}=`;
    const text = `registries:\n  - url: https://harbour.example/PORTS.md\n    integrity: ${hash}\n    scope: { machine: m }\n`;
    expect(parseConfig(text, rules)).toMatchObject({
      problems: [],
      settings: {
        registries: [{ path: 'https://harbour.example/PORTS.md', integrity: hash, scope: { machine: 'm' } }],
      },
    });
    complains(`
      registries:
      ^^^^^^^^^^ \`registries[0]\` must be a map with the keys url and integrity.
      ^^^^^^^^^^ \`registries[1]\` must be a map with path or url, and not both.
        - url: https://harbour.example/PORTS.md
        - { url: https://harbour.example/PORTS.md, path: PORTS.md }
        - { path: PORTS.md, integrity: ${hash} }
                                       ${'^'.repeat(51)} \`registries[2].integrity\` must be left out, as a path has none.
        - { url: http://harbour.example/PORTS.md, integrity: ${hash} }
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`registries[3].url\` must be an address, such as https://ports.harbour.example/PORTS.md, without user and password.
        - { url: https://a:b@harbour.example/PORTS.md, integrity: ${hash} }
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`registries[4].url\` must be an address, such as https://ports.harbour.example/PORTS.md, without user and password.
        - { url: https://harbour.example/ports, integrity: ${hash} }
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`registries[5].url\` must be an address, such as https://ports.harbour.example/PORTS.md, without user and password.
        - { url: https://harbour.example/PORTS.md, integrity: sha256-abc }
                                                              ^^^^^^^^^^ \`registries[6].integrity\` must be sha256-, sha384- or sha512- and the whole hash in Base64.
        - { url: https://harbour.example/PORTS.md, integrity: md5-abc }
                                                              ^^^^^^^ \`registries[7].integrity\` must be sha256-, sha384- or sha512- and the whole hash in Base64.
      extends:
        url: https://harbour.example/PORTS.md
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`extends.url\` must be an address, such as https://ports.harbour.example/portolan.yaml, without user and password.
        integrity: ${hash}
    `);
  });

  test.each([
    ['just words', 'The settings must be a map with keys such as extends, registries'],
    ['- a\n- b\n', 'The settings must be a map with keys such as extends, registries'],
    ['rules: [unclosed\n', 'Flow sequence'],
    ['a: b: c\n', 'Nested mappings'],
    ['['.repeat(100_000), 'nested too deeply'],
  ])('that is broken gives a problem: %.30j', (text, message) => {
    expect(
      parseConfig(text, rules)
        .problems.map((problem) => problem.message)
        .join(),
    ).toContain(message);
  });

  test('never makes the reader throw, and every problem has a place in the text', () => {
    const word = fc.constantFrom(
      'registries',
      'rules',
      'port-mismatch',
      'path',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '&a ',
      '*a',
      '!',
      '"',
      '~',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 3 }))), (words) => {
        const text = words.join('');
        for (const { span } of parseConfig(text, rules).problems) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length + 1);
        }
      }),
    );
  });
});

describe('editor settings', () => {
  test.each([[undefined], [null], [{}], [{ registries: null, trace: { server: 'off' } }]])(
    'may set nothing: %j',
    (value) => {
      expect(parseSettings(value, rules)).toEqual({ settings: noSettings, problems: [] });
    },
  );

  test('are taken as far as they are right', () => {
    const value = { rules: { 'former-port': 'hint', 'port-mismatch': 1 }, include: ['a/**', 7, ''], constructor: 1 };
    expect(parseSettings(value, rules)).toEqual({
      settings: { ...noSettings, rules: { 'former-port': 'hint' }, include: ['a/**'] },
      problems: [
        '`rules.port-mismatch` must be one of error, warning, information, hint, off.',
        '`include[1]` must be a glob, such as deploy/**.',
        '`include[2]` must be a glob, such as deploy/**.',
        'There is no setting `constructor`; there are registries, include, exclude, aliases, environments, stacks, rules.',
      ],
    });
  });

  test('never make the reader throw', () => {
    const keys = fc.constantFrom(
      'registries',
      'include',
      'exclude',
      'aliases',
      'environments',
      'stacks',
      'rules',
      '__proto__',
    );
    fc.assert(fc.property(fc.dictionary(keys, fc.jsonValue()), (value) => void parseSettings(value, rules)));
  });
});

describe('merging', () => {
  test('lets inner settings win and take outer excludes off', () => {
    const inner = {
      ...noSettings,
      registries: [{ path: 'b.md' }],
      exclude: ['!old/**', 'new/**'],
      rules: { 'former-port': 'hint' as const },
    };
    const outer = {
      ...noSettings,
      registries: [{ path: 'a.md' }],
      exclude: ['old/**', 'out/**'],
      rules: { 'former-port': 'off' as const, 'port-mismatch': 'error' as const },
    };
    expect(merge(outer, inner)).toEqual({
      ...noSettings,
      registries: [{ path: 'b.md' }, { path: 'a.md' }],
      exclude: ['out/**', 'new/**'],
      rules: { 'former-port': 'hint', 'port-mismatch': 'error' },
    });
  });

  test('gives each folder the settings of the nearest config, with absolute globs', () => {
    const set = (text: string) => parseConfig(text, rules).settings;
    const folders = new FolderSettings(noSettings, [
      {
        folder: '/w/apps [1]',
        settings: set('registries: [../PORTS.md, ./P.md, /etc/ports.md]\nrules: {former-port: hint}'),
      },
      { folder: '/w', settings: set('include: ["**/*.yaml"]\nrules: {former-port: off, port-mismatch: hint}') },
    ]);
    expect(folders.of('/w/apps [1]/x/compose.yaml')).toEqual({
      ...noSettings,
      registries: ['/w/PORTS.md', '/w/apps \\[1\\]/P.md', '/etc/ports.md'].map((path) => ({
        path,
        folder: '/w/apps [1]',
      })),
      include: ['/w/**/*.yaml'],
      rules: { 'former-port': 'hint', 'port-mismatch': 'hint' },
    });
    expect(folders.of('/w/apps/compose.yaml').rules).toEqual({ 'former-port': 'off', 'port-mismatch': 'hint' });
    expect(folders.of('/w/apps [1]/a')).toBe(folders.of('/w/apps [1]/b/c'));
    expect(folders.of('/elsewhere/compose.yaml')).toBe(noSettings);
  });
});

describe('left out by default', () => {
  const leavesOut = picomatch([...defaults.exclude], { dot: true });

  test.each([
    'archive/compose.yaml',
    'docs/_ARCHIVED/PORTS.md',
    'scripts/Old/nginx/default.conf',
    'deploy/.legacy-backup/compose.yaml',
    'outputs/env-backups/.env.local',
    'backup-2024-05-01/compose.yaml',
    'nginx/site.conf.old',
    'compose.bak.yaml',
    'docker-compose copy.yml',
    'docker-compose copy 2.yml',
    'node_modules/thing/docker-compose.yml',
    'go/vendor/github.com/x/compose.yaml',
    '.claude/worktrees/fix/docker-compose.yml',
    'test/fixtures/compose.yaml',
  ])('%s', (path) => expect(leavesOut(path)).toBe(true));

  test.each([
    'backup/docker-compose.yml',
    'services/db-backup/docker-compose.yml',
    'docker-compose.backup.yml',
    'legacy/docker-compose.yml',
    'dist/docker-compose.yml',
    'services/vendor-portal/docker-compose.yml',
    'services/archiver/compose.yaml',
    'examples/compose.yaml',
    '.github/PORTS.md',
    'golden-goldfish/compose.yaml',
  ])('but not %s', (path) => expect(leavesOut(path)).toBe(false));

  test('a folder that is left out is matched itself, so that nobody walks it', () => {
    expect(defaultExcludes.length).toBeGreaterThan(0);
    expect(leavesOut('some/archive')).toBe(true);
    expect(leavesOut('some/vendor')).toBe(true);
  });
});

test('the schema knows the same keys and rules', () => {
  const { properties } = schema;
  expect(Object.keys(properties)).toEqual(['extends', ...Object.keys(noSettings)]);
  const levels = Object.entries(properties.rules.properties).map(([id, { default: level }]) => [id, level]);
  expect(Object.fromEntries(levels)).toEqual(Object.fromEntries(allRules.map(({ id, level }) => [id, level])));
});
