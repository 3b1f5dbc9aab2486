import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the language server before the tests of a file, as `esbuild.mjs` does.
 * @returns starts it with arguments; the process ends with the test at the latest
 */
export function bundledServer(): (...args: string[]) => ChildProcess {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-server-'));
  const program = join(folder, 'server.cjs');
  beforeAll(async () => {
    await build({
      absWorkingDir: root,
      entryPoints: ['server/src/node.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      define: { 'import.meta.url': '__filename' },
      logLevel: 'warning',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return (...args) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
}
