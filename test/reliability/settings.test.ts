import { expect, test } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import { Index } from '../../server/src/core/model/index.ts';
import { parseConfig, parseSettings } from '../../server/src/core/settings/settings.ts';
import { takePreferences } from '../../server/src/lsp/connection/preferences.ts';
import { folderWith } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

/** What hostile settings and names could do: hang the server by their globs, or change what all objects have. */

const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];

/** Fails when any object has got something that it did not have. */
function expectClean(): void {
  const bare: Record<string, unknown> = {};
  expect([bare.polluted, bare.ports, bare.port, Object.keys(Object.prototype)]).toEqual([
    undefined,
    undefined,
    undefined,
    [],
  ]);
}

test.each(inherited)('%s is a name like any other', (name) => {
  const key = JSON.stringify(name);
  const texts: Record<string, string> = {
    'PORTS.md': `# Ports\n\n| Port | Service |\n| --- | --- |\n| 9600 | ${name} |\n| 9601 | quay |\n`,
    'port-registry.yaml': `services:\n  ${key}: { port: 9600, polluted: true, aliases: [${key}] }\n${key}: { polluted: 1 }\n`,
    'ports.json': `{ "services": { ${key}: { "port": 9600, "polluted": true } }, ${key}: { "polluted": true } }`,
    'compose.yaml': `name: ${key}\nservices:\n  ${key}:\n    image: ${key}\n    ports: ["9610:80"]\n    environment: { ${key}: 9611, PORT: 9612 }\n    labels: { ${key}: "9613" }\n    extends: { service: ${key} }\n  quay: { depends_on: [${key}], ports: ["9614:80"], environment: { URL: "http://${name}:9615" } }\n`,
    'nginx.conf': `upstream ${name} { server ${name}:9616; }\nserver { listen 80; location / { proxy_pass http://${name}; } }\n`,
    '.env': `${name}=9617\n${name}_PORT=9618\n`,
    Dockerfile: `FROM ${name} AS ${name.toLowerCase()}\nARG ${name}=9619\nENV ${name}=9620 PORT=$${name}\nEXPOSE \${${name}}\n`,
  };
  const settings = parseConfig(
    `${key}: { polluted: true }\naliases: { ${key}: [${key}] }\nrules: { ${key}: error }\nenvironments: { ${key}: ${key} }\n`,
    ['port-mismatch'],
  );
  expect(settings.problems.map(({ message }) => message).join('\n')).toContain(`There is no setting \`${name}\``);
  expect(settings.problems.map(({ message }) => message).join('\n')).toContain(`There is no rule \`${name}\``);
  const index = new Index(settings.settings);
  for (const [path, text] of Object.entries(texts)) {
    const facts = read(`/w/${path}`, text);
    if (facts) index.put(facts);
  }
  const found = [...index.files()].flatMap(({ path }) => check(path, index));
  const differs = found.find(({ path, rule }) => path === '/w/compose.yaml' && rule === 'port-mismatch');
  expect(differs).toMatchObject({ service: name, port: 9610, expected: [9600] });
  expectClean();
});

test.each(inherited)('%s is no setting of the editor', (name) => {
  const section = JSON.parse(
    `{ ${JSON.stringify(name)}: { "polluted": true, "enabled": false }, "codeLens": { "enabled": true } }`,
  );
  const { preferences, rest } = takePreferences(section);
  expect(preferences.codeLens).toBe(true);
  expect(Object.keys(rest as object)).toEqual([name]);
  expect(Object.getPrototypeOf(rest)).toBe(Object.prototype);
  expect(parseSettings(rest, []).problems).toEqual([expect.stringContaining(`There is no setting \`${name}\``)]);
  expectClean();
});

const globs = [
  ...[
    '+(a|a)b',
    '*(a*)b',
    '+(+(a))b',
    '!(!(a)*)b',
    '(a+)+b',
    '((a*)*)*b',
    '{1..1000000}',
    '{a,b}'.repeat(30),
    '{a,'.repeat(2000),
  ],
  ...[
    '*a'.repeat(60) + 'b',
    '**/'.repeat(200) + 'b',
    '**/a*/'.repeat(60) + 'b',
    '@('.repeat(9000),
    '['.repeat(9000),
    '?(a)'.repeat(900),
  ],
  ...['\\'.repeat(999), '[z-a]', '[!]', '{', '}', '', '/', '**', '!', '!!', '.', '..', '{,}', '@()', '\0'],
];

test('no glob in the settings keeps anybody waiting', async () => {
  const list = JSON.stringify(globs.map((glob) => `deep/${glob}`));
  const named = Object.fromEntries(globs.map((glob) => [`deep/${glob}`, 'test']));
  const config = `include: ["**"]\nexclude: ${list}\nregistries: ${list}\nenvironments: ${JSON.stringify(named)}\nstacks: [${list}]\n`;
  const long = `deep/${'a'.repeat(200)}/${'a/'.repeat(100)}`;
  const root = folderWith({
    'PORTS.md': registry,
    'compose.yaml': compose,
    'portolan.yaml': config,
    '.gitignore': `${globs.join('\n').replaceAll('\0', '')}\n!*.yaml\n!*.md\n!deep\n`,
    [`${long}compose.yaml`]: compose,
    [`${long}${'a'.repeat(200)}.md`]: registry,
  });
  const began = process.cpuUsage();
  const editor = await startEditor({ folders: [root], settings: { exclude: globs.map((glob) => `deep/${glob}`) } });
  await editor.open(`${root}/compose.yaml`, compose);
  await editor.settled();
  await editor.until(() => editor.published.has(`file://${root}/portolan.yaml`));
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(5000);
  expect(editor.squiggles(`${root}/compose.yaml`).every((one) => one === wrongPort)).toBe(true);
});
