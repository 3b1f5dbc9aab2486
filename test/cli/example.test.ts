import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../support/commandLine.ts';

const portolan = commandLine();
const example = fileURLToPath(new URL('../../examples/flowharbor', import.meta.url));

test('the example has one finding for each row of the table in its README, and no others', () => {
  const rows = [...readFileSync(`${example}/README.md`, 'utf8').matchAll(/^\| `([a-z-]+)` +\| `([^`]+)`/gm)];
  const told = rows.map(([, rule, file]) => `${file} ${rule}`);
  const { findings } = JSON.parse(portolan(example, ['check', '-f', 'json']).out);
  const found = findings.map(({ file, rule }: { file: string; rule: string }) => `${file} ${rule}`);
  expect(found.sort()).toEqual(told.sort());
  expect(told).toHaveLength(11);
});

test('the example is YAML that parses', () => {
  const files = readdirSync(example).filter((name) => name.endsWith('.yml'));
  for (const name of files) expect(parse(readFileSync(`${example}/${name}`, 'utf8')).services).toBeTypeOf('object');
  expect(files).toHaveLength(2);
});
