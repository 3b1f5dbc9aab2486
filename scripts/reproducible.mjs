#!/usr/bin/env node
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './processes.mjs';

/**
 * `npm run reproducible [-- --out FOLDER]`: makes the packages twice, one after the other, in two folders, time zones and
 * with two sorts of rights of new files, and compares them byte by byte. Keeps them in FOLDER.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const home = await mkdtemp(join(tmpdir(), 'portolan-twice-'));

/** What is no source. */
const left = new Set(['.git', '.vscode-test', 'coverage', 'dist', 'node_modules', 'packages']);

/**
 * A copy of the project in which the packages are made.
 *
 * @param {string} name
 * @param {string} TZ
 * @param {number} umask
 */
async function copyAndPackage(name, TZ, umask) {
  process.umask(umask);
  const copy = join(home, name);
  const isSource = (/** @type {string} */ path) => !left.has(relative(root, path).split(sep)[0] ?? '');
  await cp(root, copy, { recursive: true, filter: isSource });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const env = { ...process.env, TZ };
  const status = await run(process.execPath, ['scripts/package.mjs'], { cwd: copy, env });
  if (status !== 0) throw new Error('The packages could not be made.');
  return join(copy, 'packages');
}

try {
  const one = await copyAndPackage('one', 'Asia/Tokyo', 0o022);
  const two = await copyAndPackage(join('another', 'place'), 'America/Lima', 0o077);
  for (const file of await readdir(one)) {
    const [a, b] = await Promise.all([readFile(join(one, file)), readFile(join(two, file))]);
    if (a.equals(b)) continue;
    console.error(`${file} differs from one time to the next.`);
    process.exitCode = 1;
  }
  if (values.out) {
    await mkdir(values.out, { recursive: true });
    await cp(one, values.out, { recursive: true });
  }
} finally {
  await rm(home, { recursive: true });
}
