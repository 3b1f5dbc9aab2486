import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writeAt } from './support/disk.ts';
import { dedent } from './support/fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const copy = mkdtempSync(join(tmpdir(), 'portolan-contribution-'));
afterAll(() => rmSync(copy, { recursive: true }));

/** The files that the steps write, by their paths: each is the first block behind its name. */
function written(): Record<string, string> {
  const files = page.matchAll(/^\d\. (?:Write|Draw) [^`]*`([^`]+)`.*?\n\n {3}(`{3,})\w+\n(.*?)\n {3}\2$/gms);
  return Object.fromEntries([...files].map(([, path, , text]) => [path!, dedent(`${text!}\n`)]));
}

/** Does to a file what a step says in words. */
function change(file: string, pattern: RegExp, to: string): void {
  const before = readFileSync(join(copy, file), 'utf8');
  expect(before).toMatch(pattern);
  writeFileSync(join(copy, file), before.replace(pattern, to));
}

function run(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
}

test('a kind of file and a rule are added by the steps that are told', () => {
  const parts = ['server', 'test/core', 'test/support', 'test/readme.test.ts', 'docs', 'README.md', 'package.json'];
  const settings = ['schemas', 'scripts/docs', 'tsconfig.json', 'tsconfig.core.json', 'vitest.config.ts'];
  for (const part of [...parts, ...settings]) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');

  const files = written();
  expect(Object.keys(files)).toEqual([
    'server/src/core/readers/haproxy.ts',
    'test/core/readers/haproxy.test.ts',
    'docs/readers/haproxy.md',
    'server/src/core/rules/blockedPort.ts',
    'docs/rules/blocked-port.md',
  ]);
  writeAt(copy, files);
  change('server/src/core/facts.ts', /(?<=export type FileKind =[^;]*)(?=;)/, " | 'haproxy'");
  change('server/src/core/facts.ts', /(?<=export type Form =[^;]*)(?=;)/, " | 'haproxy'");
  change('server/src/core/features/relocation.ts', /(?<=export type FileGroup =[^;]*)(?=;)/, " | 'HAProxy'");
  change('server/src/core/features/relocation.ts', /(?<=const groups: [^{]*\{)/, " haproxy: 'HAProxy',");
  for (const [list, name] of [
    ['readers', 'haproxy'],
    ['rules', 'blockedPort'],
  ] as const) {
    const index = `server/src/core/${list}/index.ts`;
    change(index, /^/, `import { ${name} } from './${name}.ts';\n`);
    change(index, new RegExp(`(?<=export const ${list}: [^=]*= \\[[^\\]]*?),?\\s*(?=\\])`), `, ${name}`);
  }
  const row = /^ {3}(\| \[blocked-port\].*)$/m.exec(page)![1]!;
  change('README.md', /(?<=^\| \[unused-claim\].*\n)/m, `${row}\n`);

  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.core.json');
  const pages = ['test/core/readerPages.test.ts', 'test/core/rulePages.test.ts', 'test/readme.test.ts'];
  const tests = ['test/core/readers/haproxy.test.ts', ...pages];
  run('node_modules/vitest/vitest.mjs', 'run', ...tests);
}, 300_000);
