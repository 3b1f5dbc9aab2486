import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a program before the tests of a file, as `esbuild.mjs` does, and gives its path. */
export function bundled(entryPoint: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-program-'));
  const program = join(folder, 'program.cjs');
  beforeAll(async () => {
    await build({
      absWorkingDir: root,
      entryPoints: [entryPoint],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      loader: { '.md': 'text' },
      define: { 'import.meta.url': '__filename' },
      logLevel: 'warning',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return program;
}

/** @returns starts the language server with arguments; the process ends with the test at the latest */
export function bundledServer(): (...args: string[]) => ChildProcess {
  const program = bundled('server/src/node.ts');
  return (...args) => {
    const env = { ...process.env, XDG_CACHE_HOME: dirname(program) };
    const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe', env });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
}
