#!/usr/bin/env node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * `npm run docs`: writes the pages of the documentation that are made from what they describe, and removes those of what
 * is gone. A test tells when they are not up to date.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'portolan-docs-'));
try {
  const outfile = join(temporary, 'pages.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/docs/pages.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.md': 'text' },
    define: { 'import.meta.url': '__filename' },
    logLevel: 'warning',
  });
  const { folders, markdownIn, pages } = createRequire(import.meta.url)(outfile);
  const made = await pages(root);
  for (const path of folders.flatMap((folder) => markdownIn(root, folder))) {
    if (!made.has(path)) rmSync(join(root, path));
  }
  for (const [path, page] of made) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), page);
  }
  console.log(`${made.size} pages`);
} finally {
  rmSync(temporary, { recursive: true });
}
