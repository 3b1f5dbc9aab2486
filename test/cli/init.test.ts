import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

test('init prints a registry and changes nothing', () => {
  const root = folderWith({ 'shop/compose.yaml': compose });
  const run = portolan(root, ['init']);
  expect(run).toMatchObject({ status: 0, err: '' });
  expect(run.out).toContain(`
## \`./shop/compose.yaml\`

| Host port | Service       |
| --------- | ------------- |
| 9007      | \`billing-api\` |
| 9010      | \`reports-web\` |
`);
  expect(portolan(root, ['registries']).status).toBe(1);
});

test('init --write writes a registry with which the files agree', () => {
  const root = folderWith({ 'shop/compose.yaml': compose, 'pier/compose.yaml': compose.replace('9007', '9008') });
  expect(portolan(root, ['init', '--write'])).toEqual({
    status: 0,
    out: '',
    err: 'portolan: Wrote PORT_REGISTRY.md.\n',
  });
  expect(portolan(root, ['check', '--format', 'jsonl'])).toMatchObject({ status: 0, out: '' });
  expect(portolan(root, ['audit']).status).toBe(0);
  writeAt(root, { 'shop/compose.yaml': compose.replace('9010', '9011') });
  expect(portolan(root, ['check']).out).toContain('reports-web publishes 9011, but the registry gives it 9010');
});

test('init names files as seen from the folder that the registry will govern', () => {
  const root = folderWith({ 'shop/compose.yaml': compose, 'pier/compose.yaml': compose });
  expect(portolan(root, ['init', '--write', 'docs/PORTS.md']).status).toBe(0);
  expect(readFileSync(`${root}/docs/PORTS.md`, 'utf8')).toContain('## `./shop/compose.yaml`');
  const nested = portolan(root, ['init', 'shop/PORTS.md']).out;
  expect(nested).toContain('## `./compose.yaml`');
  expect(nested.match(/^## /gm)).toHaveLength(1);
});

test('init writes over nothing, and under no name by which it would not be found', () => {
  const root = folderWith({ 'compose.yaml': compose, 'PORT_REGISTRY.md': registry });
  expect(portolan(root, ['init', '--write'])).toMatchObject({
    status: 2,
    err: 'portolan: PORT_REGISTRY.md is there already and stays as it is; name another file, or move it away.\n',
  });
  expect(readFileSync(`${root}/PORT_REGISTRY.md`, 'utf8')).toBe(registry);
  const refused = portolan(root, ['init', '--write', 'numbers.txt']);
  expect(refused).toMatchObject({ status: 2, out: '' });
  expect(refused.err).toContain('numbers.txt would not be read as a registry');
});

test('init says so when there is nothing to register', () => {
  const run = portolan(folderWith({ 'README.md': '# Hello\n' }), ['init', '--write']);
  expect(run).toMatchObject({ status: 0, out: '' });
  expect(run.err).toContain('there is nothing to register');
});
