// Bundles the three programs and the page of the port map. CommonJS, because VS Code loads extensions with require().
import { chmod, copyFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');
const common = {
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // fdir makes itself a `require` from the URL of its module, which CommonJS does not have.
  define: { 'import.meta.url': '__filename' },
  minify,
  sourcemap: !minify,
  logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });
await build({ ...common, entryPoints: { extension: 'client/src/node.ts' }, external: ['vscode'] });
await build({
  ...common,
  entryPoints: { server: 'server/src/node.ts', cli: 'server/src/cli.ts' },
  banner: { js: '#!/usr/bin/env node' },
});
await build({
  ...common,
  entryPoints: { map: 'client/src/map/page/main.ts' },
  outExtension: {},
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
});
await copyFile('client/src/map/page/page.css', 'dist/map.css');
for (const program of ['server', 'cli']) await chmod(`dist/${program}.cjs`, 0o755);
