// Bundles the programs: for Node the extension, the server and the command line; for a browser the extension, the
// server, and the page of the port map. Extensions are CommonJS, because VS Code loads them with a `require` of its own.
import { chmod, copyFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');
const common = {
  outdir: 'dist',
  bundle: true,
  minify,
  sourcemap: !minify,
  logLevel: 'warning',
  loader: { '.md': 'text' },
};
const forNode = {
  ...common,
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // fdir makes itself a `require` from the URL of its module, which CommonJS does not have.
  define: { 'import.meta.url': '__filename' },
};
const forBrowser = { ...common, platform: 'browser', target: 'es2022' };

await rm('dist', { recursive: true, force: true });
await build({ ...forNode, entryPoints: { extension: 'client/src/node.ts' }, external: ['vscode'] });
await build({
  ...forNode,
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
// A browser's extension host adds `.js` to the name of the entry, and takes it for CommonJS because of the `.cjs` in it.
const entryPoints = { 'browser.cjs': 'client/src/browser.ts' };
await build({ ...forBrowser, entryPoints, format: 'cjs', external: ['vscode'] });
await build({ ...forBrowser, entryPoints: { 'server.worker': 'server/src/browser.ts' }, format: 'iife' });
