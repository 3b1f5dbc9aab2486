import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from '../../schemas/output.schema.json' with { type: 'json' };
import { commands } from '../../server/src/cli/run.ts';
import type { ClaimRole, Form, Protocol, Scope, Side, UseRole } from '../../server/src/core/facts.ts';
import type { Level, Severity } from '../../server/src/core/finding.ts';
import type { Settings } from '../../server/src/core/settings/settings.ts';
import type { RegistryPattern } from '../../server/src/core/settings/sourceSettings.ts';
import { folderWith } from '../support/disk.ts';
import { inProcess } from '../support/inProcess.ts';
import { treasure } from '../support/treasure.ts';

/** What the commands print as JSON is what schemas/output.schema.json says of it, to the last field. */

type Definition = keyof typeof schema.$defs;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema(schema, 'output');

/** Why a value is not as it is defined. */
function wrongWith(definition: Definition, value: unknown): unknown {
  const validate = ajv.getSchema(`output#/$defs/${definition}`)!;
  return validate(value) ? undefined : { errors: validate.errors, value };
}

/** A workspace in which something is wrong in many ways, with one of each kind of claim and file. */
const harbour = {
  'portolan.yaml': `registries:
  - PORTS.md
  - { path: docs/berths.md, scope: { environment: production } }
aliases: { Tide Gauge: [gauge] }
environments: { "deploy/**": production }
stacks: [[compose.yaml, compose.night.yaml]]
rules: { unused-claim: hint }
`,
  'PORTS.md': `# Port registry of the harbour

## Berths (4100-4109)

| Port | Service | Protocol | Environment | Notes |
| --- | --- | --- | --- | --- |
| 4100 | pilot-roster | tcp | | formerly 4001 |
| 4101 | Tide Gauge | udp | production | |
| 4102 | ice-watch | | | reserved |
| 4103-4104 | buoys | | | |
| 4105 | lamp | | | |

Never use 4108.
`,
  'docs/berths.md': '# Berths\n\n| Service | Port |\n| --- | --- |\n| pilot-roster | 4107 |\n',
  'compose.yaml': `services:
  pilot-roster:
    ports: ["4109:80", "\${GAUGE_PORT}:81/udp"]
  stray:
    ports: ["4101:80", "4777:80", "70000:80"]
    environment: { ROSTER_URL: "http://pilot-roster:4109/" }
`,
  'compose.night.yaml': 'services:\n  lamp:\n    ports: ["4105:90"]\n',
  '.env': 'GAUGE_PORT=4101\n',
  'nginx.conf': 'server { listen 80; location / { proxy_pass http://pilot-roster:4109; } }\n',
  '.git/HEAD': '',
};

const workspaces = { harbour, treasure: { ...treasure, '.git/HEAD': '' }, empty: { '.git/HEAD': '' } };

/** Every way to get JSON, and the definition of what is printed, or of each of its lines. */
const outputs: readonly (readonly [string, Definition, 'whole' | 'lines'])[] = [
  ['check --format json', 'check', 'whole'],
  ['check --format json --quiet', 'check', 'whole'],
  ['check --format json --stdin-file compose.yaml', 'check', 'whole'],
  ['check --format jsonl', 'finding', 'lines'],
  ['check --print-config compose.yaml', 'settings', 'whole'],
  ['facts --format jsonl', 'fact', 'lines'],
  ['registries --format json', 'registries', 'whole'],
  ['who 4101 --format json', 'who', 'whole'],
  ['who pilot-roster --format json', 'who', 'whole'],
  ['who quay --format json', 'who', 'whole'],
  ['who nobody --format json', 'who', 'whole'],
  ['next --format json', 'next', 'whole'],
  ['next --format json --count 3 --service lamp', 'next', 'whole'],
  ['next --format json --count 3 --range 5000-5001', 'next', 'whole'],
  ['next --format json --range 1-9', 'next', 'whole'],
  ['move lamp 4106 --format json', 'move', 'whole'],
  ['move lamp 4106 --format json --write', 'move', 'whole'],
  ['move lamp 4100 --format json', 'move', 'whole'],
  ['move nobody 70000 --from 4100 --format json', 'move', 'whole'],
  ['init NEW_PORTS.md --format json', 'init', 'whole'],
  ['init NEW_PORTS.md --format json --write', 'init', 'whole'],
  ['audit --format json', 'audit', 'whole'],
  ['export --format json --name harbour/berths', 'export', 'whole'],
];

describe.each(Object.keys(workspaces) as (keyof typeof workspaces)[])('in the workspace %s', (name) => {
  test.each(outputs)('portolan %s prints a %s', async (line, definition, form) => {
    const { status, out } = await inProcess(folderWith(workspaces[name]), line.split(' '), harbour['compose.yaml']);
    if (status === 2 && name !== 'harbour') return expect(out).toBe('');
    const values =
      form === 'whole'
        ? [JSON.parse(out)]
        : out
            .split('\n')
            .slice(0, -1)
            .map((one) => JSON.parse(one));
    for (const value of values) expect(wrongWith(definition, value)).toBeUndefined();
    if (name === 'harbour') expect(values).not.toEqual([]);
  });
});

test('merge prints lines, and the baseline is a file, of which each is as defined', async () => {
  const root = folderWith(harbour);
  const berths = { version: 1, repository: 'berths', claims: [], uses: [{ port: 4777, at: 'compose.yaml:2:1' }] };
  const other = {
    ...berths,
    repository: 'docks',
    claims: [{ role: 'assignment', port: 4100, service: 'dock', at: 'P:1:1' }],
  };
  const exports = folderWith({ 'a.json': (await inProcess(root, ['export'])).out, 'b.json': JSON.stringify(other) });
  const { status, out } = await inProcess(exports, ['merge', '.', '--format', 'jsonl']);
  const lines = out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(status).toBe(1);
  expect(new Set(lines.map(({ problem }) => problem))).toEqual(new Set(['claimed-twice', 'unknown-use', 'unused']));
  for (const line of lines) expect(wrongWith('merge', line)).toBeUndefined();
  expect(wrongWith('export', other)).toBeUndefined();
  await inProcess(root, ['check', '--update-baseline']);
  const baseline = JSON.parse(readFileSync(`${root}/portolan-baseline.json`, 'utf8'));
  expect(Object.keys(baseline)).not.toEqual([]);
  expect(wrongWith('baseline', baseline)).toBeUndefined();
});

test('the harbour is so wrong that every field has something in it', async () => {
  const root = folderWith(harbour);
  const json = async (line: string) => JSON.parse((await inProcess(root, line.split(' '))).out);
  const { findings } = await json('check --format json');
  expect(findings.some(({ fixes }: { fixes: unknown[] }) => fixes.length > 0)).toBe(true);
  expect(findings.some(({ related }: { related: unknown[] }) => related.length > 0)).toBe(true);
  expect(await json('who 4101 --format json')).toMatchObject({
    query: '4101',
    found: true,
    owners: ['Tide Gauge'],
    claims: [
      { file: 'PORTS.md', role: 'range' },
      { file: 'PORTS.md', line: 8, service: 'Tide Gauge', protocol: 'udp' },
    ],
    uses: expect.arrayContaining([
      expect.objectContaining({ file: '.env', via: 'GAUGE_PORT', service: 'pilot-roster' }),
    ]),
  });
  expect(await json('next --service lamp --format json')).toEqual({
    version: 1,
    ports: [{ port: 4106, group: 'Berths' }],
  });
  expect(await json('move lamp 4106 --format json')).toMatchObject({
    service: 'lamp',
    from: 4105,
    to: 4106,
    written: false,
    refused: null,
    edits: [
      { file: 'PORTS.md', line: 11, column: 3, endLine: 11, endColumn: 7, newText: '4106' },
      { file: 'compose.night.yaml', newText: '4106' },
    ],
  });
  expect(await json('move lamp 4100 --format json')).toMatchObject({
    service: 'lamp',
    from: null,
    to: 4100,
    refused: expect.stringMatching(/^4100 is given to "pilot-roster"/),
    edits: [],
  });
});

test('with exit status 2 nothing is printed, whatever the format', async () => {
  const broken = folderWith({ ...harbour, 'portolan.yaml': 'rules: { no-such-rule: off }\n' });
  for (const [line] of outputs) {
    expect(await inProcess(broken, line.split(' '))).toEqual({
      status: 2,
      out: '',
      err: expect.stringMatching(/^portolan\.yaml:1:\d+: .+\.\n$/),
    });
  }
});

test('every command has JSON to give, and all of it is tested', () => {
  const others = ['mcp', 'completions', 'man'];
  const json = commands.flatMap(({ name, options }) =>
    (options.format?.choices ?? []).filter((choice) => /^jsonl?$/.test(choice)).map((choice) => `${name} ${choice}`),
  );
  const names = new Set(json.map((one) => one.split(' ')[0]));
  expect(commands.map(({ name }) => name).filter((name) => !names.has(name))).toEqual(others);
  const tested = outputs.map(([line]) => /^(\w+).*--format (jsonl?)/.exec(line)?.slice(1).join(' '));
  expect(json.filter((one) => !tested.includes(one))).toEqual(['merge jsonl']);
});

test('the schema has the vocabulary of the code', () => {
  const sides = { host: 0, container: 0, any: 0 } satisfies Record<Side, 0>;
  const protocols = { tcp: 0, udp: 0, sctp: 0 } satisfies Record<Protocol, 0>;
  const severities = { error: 0, warning: 0, information: 0, hint: 0 } satisfies Record<Severity, 0>;
  const levels = { ...severities, off: 0 } satisfies Record<Level, 0>;
  const claimRoles = { assignment: 0, range: 0, reserved: 0, forbidden: 0, free: 0, former: 0 } satisfies Record<
    ClaimRole,
    0
  >;
  const useRoles = {
    ...{ published: 0, target: 0, exposed: 0, listen: 0, upstream: 0, proxy: 0 },
    ...{ environment: 0, healthcheck: 0, command: 0, label: 0, url: 0 },
  } satisfies Record<UseRole, 0>;
  const forms = {
    ...{ table: 0, list: 0, heading: 0, text: 0, fence: 0, yaml: 0, json: 0 },
    ...{ compose: 0, nginx: 0, dotenv: 0, dockerfile: 0, prometheus: 0, kubernetes: 0, traefik: 0, caddy: 0 },
    ...{ package: 0, workflow: 0, devcontainer: 0, systemd: 0, procfile: 0, makefile: 0 },
  } satisfies Record<Form, 0>;
  const { side, protocol, severity, level, claimRole, useRole, form } = schema.$defs;
  const said = { side, protocol, severity, level, claimRole, useRole, form };
  expect(Object.values(said).map((definition) => definition.enum)).toEqual(
    [sides, protocols, severities, levels, claimRoles, useRoles, forms].map((words) => Object.keys(words)),
  );
});

test('the schema has the settings of the code', () => {
  const lists = { registries: 0, include: 0, exclude: 0 };
  const settings = { ...lists, aliases: 0, environments: 0, stacks: 0, rules: 0 } satisfies Record<
    keyof Settings,
    number
  >;
  const registry = { path: 0, integrity: 0, scope: 0, name: 0, folder: 0, isShared: 0 } satisfies Record<
    keyof RegistryPattern,
    0
  >;
  const scope = { environment: 0, machine: 0, project: 0, path: 0, address: 0 } satisfies Record<keyof Scope, 0>;
  const { properties } = schema.$defs.settings;
  const said = [properties, properties.registries.items.properties, schema.$defs.scope.properties];
  expect(said.map((one) => Object.keys(one))).toEqual([settings, registry, scope].map((one) => Object.keys(one)));
});
