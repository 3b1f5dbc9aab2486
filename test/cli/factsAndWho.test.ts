import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

test('facts prints every claim and use, one a line, in a fixed order of fields', () => {
  const root = folderWith({
    'docs/PORTS.md': registry,
    'compose.yaml': 'services:\n  billing-api:\n    ports: ["${BILLING_PORT}:8000", "9010-9012:9010-9012/udp"]\n',
    '.env': 'SECRET=hunter2\n',
  });
  expect(portolan(root, ['facts', '--format', 'jsonl'])).toMatchObject({ status: 0, err: '' });
  expect(portolan(root, ['facts']).out).toMatchInlineSnapshot(`
    "{"file":"compose.yaml","line":3,"column":14,"endColumn":29,"kind":"use","role":"published","port":null,"endPort":null,"protocol":"tcp","side":"host","service":"billing-api","container":null,"scope":null,"form":"compose","via":"BILLING_PORT"}
    {"file":"compose.yaml","line":3,"column":30,"endColumn":34,"kind":"use","role":"target","port":8000,"endPort":null,"protocol":"tcp","side":"container","service":"billing-api","container":null,"scope":null,"form":"compose"}
    {"file":"compose.yaml","line":3,"column":38,"endColumn":47,"kind":"use","role":"published","port":9010,"endPort":9012,"protocol":"udp","side":"host","service":"billing-api","container":null,"scope":null,"form":"compose"}
    {"file":"compose.yaml","line":3,"column":48,"endColumn":57,"kind":"use","role":"target","port":9010,"endPort":9012,"protocol":"udp","side":"container","service":"billing-api","container":null,"scope":null,"form":"compose"}
    {"file":"docs/PORTS.md","line":5,"column":17,"endColumn":21,"kind":"claim","role":"assignment","port":9006,"endPort":null,"protocol":null,"side":"host","service":"billing-api","container":null,"scope":null,"form":"table","authority":"registry"}
    {"file":"docs/PORTS.md","line":6,"column":17,"endColumn":21,"kind":"claim","role":"assignment","port":9010,"endPort":null,"protocol":null,"side":"host","service":"reports-web","container":null,"scope":null,"form":"table","authority":"registry"}
    "
  `);
  expect(portolan(root, ['facts', '.', 'docs', 'docs/PORTS.md']).out).toBe(portolan(root, ['facts']).out);
  expect(portolan(`${root}/docs`, ['facts', '../compose.yaml']).out).toMatch(/^\{"file":"\.\.\/compose\.yaml",/);
});

test('check hides the passwords of a URL whose port it marks', () => {
  const root = folderWith({
    'compose.yaml':
      'services:\n  db: {image: postgres, ports: ["5433:5432"]}\n  app:\n    environment:\n      DB: postgres://me:hunter2@db:5433/x\n',
  });
  const { out } = portolan(root, ['check']);
  expect(out).toContain('DB: **********************db:5433**\n');
});

test('neither facts nor check print the values of other variables', () => {
  const root = folderWith({
    'PORTS.md': registry,
    'compose.yaml': `${compose}    environment:\n      PASSWORD: hunter2\n      DATABASE_URL: postgres://admin:hunter2@db:5432/x\n`,
    '.env': 'TOKEN=hunter2\nPORT=9007\n',
  });
  expect(portolan(root, ['facts']).out).not.toContain('hunter2');
  expect(portolan(root, ['check', '-f', 'json']).out).not.toContain('hunter2');
});

test('facts --explain tells why a line was read, also of a file in which nothing was', () => {
  const root = folderWith({
    'docs/PORTS.md': registry,
    'compose.yaml': compose,
    'notes.md': '# Notes\n\nPort 9006 hums.\n',
  });
  const run = portolan(root, ['facts', '--explain', 'docs/PORTS.md:5']);
  expect(run).toMatchObject({ status: 0, err: '' });
  expect(run.out).toContain('docs/PORTS.md:5\n  Form: a row of a table.\n');
  expect(portolan(root, ['facts', '--explain', '5', 'docs/PORTS.md']).out).toBe(run.out);
  expect(portolan(root, ['facts', '--explain', 'notes.md:3']).out).toContain('Not read: ');
});

test.each([
  [['facts', '--explain', '5'], 'Name one line of one file'],
  [['facts', '--explain', 'x', 'PORTS.md'], 'Name one line of one file'],
  [['facts', '--explain', 'PORTS.md:4711'], 'PORTS.md has no line 4711'],
])('%j says what is wrong', (args, sentence) => {
  const run = portolan(folderWith({ 'PORTS.md': registry }), args);
  expect(run.status).toBe(2);
  expect(run.err).toContain(sentence);
});

test('who tells of a port and of a service, from anywhere in the workspace', () => {
  const root = folderWith({ '.git/HEAD': '', 'PORTS.md': registry, 'compose.yaml': compose, 'apps/x': '' });
  expect(portolan(root, ['who', '9006']).out).toContain('billing-api');
  const run = portolan(`${root}/apps`, ['who', 'billing-api']);
  expect(run).toMatchObject({ status: 0, err: '' });
  expect(run.out).toContain('9006');
  expect(portolan(root, ['who', 'billing', 'api']).out).toContain('9006');
});

test('who says so when nobody knows', () => {
  const root = folderWith({ 'PORTS.md': registry });
  expect(portolan(root, ['who', '4711'])).toEqual({
    status: 1,
    out: '',
    err: `portolan: Nothing is known of 4711 in ${root}.\n`,
  });
});

test('a reader that leaves early is no mishap', () => {
  const rows = Array.from({ length: 5000 }, (_, n) => `| service-${n} | ${10_000 + n} |`).join('\n');
  const root = folderWith({ 'PORTS.md': `| Service | Port |\n| --- | --- |\n${rows}\n` });
  const run = spawnSync('sh', ['-c', '"$0" "$1" facts | head -n 1', process.execPath, portolan.program], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stdout.split('\n')).toHaveLength(2);
  expect(run.stderr).toBe('');
});
