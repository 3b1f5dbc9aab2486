// Bundles the programs: for Node the extension, the server and the command line; for a browser the extension, the
// server, and the page of the port map. Extensions are CommonJS, because VS Code loads them with a `require` of its own.
import { chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const minify = process.argv.includes('--minify');
const common = {
  outdir: 'dist',
  bundle: true,
  minify,
  sourcemap: !minify,
  logLevel: 'warning',
  loader: { '.md': 'text' },
  plugins: [briefManifest()],
};
/** What takes Node a while to load, and is seldom used: to name findings for GitLab, to ask git, or when nobody types. */
const seldom = ['crypto', 'child_process', 'v8'];
const forNode = {
  ...common,
  plugins: [...common.plugins, ...seldom.map((name) => late(`(?:node:)?${name}`, `node:${name}`))],
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // fdir makes itself a `require` from the URL of its module, which CommonJS does not have.
  define: { 'import.meta.url': '__filename' },
  // What is imported on demand is required, which is faster than the loader of modules.
  supported: { 'dynamic-import': false },
};
/** Programs that read files read most of them without these libraries, which are a third of what there is to load. */
const libraries = ['yaml', 'markdown-it'];
const readsFiles = {
  ...forNode,
  plugins: [...forNode.plugins, ...libraries.map((name) => late(name, `./${name}.cjs`))],
};
const forBrowser = { ...common, platform: 'browser', target: 'es2022' };

/** Leaves a module that is imported on demand out of a bundle, to be required from a bundle of its own. */
function apart(module, path) {
  const setup = ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/${module}[.]ts$`) }, () => ({ path, external: true }));
  return { name: 'apart', setup };
}

/**
 * Leaves a library out of a bundle, to be required from elsewhere when something of it is first used. What it exports by
 * default is taken for a class.
 * @param name what it is imported as, a regular expression
 */
function late(name, path) {
  const namespace = `late ${path}`;
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /./, namespace }, () => ({ path, external: true }));
    onResolve({ filter: new RegExp(`^${name}$`) }, (asked) => ({ path: asked.path, namespace }));
    onLoad({ filter: /./, namespace }, async (library) => {
      const contents = `
        let library;
        const load = () => (library ??= require('${path}'));
        module.exports = function (...args) { return new (load().default)(...args); };
        for (const name of ${JSON.stringify(await namesIn(library.path))}) {
          Object.defineProperty(module.exports, name, { get: () => load()[name] });
        }`;
      return { contents };
    });
  };
  return { name: namespace, setup };
}

async function namesIn(library) {
  return Object.keys(await import(library));
}

/** Of the manifest, which is long, the programs need what they say of themselves. */
function briefManifest() {
  const setup = ({ onLoad }) =>
    onLoad({ filter: /package[.]json$/ }, async ({ path }) => {
      if (path !== resolve('package.json')) return undefined;
      const { name, displayName, version, description, homepage } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, displayName, version, description, homepage }), loader: 'json' };
    });
  return { name: 'brief manifest', setup };
}

/** What each bundle holds, for `scripts/bundled.mjs`. */
const outputs = {};

async function build(options) {
  const { metafile } = await esbuild.build({ ...options, metafile: true });
  Object.assign(outputs, metafile.outputs);
  for (const file of Object.keys(metafile.outputs)) if (file.endsWith('js')) await spellOut(file);
}

/**
 * Writes in ASCII what esbuild has left: regular expressions, and raw texts of which some are made. With one letter
 * beyond Latin-1 in it, a program takes twice the memory and longer to be read.
 */
async function spellOut(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(file, (await readFile(file, 'utf8')).replace(/[^\x00-\x7f]/g, escaped));
}

await rm('dist', { recursive: true, force: true });
await build({ ...forNode, entryPoints: { extension: 'client/src/node.ts' }, external: ['vscode'] });
const banner = { js: '#!/usr/bin/env node' };
// The SDK of the protocol is two thirds as large as all else, and one command alone needs it.
await build({
  ...readsFiles,
  entryPoints: { cli: 'server/src/cli.ts' },
  banner,
  plugins: [...readsFiles.plugins, apart('mcp/serve', './mcp.cjs')],
});
await build({ ...readsFiles, entryPoints: { mcp: 'server/src/mcp/serve.ts' } });
// Half of the time to start would go into the engine: it is loaded when the first request has been answered.
await build({
  ...forNode,
  entryPoints: { server: 'server/src/node.ts' },
  banner,
  plugins: [...forNode.plugins, apart('nodeEngine', './engine.cjs')],
});
await build({ ...readsFiles, entryPoints: { engine: 'server/src/nodeEngine.ts' } });
for (const library of libraries) {
  const contents = `export { ${await namesIn(library)} } from '${library}'`;
  await build({ ...forNode, outdir: undefined, outfile: `dist/${library}.cjs`, stdin: { contents, resolveDir: '.' } });
}
// CommonJS can be imported and required alike.
await build({ ...forNode, entryPoints: { api: 'server/src/api.ts' } });
for (const program of ['server', 'cli']) await chmod(`dist/${program}.cjs`, 0o755);
// A browser's extension host adds `.js` to the name of the entry, and takes it for CommonJS because of the `.cjs` in it.
const entryPoints = { 'browser.cjs': 'client/src/browser.ts' };
await build({ ...forBrowser, entryPoints, format: 'cjs', external: ['vscode'] });
await build({ ...forBrowser, entryPoints: { 'server.worker': 'server/src/browser.ts' }, format: 'iife' });
await build({ ...forBrowser, entryPoints: { map: 'client/src/map/page/main.ts' }, format: 'iife' });
await copyFile('client/src/map/page/page.css', 'dist/map.css');

// All that is public of the library stands in this one file, so that its declarations need no others.
const api = ts.transpileDeclaration(await readFile('server/src/api.ts', 'utf8'), { fileName: 'api.cts' });
await writeFile('dist/api.d.cts', api.outputText);
await writeFile('dist/bundles.json', JSON.stringify(outputs));
