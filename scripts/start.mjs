#!/usr/bin/env node
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run, which } from './processes.mjs';
import { cache, installVscode, serveVscode } from './vscode.mjs';

/** `npm start [-- FOLDER] [--no-editor]`: builds, checks FOLDER, and opens it in VS Code with the extension. */
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
/** Where the user stood when npm was called. */
const here = process.env.INIT_CWD ?? process.cwd();

async function start() {
  const { folder, editor } = options();
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse(`There is no folder ${folder}.`);
  if ((await run(process.execPath, [join(root, 'esbuild.mjs')], { cwd: root })) !== 0) refuse('The build failed.');
  const checked = await run(process.execPath, [join(root, 'dist/cli.cjs'), 'check', folder], { cwd: here });
  if (checked > 1) process.exit(checked);
  if (!editor) return;
  const desktop = which('code');
  if (desktop) await run(desktop, [`--extensionDevelopmentPath=${root}`, '--new-window', folder]);
  else await serve(folder);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'no-editor': { type: 'boolean', default: false } },
    });
    if (positionals.length > 1) refuse('Name one folder only.');
    const folder = positionals[0];
    return {
      folder: folder ? resolve(here, folder) : join(root, 'examples/flowharbor'),
      editor: !values['no-editor'],
    };
  } catch (error) {
    return refuse(/** @type {Error} */ (error).message.split('\n')[0]);
  }
}

/** @param {string} folder */
async function serve(folder) {
  await installVscode();
  const server = await serveVscode({
    data: join(cache, 'start'),
    trust: false,
    settings: { 'workbench.startupEditor': 'none', 'git.openRepositoryInParentFolders': 'never' },
  });
  const address = server.window(folder, { extensionDevelopmentPath: server.uri(root) });
  console.log(`\nVS Code with Portolan, for a browser on this machine (Ctrl-C ends it):\n\n  ${address}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
  await server.closed;
}

/**
 * @param {string | undefined} sentence
 * @returns {never}
 */
function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}

await start();
