import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import lock from '../package-lock.json' with { type: 'json' };
import { rules } from '../server/src/core/rules/index.ts';
import { folderWith, writeAt } from './support/disk.ts';
import { editorOver } from './support/editor.ts';
import { compose, registry, wrongPort } from './support/harbour.ts';
import { unzipped } from './support/zip.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'portolan-packages-'));
const [vsix, tgz] = ['vsix', 'tgz'].map((kind) => join(out, `portolan-${manifest.version}.${kind}`)) as [
  string,
  string,
];

/** Runs a program to its end; what it says is part of the failure. */
function run(cwd: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} gave ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const rulePages = rules.map(({ id }) => `docs/rules/${id}.md`);
/** A page beside those of the rules, of which there may be more. */
const isOtherPage = (file: string) => /^docs\/[\w/-]+\.md$/.test(file) && !rulePages.includes(file);

// Two copies of the project are built one after the other, and what comes of it has to be the same.
beforeAll(() => void run(root, process.execPath, 'scripts/reproducible.mjs', '--out', out), 600_000);
afterAll(() => rmSync(out, { recursive: true }));

describe('the extension', () => {
  const inside = () => unzipped(readFileSync(vsix));
  const text = (name: string) => inside().get(name)!.toString();

  test('holds what it should and nothing else, in less than 1 MB', () => {
    const files = [...inside().keys()].map((file) => file.replace(/^extension\//, ''));
    const languages = ['de', 'es', 'pt-br', 'zh-cn'];
    const expected = [
      ...['[Content_Types].xml', 'extension.vsixmanifest', 'package.json', 'package.nls.json'],
      ...['readme.md', 'changelog.md', 'LICENSE.txt', 'SECURITY.md', 'SUPPORT.md', 'THIRD_PARTY_NOTICES.md'],
      ...languages.flatMap((language) => [`package.nls.${language}.json`, `l10n/bundle.l10n.${language}.json`]),
      ...['extension.cjs', 'server.cjs', 'engine.cjs', 'yaml.cjs', 'markdown-it.cjs'].map((file) => `dist/${file}`),
      ...['browser.cjs.js', 'server.worker.js', 'map.js', 'map.css'].map((file) => `dist/${file}`),
      ...['images/icon.png', 'images/ports.svg'],
      ...['fix', 'map', 'mismatch', 'registry'].map((step) => `images/walkthrough/${step}.svg`),
      ...['portolan', 'registry'].map((schema) => `schemas/${schema}.schema.json`),
      ...['markdown', 'registry', 'settings'].map((kind) => `snippets/${kind}.json`),
      ...['ignore-directive', 'ignore-hash', 'ignore-html', 'registry-ports'].map(
        (grammar) => `syntaxes/${grammar}.tmLanguage.json`,
      ),
      ...rulePages,
    ];
    expect(files.filter((file) => !isOtherPage(file)).sort()).toEqual(expected.sort());
    expect(readFileSync(vsix).length).toBeLessThan(1024 * 1024);
  });

  test('tells a marketplace what it wants to know', () => {
    const said = text('extension.vsixmanifest');
    expect(said).toContain(
      `<Identity Language="en-US" Id="portolan" Version="${manifest.version}" Publisher="portolan"`,
    );
    for (const asset of ['Icons.Default', 'Content.Details', 'Content.Changelog', 'Content.License'])
      expect(said).toContain(`Type="Microsoft.VisualStudio.Services.${asset}"`);
    expect(said).toContain('<Categories>Linters,Visualization</Categories>');
    expect(said).toContain('<GalleryFlags>Public</GalleryFlags>');
    for (const link of ['Source', 'Getstarted', 'Support', 'Learn'])
      expect(said).toContain(`Microsoft.VisualStudio.Services.Links.${link}" Value="https://github.com/`);
    expect(said).toContain('Microsoft.VisualStudio.Services.Branding.Color" Value="#12324a"');
    expect(said.match(/<Badge /g)).toHaveLength(manifest.badges.length);
  });

  test('has an icon that every marketplace takes', () => {
    const icon = inside().get(`extension/${manifest.icon}`)!;
    expect(icon.toString('latin1', 1, 4)).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
  });

  test('says of itself only what an editor has to know', () => {
    const own = JSON.parse(text('extension/package.json'));
    for (const key of ['dependencies', 'devDependencies', 'scripts', 'bin', 'exports'])
      expect(own).not.toHaveProperty(key);
    for (const entry of [own.main, own.browser]) {
      const file = posix.join('extension', entry);
      expect(inside().has(file) || inside().has(`${file}.js`)).toBe(true);
    }
  });
});

describe('the package for npm', () => {
  const files = () =>
    run(out, 'tar', '-tzf', tgz)
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, ''));

  test('holds what it should and nothing else', () => {
    const expected = [
      ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
      ...['SECURITY.md', 'SUPPORT.md', 'THIRD_PARTY_NOTICES.md'],
      ...['cli.cjs', 'mcp.cjs', 'server.cjs', 'engine.cjs', 'yaml.cjs', 'markdown-it.cjs', 'api.cjs', 'api.d.cts'].map(
        (file) => `dist/${file}`,
      ),
      ...['output', 'portolan', 'registry'].map((schema) => `schemas/${schema}.schema.json`),
      ...rulePages,
    ];
    expect(
      files()
        .filter((file) => !isOtherPage(file))
        .sort(),
    ).toEqual(expected.sort());
  });

  test('needs nothing that does not come along', async () => {
    const folder = folderWith({});
    run(folder, 'tar', '-xzf', tgz);
    const own = JSON.parse(readFileSync(`${folder}/package/package.json`, 'utf8'));
    expect(Object.keys(own).filter((key) => /dependencies|scripts|contributes/i.test(key))).toEqual([]);
    // What a program requires and is neither Node's nor beside it could not be bundled.
    const programs = files().filter((file) => file.endsWith('.cjs'));
    const entryPoints = programs.map((file) => join(folder, 'package', file));
    const again = {
      entryPoints,
      bundle: true,
      write: false,
      outdir: folder,
      platform: 'node',
      logLevel: 'silent',
    } as const;
    expect((await build(again)).errors).toEqual([]);
  });

  /** Another project, in which the package has been installed without a network. */
  function project(sources: Record<string, string> = {}): string {
    const folder = folderWith({ 'package.json': '{ "private": true, "type": "module" }', ...sources });
    const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    run(folder, 'npm', 'install', ...quiet, '--cache', join(folder, 'cache'), tgz);
    return folder;
  }

  test('is installed alone, and both of its programs run', async () => {
    const folder = project({ 'PORTS.md': registry, 'compose.yaml': compose });
    expect(readdirSync(`${folder}/node_modules`).filter((name) => !name.startsWith('.'))).toEqual(['portolan']);
    const bin = `${folder}/node_modules/.bin`;
    expect(run(folder, `${bin}/portolan`, '--version')).toBe(`${manifest.version}\n`);
    const checked = spawnSync(`${bin}/portolan`, ['check'], { cwd: folder, encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 1, stdout: expect.stringContaining('port-mismatch'), stderr: '' });

    const initialize = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'tender', version: '1' },
    };
    const input = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize })}\n`;
    const agent = spawnSync(`${bin}/portolan`, ['mcp'], { cwd: folder, encoding: 'utf8', input });
    expect(agent).toMatchObject({ stdout: expect.stringContaining('"serverInfo"'), stderr: '' });

    const server = spawn(`${bin}/portolan-language-server`, ['--stdio'], { stdio: 'pipe' });
    const editor = await editorOver(server).start({ folders: [folder] });
    await editor.sees(`${folder}/compose.yaml`, [wrongPort]);
    await editor.connection.sendRequest('shutdown');
    const ended = once(server, 'exit');
    await editor.connection.sendNotification('exit');
    expect(await ended).toEqual([0, null]);
  });

  test('is imported and required, and finds what the command line finds', () => {
    const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };
    const folder = project({
      'import.js': `import { check, checkFolder } from 'portolan';
        const texts = ${JSON.stringify(harbour)};
        console.log(JSON.stringify([check(texts), await checkFolder('harbour')]));`,
      'require.cjs': `console.log(Object.keys(require('portolan')).join());`,
      'wrong.js': `import { check } from 'portolan'; check({ 'berths/portolan.yaml': 'rulez: {}' });`,
    });
    writeAt(folder, Object.fromEntries(Object.entries(harbour).map(([name, text]) => [`harbour/${name}`, text])));
    const [ofTexts, ofFolder] = JSON.parse(run(folder, process.execPath, 'import.js'));
    const program = `${folder}/node_modules/.bin/portolan`;
    const told = spawnSync(program, ['check', '--format', 'json'], { cwd: `${folder}/harbour`, encoding: 'utf8' });
    const { findings } = JSON.parse(told.stdout);
    expect(findings).toHaveLength(1);
    expect(ofTexts).toEqual(findings);
    expect(ofFolder).toEqual(findings);
    expect(run(folder, process.execPath, 'require.cjs')).toBe('check,checkFolder\n');
    expect(() => run(folder, process.execPath, 'wrong.js')).toThrow('berths/portolan.yaml:1:1: ');
  });

  test('does what its page says', () => {
    const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
    const [inTest, ofTexts] = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code!);
    const folder = project({
      'ports.test.js': inTest!,
      'texts.js': ofTexts!,
      'PORTS.md': registry,
      'compose.yaml': compose,
    });
    const said = spawnSync(process.execPath, ['--test', 'ports.test.js'], { cwd: folder, encoding: 'utf8' });
    expect(said).toMatchObject({ status: 1, stdout: expect.stringContaining('compose.yaml:5: ') });
    expect(`// ${run(folder, process.execPath, 'texts.js')}`).toBe(ofTexts!.split('\n').at(-2) + '\n');
  });

  test('has types for every way in which modules are found', () => {
    const source = `import { type Finding, check, checkFolder } from 'portolan';
      const found: readonly Finding[] = check({ 'PORTS.md': '' });
      export const lines: number[] = [...found, ...(await checkFolder('.'))].map(({ line }) => line);
      // @ts-expect-error: texts are texts
      check({ 'PORTS.md': 4100 });\n`;
    const required = `import portolan = require('portolan');\nexport const found: number = portolan.check({}).length;\n`;
    const folder = project({ 'esm.mts': source, 'cjs.cts': required });
    const compiled = (module: string, moduleResolution: string, file: string) => {
      const options = { module, moduleResolution, target: 'es2022', lib: ['es2022'], strict: true, noEmit: true };
      writeAt(folder, { 'tsconfig.json': JSON.stringify({ compilerOptions: options, files: [file] }) });
      return run(folder, process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', folder);
    };
    expect(compiled('node16', 'node16', 'esm.mts')).toBe('');
    expect(compiled('node16', 'node16', 'cjs.cts')).toBe('');
    expect(compiled('esnext', 'bundler', 'esm.mts')).toBe('');
  });
});

describe.each(['vsix', 'tgz'])('the list of what is in the %s', (kind) => {
  const list = () => JSON.parse(readFileSync(join(out, `portolan-${manifest.version}.${kind}.cdx.json`), 'utf8'));

  test('is CycloneDX', () => {
    const schema = (name: string) => JSON.parse(readFileSync(join(root, `test/schemas/${name}.json`), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const part of ['spdx', 'jsf-0.82'])
      ajv.addSchema(schema(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
    const validate = ajv.compile(schema('cyclonedx-1.5'));
    validate(list());
    expect(validate.errors).toBe(null);
  });

  test('names what the lock file names, and nothing twice', () => {
    const { components, dependencies } = list();
    const names: string[] = components.map((one: { 'bom-ref': string }) => one['bom-ref']);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(`pkg:npm/yaml@${manifest.devDependencies.yaml}`);
    for (const { ref, dependsOn } of dependencies) {
      expect([...names, `pkg:npm/portolan@${manifest.version}`]).toContain(ref);
      for (const one of dependsOn) expect(names).toContain(one);
    }
    const yaml = components.find(({ name }: { name: string }) => name === 'yaml');
    const { integrity } = lock.packages['node_modules/yaml'];
    expect(yaml.hashes).toEqual([
      { alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') },
    ]);
  });

  test('has nothing that is not in the notices', () => {
    const notices = readFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8');
    for (const { group, name, version } of list().components)
      expect(notices).toContain(`| ${group ? `${group}/` : ''}${name} | ${version} |`);
  });
});
