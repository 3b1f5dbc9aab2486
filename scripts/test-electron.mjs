#!/usr/bin/env node
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { installNeighbour } from '../test/e2e/neighbour.mjs';
import { bundleSuites, windows } from '../test/e2e/windows.mjs';
import { writeWorkspaces } from '../test/e2e/workspaces.mjs';

/**
 * `npm run test:electron [-- VERSION]`: the same suites in the desktop editor, which is downloaded for it. VERSION is
 * `stable`, `insiders` or a number such as `1.100.3`. Build first.
 */
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const home = await mkdtemp(join(tmpdir(), 'portolan-'));
await writeWorkspaces(home);
await bundleSuites(root, home);
let failed = 0;
for (const { suite, restricted, open, neighbour } of windows.filter(({ web }) => !web)) {
  if (neighbour) await installNeighbour(join(home, suite, 'extensions'));
  await runTests({
    version: process.argv[2] ?? '1.100.3',
    extensionDevelopmentPath: root,
    extensionTestsPath: join(home, `suite/${suite}.cjs`),
    launchArgs: [
      join(home, open),
      '--user-data-dir',
      join(home, suite),
      '--extensions-dir',
      join(home, suite, 'extensions'),
      ...(restricted ? [] : ['--disable-workspace-trust']),
    ],
  });
  for (const { name, error } of JSON.parse(await readFile(join(home, `${suite}.json`), 'utf8'))) {
    console.log(error ? ` ✗ ${name}\n${error}\n` : ` ✓ ${name}`);
    if (error) failed += 1;
  }
}
await rm(home, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
