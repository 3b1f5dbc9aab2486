import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import picomatch from 'picomatch';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { rules } from '../../server/src/core/rules/index.ts';
import { parseSettings } from '../../server/src/core/settings/settings.ts';
import { folderWith } from '../support/disk.ts';
import { documented } from '../support/documented.ts';
import { does } from '../support/realEditors.ts';

const SERVER = 'portolan-language-server';

interface Started {
  readonly command: unknown;
  readonly args?: readonly string[];
  readonly config?: { readonly portolan: unknown };
  readonly settings?: { readonly portolan: unknown; readonly 'portolan.rules': unknown };
  readonly use?: string;
  readonly highlightingModeRegex: string;
}

/** The blocks of a section of the page, each read. */
function read<T>(heading: string, language: 'toml' | 'json'): T[] {
  const parse = language === 'toml' ? parseToml : JSON.parse;
  return documented('editors.md', heading, language).map((text) => parse(text) as T);
}

// The configurations of editors that cannot be started here.
const [helix] = read<{ 'language-server': { portolan: Started } }>('Helix', 'toml');
const [zedExtension, zedCrate] = read('Zed', 'toml');
const [zedSettings] = read<{ lsp: { portolan: Started } }>('Zed', 'json');
const [sublime] = read<{ clients: { portolan: Started } }>('Sublime Text', 'json');
const [kate] = read<{ servers: Record<string, Started> }>('Kate', 'json');
const jetBrains = documented('editors.md', 'IntelliJ and other JetBrains editors', 'json');
const lsp4ij: {
  readonly programArgs: { readonly default: string; readonly windows: string };
  readonly fileTypeMappings: readonly { readonly fileType: { readonly patterns: readonly string[] } }[];
} = JSON.parse(jetBrains[0]!);

/** Each with the name of the schema that tells, after the documentation of its editor, what it has to be. */
const configurations = { helix, zedExtension, zedCrate, zedSettings, sublime, kate, lsp4ij };

describe.each(Object.entries(configurations))('%s', (name, configuration) => {
  const schema = JSON.parse(readFileSync(new URL(`schemas/${name}.json`, import.meta.url), 'utf8'));
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

  test('is as its editor wants it', () => {
    validate(configuration);
    expect(validate.errors).toBeNull();
  });

  test('would be refused without what is needed, or with what nobody knows', () => {
    for (const key of schema.required) expect(validate({ ...(configuration as object), [key]: undefined })).toBe(false);
    expect(validate({ ...(configuration as object), sextant: true })).toBe(false);
  });
});

test('every editor starts the program that the package brings, over its standard streams', () => {
  expect(Object.keys(manifest.bin)).toContain(SERVER);
  const { command, args = [] } = helix!['language-server'].portolan;
  expect([command, ...args]).toEqual([SERVER, '--stdio']);
  expect(sublime!.clients.portolan.command).toEqual([SERVER, '--stdio']);
  expect(kate!.servers.yaml!.command).toEqual([SERVER, '--stdio']);
  expect(lsp4ij.programArgs.default).toBe(`${SERVER} --stdio`);
  expect(lsp4ij.programArgs.windows).toBe(`${SERVER}.cmd --stdio`);
  const [extension] = documented('editors.md', 'Zed', 'rust');
  expect(extension).toContain(`.which("${SERVER}")`);
  expect(extension).toContain('args: vec!["--stdio".into()]');
});

test('Kate finds every server that a language shares, and its highlighting by an expression', () => {
  for (const { use = 'yaml', highlightingModeRegex } of Object.values(kate!.servers)) {
    expect(kate!.servers).toHaveProperty(use);
    expect(
      'YAML Markdown Dockerfile'.split(' ').filter((mode) => new RegExp(highlightingModeRegex).test(mode)),
    ).toHaveLength(1);
  }
});

test.each([
  'PORTS.md',
  'compose.yaml',
  'docker-compose.yml',
  'ports.json',
  'nginx.conf',
  'Dockerfile',
  '.env',
  '.env.example',
])('IntelliJ opens the server for %s', (name) => {
  const patterns = lsp4ij.fileTypeMappings.flatMap(({ fileType }) => fileType.patterns);
  expect(picomatch.isMatch(name, patterns, { dot: true })).toBe(true);
});

test('every setting that the page shows is one', () => {
  const examples = [
    helix!['language-server'].portolan.config?.portolan,
    zedSettings!.lsp.portolan.settings?.portolan,
    { rules: sublime!.clients.portolan.settings?.['portolan.rules'] },
    kate!.servers.yaml!.settings?.portolan,
    JSON.parse(jetBrains[1]!).portolan,
  ];
  const known = rules.map(({ id }) => id);
  for (const example of examples) {
    expect(parseSettings(example, known)).toMatchObject({
      settings: { rules: { 'port-mismatch': 'warning' } },
      problems: [],
    });
  }
});

/** What `vim.lsp.config` and `vim.lsp.enable` would be told: https://neovim.io/doc/user/lsp.html#vim.lsp.config() */
const recorder = `
local told = {}
vim.lsp.config = function(name, config) told[name] = config end
vim.lsp.enable = function(name) told.enabled = name end
dofile(os.getenv('SNIPPET'))
io.stdout:write(vim.json.encode(told))
`;

test.runIf(does('nvim', '--version'))('Neovim from 0.11 on is told the program, the root and the settings', () => {
  const [snippet] = documented('editors.md', 'Neovim', 'lua');
  const folder = folderWith({ 'snippet.lua': snippet!.replace('-- settings', 'settings'), 'record.lua': recorder });
  const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${folder}/record.lua`, '-c', 'qall!'];
  const { stdout } = spawnSync('nvim', args, {
    encoding: 'utf8',
    env: { ...process.env, SNIPPET: `${folder}/snippet.lua` },
  });
  expect(JSON.parse(stdout)).toEqual({
    enabled: 'portolan',
    portolan: {
      cmd: [SERVER, '--stdio'],
      root_markers: ['.git'],
      settings: { portolan: { rules: { 'port-mismatch': 'warning' } } },
    },
  });
});
