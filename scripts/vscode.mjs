import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { npm } from './processes.mjs';

/**
 * The real VS Code, served to a browser: the build of it inside the package code-server, without code-server around it.
 * It is the last one that runs on Node 20.
 */
const codeServer = '4.100.3';
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portolan');
const home = join(cache, `code-server-${codeServer}`);
const root = join(home, 'node_modules/code-server/lib/vscode');
const main = join(root, 'out/server-main.js');

/** Searches files, also for `workspaceContains`. The version that the editor asks for wants a download from elsewhere. */
const ripgrep = '@vscode/ripgrep@1.18.0';

/**
 * Installs the editor into the user's cache on first use. No install script runs: they build what is not needed here
 * (a terminal, a keyring). So the packages inside the package have to be installed by hand.
 */
export async function installVscode() {
  if (existsSync(home)) return;
  console.log(`Installing VS Code (code-server ${codeServer}, about 300 MB) into ${home}`);
  const unfinished = `${home}.${process.pid}`;
  const inside = join(unfinished, 'node_modules/code-server/lib/vscode');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev'];
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
  try {
    for (const [step, folder, ...packages] of [
      ['1/3 editor', unfinished, `code-server@${codeServer}`],
      ['2/3 its packages', inside, ripgrep],
      ['3/3 its extensions', join(inside, 'extensions')],
    ]) {
      console.log(`  ${step}`);
      const status = await npm(['install', ...quiet, ...packages], { cwd: folder });
      if (status !== 0) throw new Error(`npm could not install VS Code (status ${status}).`);
    }
    await rename(unfinished, home);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Installs an extension from a file.
 *
 * @param {string} vsix
 * @param {string} extensions The folder of installed extensions.
 * @param {string} data The server's own folder.
 */
export async function installExtension(vsix, extensions, data) {
  const place = ['--extensions-dir', extensions, '--server-data-dir', data];
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...place, '--install-extension', vsix]);
  if (!stdout.includes('successfully installed')) throw new Error(`VS Code did not install ${vsix}: ${stdout}`);
}

/**
 * @typedef {object} Serving
 * @property {string} data The server's own folder: settings, logs, state.
 * @property {string} [extensions] The folder of installed extensions.
 * @property {boolean} trust Whether folders have to be trusted first (Restricted Mode).
 * @property {Record<string, unknown>} [settings] The user's settings.
 * @property {NodeJS.ProcessEnv} [env] Variables for the extension host.
 */

/**
 * Serves the editor on the loopback interface, on a free port, to those who have the address with its token.
 *
 * @param {Serving} serving
 */
export async function serveVscode({ data, extensions = join(data, 'extensions'), trust, settings = {}, env = {} }) {
  await mkdir(join(data, 'data/User'), { recursive: true });
  await writeFile(join(data, 'data/User/settings.json'), JSON.stringify(settings));
  const token = randomBytes(16).toString('hex');
  const options = [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--server-data-dir', data, '--extensions-dir', extensions],
    ...(trust ? [] : ['--disable-workspace-trust']),
  ];
  const child = spawn(process.execPath, [main, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const closed = new Promise((resolve) => child.on('exit', resolve));
  const port = await listening(child);

  return {
    /** Resolves when the server has ended. */
    closed,
    /** @param {string} path */
    uri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    /**
     * The address of a window.
     *
     * @param {string} path A folder or a workspace file.
     * @param {Record<string, string>} [payload] Options of the window, such as `openFile`.
     */
    window(path, payload = {}) {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      const query = new URLSearchParams({ tkn: token, [kind]: path });
      if (Object.keys(payload).length > 0) query.set('payload', JSON.stringify(Object.entries(payload)));
      return `http://127.0.0.1:${port}/?${query}`.replaceAll('%2F', '/').replaceAll('%3A', ':');
    },
    close() {
      child.kill();
      return closed;
    },
  };
}

/**
 * The port on which the server says that it listens.
 *
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 * @returns {Promise<number>}
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        said.push(line);
        const port = /agent listening on (\d+)/.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    }
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`VS Code ended with status ${status}:\n${said.join('\n')}`)));
  });
}
