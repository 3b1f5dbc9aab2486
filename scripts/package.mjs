#!/usr/bin/env node
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, notices } from './bundled.mjs';
import { build, makeExtension, makeNpmPackage, writeJson } from './packages.mjs';
import { sbom } from './sbom.mjs';

/**
 * `npm run package`: makes all that is published, in `packages`: the extension, the package for npm, and for each the
 * list of what is in it. Prints their hashes, which are the same wherever and whenever they are made.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'packages');
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await build(root);
if (notices(bundledPackages(root)) !== (await readFile(join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8'))) {
  console.error('THIRD_PARTY_NOTICES.md is not up to date; run npm run notices.');
  process.exit(1);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder);

const vsix = `${name}-${version}.vsix`;
const inExtension = await makeExtension(root, join(folder, vsix));
await writeJson(join(folder, `${vsix}.cdx.json`), sbom(root, bundledPackages(root, inExtension)));
const inNpm = await makeNpmPackage(root, folder);
await writeJson(join(folder, `${name}-${version}.tgz.cdx.json`), sbom(root, bundledPackages(root, inNpm)));

for (const file of (await readdir(folder)).sort()) {
  const hash = createHash('sha256').update(await readFile(join(folder, file)));
  console.log(`${hash.digest('hex')}  ${file}`);
}
