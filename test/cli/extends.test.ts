import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

/** The rules that findings were made by, and where they say that the registry is. */
function findings(root: string): string[] {
  const run = portolan(root, ['check', '--format', 'json']);
  expect(run.err).toBe('');
  return JSON.parse(run.out).findings.map(({ file, rule, severity, registry }: Record<string, string>) => {
    return `${file} ${severity} ${rule} ${registry}`;
  });
}

test('what is extended holds where the nearer file says nothing, and its registries lie beside it', () => {
  const root = folderWith({
    'harbour/settings.yaml': 'registries: [PORTS.md]\nrules: { port-mismatch: hint, unregistered-port: off }\n',
    'harbour/PORTS.md': registry,
    'shop/portolan.yaml': 'extends: ../harbour/settings.yaml\n',
    'shop/compose.yaml': `${compose}  kiosk: { image: example/kiosk, ports: ["9300:80"] }\n`,
  });
  expect(findings(`${root}/shop`)).toEqual(['compose.yaml hint port-mismatch ../harbour/PORTS.md:5']);
  writeAt(root, { 'shop/portolan.yaml': 'extends: ../harbour/settings.yaml\nrules: { port-mismatch: warning }\n' });
  expect(findings(`${root}/shop`)).toEqual(['compose.yaml warning port-mismatch ../harbour/PORTS.md:5']);
});

test('lists grow, the nearest registry first, and globs mean the folder of the file that extends', () => {
  const root = folderWith({
    'harbour/outer.yaml':
      'exclude: [old-pier/**, "!**/{testdata,fixtures,__fixtures__,__snapshots__}/**"]\nenvironments: { "deploy/**": production }\n',
    'harbour/settings.yaml': 'extends: [outer.yaml]\nregistries: [PORTS.md]\naliases: { billing-api: [till] }\n',
    'shop/portolan.yaml':
      'extends: [../harbour/settings.yaml]\nregistries: [quays.yaml]\naliases: { reports-web: [news] }\n',
  });
  const printed = portolan(`${root}/shop`, ['check', '--print-config', 'compose.yaml']).out;
  const { registries, exclude, environments, aliases } = JSON.parse(printed);
  expect(registries.map(({ path }: { path: string }) => path)).toEqual([
    `${root}/shop/quays.yaml`,
    `${root}/harbour/PORTS.md`,
  ]);
  expect(exclude).toContain(`${root}/shop/old-pier/**`);
  expect(exclude.some((glob: string) => glob.includes('fixtures'))).toBe(false);
  expect(environments).toEqual({ [`${root}/shop/deploy/**`]: 'production' });
  expect(aliases).toEqual({ 'billing-api': ['till'], 'reports-web': ['news'] });
});

test('a package brings its settings and its registry', () => {
  const root = folderWith({
    'node_modules/@harbour/ports/portolan.yaml': 'registries: [docs/PORTS.md]\nrules: { port-mismatch: warning }\n',
    'node_modules/@harbour/ports/docs/PORTS.md': registry,
    'shop/portolan.yaml': 'extends: npm:@harbour/ports/portolan.yaml\n',
    'shop/compose.yaml': compose,
    'other/compose.yaml': compose,
  });
  expect(findings(root)).toEqual([
    'shop/compose.yaml warning port-mismatch node_modules/@harbour/ports/docs/PORTS.md:5',
  ]);
});

test.each([
  ['registries: [../../secret/PORTS.md]', '`../../secret/PORTS.md`, named by `npm:ports/portolan.yaml`, lies outside'],
  [
    'registries: [docs/../../../PORTS.md]',
    '`docs/../../../PORTS.md`, named by `npm:ports/portolan.yaml`, lies outside',
  ],
  ['registries: [~/PORTS.md]', '`~/PORTS.md`, named by `npm:ports/portolan.yaml`, lies outside'],
  ['registries: [/etc/PORTS.md]', '`/etc/PORTS.md`, named by `npm:ports/portolan.yaml`, lies outside'],
  ['registries: ["*.md"]', '`*.md`, named by `npm:ports/portolan.yaml`, lies outside'],
  ['extends: ../../portolan.yaml', '`../../portolan.yaml`, named by `npm:ports/portolan.yaml`, lies outside'],
  ['include: ["**"]', '`npm:ports/portolan.yaml` sets `include: **`, which only your own files may.'],
  ['exclude: ["!**/fixtures/**"]', '`npm:ports/portolan.yaml` sets `exclude: !**/fixtures/**`, which only your own'],
])('a package does not widen what is read: %s', (setting, sentence) => {
  const root = folderWith({
    'node_modules/ports/portolan.yaml': `${setting}\n`,
    'portolan.yaml': 'extends: npm:ports/portolan.yaml\n',
  });
  const run = portolan(root, ['check']);
  expect(run.status).toBe(2);
  expect(run.err).toContain(`portolan.yaml:1:10: ${sentence}`);
});

test.each([
  [{}, '`a.yaml` cannot be read; name a file with settings that is there.'],
  [{ 'a.yaml': 'rules: 7\n' }, '`a.yaml` is not right at 1:8: `rules` must be a map'],
  [{ 'a.yaml': 'extends: a.yaml\n' }, '`a.yaml`, named by `a.yaml`, is extended by itself; take one `extends` out.'],
  [{ 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: portolan.yaml\n' }, '`portolan.yaml`, named by `b.yaml`, is'],
  [
    Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`${'a'.repeat(n + 1)}.yaml`, `extends: ${'a'.repeat(n + 2)}.yaml\n`]),
    ),
    'is more than 10 files away; extend it directly.',
  ],
  [
    Object.fromEntries(
      [...'abcde'].map((name, n) => [`${name}.yaml`, n < 4 ? `extends: [${`${'bcde'[n]}.yaml, `.repeat(9)}]\n` : '']),
    ),
    'is one of more than 100 files; extend fewer.',
  ],
])('what cannot be extended is a sentence at the entry: %#', (files, sentence) => {
  const root = folderWith({ 'portolan.yaml': 'rules: {}\nextends:\n  - a.yaml\n', ...files });
  const run = portolan(root, ['check']);
  expect(run.status).toBe(2);
  expect(run.err).toContain('portolan: portolan.yaml:3:5: ');
  expect(run.err).toContain(sentence);
});
