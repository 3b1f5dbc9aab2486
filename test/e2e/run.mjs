import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { installExtension, installVscode, serveVscode } from '../../scripts/vscode.mjs';
import { installNeighbour } from './neighbour.mjs';
import { packageExtension } from './package.mjs';
import { packagedTests } from './packaged.mjs';
import { bundleSuites, windows } from './windows.mjs';
import { writeWorkspaces } from './workspaces.mjs';

/**
 * The tests inside the real VS Code: each suite in `suite/` runs in the extension host of a window of its own, then
 * the packaged extension is installed and driven through the page as a user would do.
 */
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A window that shows no test's result within this time has failed. */
const patience = 120_000;

const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.colorTheme': 'Default Light Modern',
  'security.workspace.trust.startupPrompt': 'never',
  'window.restoreWindows': 'none',
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
  'telemetry.telemetryLevel': 'off',
  '[markdown]': { 'editor.wordWrap': 'off' },
};

/** @typedef {{ name: string, measured?: string, error?: string }} Result */

/**
 * @param {{ executablePath: string, suites?: typeof windows, only?: string, screenshots?: string }} options `only` is
 *   in the names of those tests of the packaged extension that are to run, `screenshots` the folder in which pictures
 *   are kept.
 * @returns {Promise<Result[]>}
 */
export async function runInEditor({ executablePath, suites = windows, only = '', screenshots }) {
  await installVscode();
  const home = await mkdtemp(join(tmpdir(), 'portolan-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await writeWorkspaces(home);
    await bundleSuites(root, home);
    const vsix = join(home, 'portolan.vsix');
    const results = report([await packageExtension(vsix)]);
    for (const window of suites) results.push(...report(await runSuite({ browser, home, window })));
    const [data, extensions] = [join(home, 'packaged'), join(home, 'extensions')];
    await installExtension(vsix, extensions, data);
    // Pictures show paths as those of somebody's home.
    const server = await serveVscode({ data, extensions, trust: false, settings: quiet, env: { HOME: home } });
    const pictures = screenshots ?? home;
    const example = join(home, 'flowharbor');
    await cp(join(root, 'examples/flowharbor'), example, { recursive: true });
    for await (const result of packagedTests({ browser, home, server, pictures, example, only })) {
      results.push(...report([result]));
    }
    await server.close();
    return results;
  } finally {
    await browser.close();
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * Opens a window whose extension host runs a suite, and reads what the suite has left in `home`. Each has a server of
 * its own, so that no window inherits state from another.
 *
 * @param {{ browser: import('playwright-core').Browser, home: string, window: typeof windows[number] }} options
 * @returns {Promise<Result[]>}
 */
async function runSuite({ browser, home, window: { suite, open, restricted, web, neighbour } }) {
  const data = join(home, 'data', suite);
  if (neighbour) await installNeighbour(join(data, 'extensions'));
  const server = await serveVscode({ data, trust: restricted === true, settings: quiet });
  const page = await browser.newPage();
  const over = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  const said = [];
  page.on('console', (message) => {
    said.push(message.text().split('\n')[0]);
  });
  const address = server.window(join(home, open), {
    ...(!web && { extensionDevelopmentPath: server.uri(root) }),
    ...(!web && { extensionTestsPath: server.uri(join(home, `suite/${suite}.cjs`)) }),
  });
  if (web) await serveExtension(page, { address, home, suite });
  await page.goto(address);
  const ended = await Promise.race([over, after(patience, 'late')]);
  await page.close();
  await server.close();
  const results = await readFile(join(home, `${suite}.json`), 'utf8').catch(() => undefined);
  if (results) return JSON.parse(results);
  return [
    { name: suite, error: `The window ended without results (${ended}). It said:\n${said.slice(-30).join('\n')}` },
  ];
}

/**
 * Has a window load the extension and a suite from the web, as it does on vscode.dev: a worker cannot be started from
 * the folders of the editor's server. Windows are told so in the settings of their page only.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ address: string, home: string, suite: string }} options
 */
async function serveExtension(page, { address, home, suite }) {
  const { origin, protocol, host: authority } = new URL(address);
  const uri = (path) => ({ scheme: protocol.slice(0, -1), authority, path: `/portolan/${path}` });
  await page.context().route(`${origin}/portolan/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/portolan/'.length);
    const file = path.startsWith('suite/') ? join(home, path.replace(/\.js$/, '')) : join(root, path);
    const body = await readFile(file).catch(() => undefined);
    return body ? route.fulfill({ body, contentType: 'text/javascript' }) : route.fulfill({ status: 404 });
  });
  await page.addInitScript(
    (developmentOptions) => {
      const read = Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = read.call(this, name);
        if (this.id !== 'vscode-workbench-web-configuration' || value === null) return value;
        return JSON.stringify({ ...JSON.parse(value), developmentOptions });
      };
    },
    { extensions: [uri('')], extensionTestsPath: uri(`suite/${suite}.cjs`) },
  );
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {T} value
 * @returns {Promise<T>}
 */
function after(milliseconds, value) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, value).unref());
}

/**
 * @param {Result[]} results
 * @returns {Result[]}
 */
function report(results) {
  for (const { name, measured, error } of results) {
    console.log(error ? ` ✗ ${name}\n${error}\n` : ` ✓ ${name}${measured ? ` (${measured})` : ''}`);
  }
  return results;
}
