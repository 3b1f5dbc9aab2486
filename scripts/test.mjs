#!/usr/bin/env node
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInEditor } from '../test/e2e/run.mjs';
import { ensureChromium } from './chromium.mjs';
import { npm } from './processes.mjs';

/**
 * `npm test [-- STEP…]`: type check, lint, unit and protocol tests, ten minutes of work on end, then the tests inside the
 * real VS Code. Goes on after a failure, so that one run shows all. The last line is the sum: `N passed, N failed`.
 */
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const temporary = await mkdtemp(join(tmpdir(), 'portolan-test-'));
let passed = 0;
let failed = 0;

/**
 * Runs one part of the whole. What it throws is one failure more.
 *
 * @param {string} name
 * @param {() => Promise<void>} part
 */
async function step(name, part) {
  console.log(`\n== ${name}`);
  try {
    await part();
  } catch (error) {
    failed += 1;
    console.log(error instanceof Error ? error.message : error);
  }
}

/** @param {readonly string[]} args */
async function script(...args) {
  if ((await npm(['run', '--silent', ...args])) !== 0) throw new Error(`npm run ${args.join(' ')} failed.`);
}

/**
 * @param {readonly string[]} files all if none is given
 * @param {NodeJS.ProcessEnv} [env]
 */
async function unitTests(files = [], env = process.env) {
  const report = join(temporary, 'vitest.json');
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile=${report}`];
  const status = await npm(['run', '--silent', 'unit', '--', ...reporters, ...files], { env });
  const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'));
  passed += numPassedTests;
  failed += numFailedTests;
  if (status !== 0 && numFailedTests === 0) throw new Error('A test file could not be run.');
}

async function editorTests() {
  const executablePath = await ensureChromium();
  for (const { error } of await runInEditor({ executablePath })) error ? failed++ : passed++;
}

const steps = {
  types: () => script('typecheck'),
  lint: () => script('lint'),
  build: () => script('build'),
  unit: () => unitTests(),
  soak: () => unitTests(['test/reliability/soak.test.ts'], { ...process.env, PORTOLAN_SOAK_MINUTES: '10' }),
  editor: editorTests,
};
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(steps)) {
  if (wanted.length === 0 || wanted.includes(name)) await step(name, part);
}
await rm(temporary, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
