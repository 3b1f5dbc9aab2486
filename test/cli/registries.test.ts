import { rmSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

/** A registry that nothing but the settings would make one. */
const pier = `quay:
  billing-api: 9006
  reports-web: 9010
`;

test('registries prints what each document is and why, the most authoritative first', () => {
  const root = folderWith({
    'docs/PORT_REGISTRY.md': registry.replace('# Ports', '# Port Registry\n\nThe single source of truth.'),
    'docs/PORTS.md': registry,
    'apps/shop/ports.yaml': 'api: 9100\nblocks:\n  shop: 9100-9199\n',
    'README.md': `# Harbour\n\n${registry.slice(9)}`,
  });
  expect(portolan(root, ['registries'])).toMatchObject({ status: 0, err: '' });
  expect(portolan(root, ['registries']).out).toMatchInlineSnapshot(`
    "apps/shop/ports.yaml
      registry of the folder apps/shop, with 1 assignment and 1 block
        named ports.yaml
        1 service with ports

    docs/PORT_REGISTRY.md
      registry of everything here, with 2 assignments
        its name says that it lists ports
        its title is “Port Registry”
        it calls itself the source of truth for ports
        2 of its table cells assign ports

    docs/PORTS.md
      registry of everything here, with 2 assignments
        its name says that it lists ports
        2 of its table cells assign ports

    README.md
      reference, with 2 assignments
        2 of its table cells assign ports
        README.md is a kind of document that repeats what others decide
    "
  `);
  const described = JSON.parse(portolan(root, ['registries', '-f', 'json']).out);
  expect(
    described.map(({ file, rank, authority, governs }: Record<string, unknown>) => [rank, file, authority, governs]),
  ).toMatchInlineSnapshot(`
    [
      [
        1,
        "apps/shop/ports.yaml",
        "registry",
        "apps/shop",
      ],
      [
        2,
        "docs/PORT_REGISTRY.md",
        "registry",
        ".",
      ],
      [
        3,
        "docs/PORTS.md",
        "registry",
        ".",
      ],
      [
        4,
        "README.md",
        "reference",
        null,
      ],
    ]
  `);
  expect(described[1]).toMatchObject({ title: 'Port Registry', claims: { assignment: 2 } });
});

test('registries says so when there is none', () => {
  const run = portolan(folderWith({ 'README.md': '# Hello\n' }), ['registries']);
  expect(run).toMatchObject({ status: 1, out: '' });
  expect(run.err).toContain('There is no document that says who owns which port');
});

test('a named file is read whatever its name and looks', () => {
  const root = folderWith({
    'portolan.yaml': 'registries: [infra/quays.yaml, "notes/*.md"]\n',
    'infra/quays.yaml': pier,
    'notes/harbour.md': '# Notes\n\n- Crane: 4100\n- Lighthouse: 4200\n',
    'compose.yaml': compose,
  });
  expect(portolan(root, ['check']).out).toContain('quays.yaml');
  expect(portolan(root, ['registries']).out).toContain('notes/harbour.md\n  registry of the folder notes');
  writeAt(root, { 'portolan.yaml': '' });
  expect(portolan(root, ['registries'])).toMatchObject({ status: 1, out: '' });
});

test('a registry outside governs the folder that names it, and nothing else', () => {
  const home = folderWith({ 'ops/PORTS.md': registry });
  const root = folderWith({
    'shop/portolan.yaml': 'registries: [~/ops/PORTS.md]\n',
    'shop/compose.yaml': compose,
    'other/compose.yaml': compose,
  });
  const run = portolan(root, ['check', '--format', 'json'], { HOME: home });
  expect(run).toMatchObject({ status: 1, err: '' });
  expect(run.out).toContain('ops/PORTS.md');
  const { findings } = JSON.parse(run.out);
  expect(findings.map(({ file, rule }: Record<string, string>) => [file, rule])).toEqual([
    ['shop/compose.yaml', 'port-mismatch'],
  ]);
  expect(portolan(root, ['registries'], { HOME: home }).out).toContain('registry of the folder shop');
  expect(portolan(`${root}/shop`, ['who', '9006'], { HOME: home }).out).toContain('billing-api');
});

test('an entry that leads nowhere is told and changes no status', () => {
  const root = folderWith({
    'portolan.yaml': 'registries:\n  - lost/*.md\n  - path: gone.yaml\n  - ~/none/PORTS.md\n',
    'PORTS.md': registry,
  });
  const run = portolan(root, ['check'], { HOME: `${root}/home` });
  expect(run.status).toBe(0);
  expect(run.err.split('\n')).toEqual([
    'portolan: portolan.yaml:2:5: `lost/*.md` matches no document with ports.',
    'portolan: portolan.yaml:3:11: `gone.yaml` is not a document with ports, or is left out by .gitignore or `exclude`.',
    'portolan: portolan.yaml:4:5: `~/none/PORTS.md` is not a document with ports, or is left out by .gitignore or `exclude`.',
    '',
  ]);
  rmSync(`${root}/PORTS.md`);
  const outside = folderWith({});
  writeAt(root, { 'portolan.yaml': `registries: [${outside}/PORTS.md]\n` });
  expect(portolan(root, ['check']).err).toContain(
    `\`${outside}/PORTS.md\` cannot be read; name a text file that is there and that you may read.`,
  );
});

test('a file in an npm package is read from the nearest node_modules and governs who names it', () => {
  const root = folderWith({
    'node_modules/@harbour/ports/PORTS.md': registry,
    'node_modules/@harbour/ports/index.js': 'throw new Error("nobody runs this");\n',
    'shop/portolan.yaml': 'registries: ["npm:@harbour/ports/PORTS.md"]\n',
    'shop/compose.yaml': compose,
    'other/compose.yaml': compose,
  });
  const run = portolan(root, ['check', '--format', 'json']);
  expect(run).toMatchObject({ status: 1, err: '' });
  const { findings } = JSON.parse(run.out);
  expect(findings).toMatchObject([
    { file: 'shop/compose.yaml', rule: 'port-mismatch', registry: 'node_modules/@harbour/ports/PORTS.md:5' },
  ]);
  expect(portolan(root, ['registries']).out).toContain('registry of the folder shop');
  writeAt(root, { 'shop/node_modules/@harbour/ports/PORTS.md': registry.replace('9006', '9007') });
  expect(portolan(root, ['check'])).toMatchObject({ status: 0, err: '' });
});

test('a package that is not there, or has no such file, is told with what would be right', () => {
  const root = folderWith({
    'node_modules/moorings/README.md': '# Moorings\n',
    'portolan.yaml': 'registries:\n  - npm:@harbour/ports/PORTS.md\n  - npm:moorings/PORTS.md\n',
  });
  expect(portolan(root, ['check']).err.split('\n')).toEqual([
    'portolan: portolan.yaml:2:5: `npm:@harbour/ports/PORTS.md` cannot be read, because @harbour/ports is in no node_modules folder from here up; install it.',
    'portolan: portolan.yaml:3:5: `npm:moorings/PORTS.md` cannot be read, because moorings has no text file PORTS.md; name one that it has.',
    '',
  ]);
});

test('a package that is itself a link counts, and a link that leads out of one does not', () => {
  const root = folderWith({
    'store/ports/PORTS.md': registry,
    'secret/PORTS.md': registry,
    'node_modules/.keep': '',
    'shop/portolan.yaml': 'registries: ["npm:ports/PORTS.md", "npm:ports/SECRET.md"]\n',
    'shop/compose.yaml': compose,
  });
  symlinkSync(`${root}/store/ports`, `${root}/node_modules/ports`);
  symlinkSync(`${root}/secret/PORTS.md`, `${root}/store/ports/SECRET.md`);
  const run = portolan(root, ['check', 'shop']);
  expect(run.out).toContain('port-mismatch');
  expect(run.err).toContain('`npm:ports/SECRET.md` cannot be read, because ports has no text file SECRET.md;');
});

test.each(['npm:', 'npm:moorings', 'npm:../PORTS.md', 'npm:moorings/../../PORTS.md', 'npm:moorings/a:b.md', 'npm:@/x'])(
  '%s names no file in a package',
  (written) => {
    const root = folderWith({ 'portolan.yaml': `registries: [${JSON.stringify(written)}]\n` });
    const run = portolan(root, ['check']);
    expect(run.status).toBe(2);
    expect(run.err).toContain('must be a file in a package, such as npm:@harbour/ports/PORTS.md.');
  },
);

const modules = '[submodule "ports"]\n\tpath = shared/ports\n\turl = ../ports.git\n';

test('a registry in a git submodule governs the folder that names it, though the folder be left out', () => {
  const root = folderWith({
    '.git/HEAD': '',
    '.gitmodules': modules.replace('shared', 'vendor'),
    'vendor/ports/.git': 'gitdir: ../../.git/modules/ports\n',
    'vendor/ports/PORTS.md': registry,
    'portolan.yaml': 'registries: [vendor/ports/PORTS.md]\n',
    'compose.yaml': compose,
  });
  const run = portolan(root, ['check', '--format', 'json']);
  expect(run).toMatchObject({ status: 1, err: '' });
  expect(JSON.parse(run.out).findings).toMatchObject([{ registry: 'vendor/ports/PORTS.md:5' }]);
});

test('a submodule that is not checked out is told', () => {
  const root = folderWith({
    '.git/HEAD': '',
    '.gitmodules': modules,
    'shop/portolan.yaml': 'registries: [../shared/ports/PORTS.md]\n',
    'shop/compose.yaml': compose,
  });
  const run = portolan(root, ['check', 'shop']);
  expect(run.err).toContain(
    'shop/portolan.yaml:1:14: `../shared/ports/PORTS.md` cannot be read, because the git submodule shared/ports is not checked out; run git submodule update --init shared/ports.',
  );
});
