import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { run, which } from './processes.mjs';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const installed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium or Chrome, installed if there is none. Throws one sentence where that fails. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium or Chrome found: installing Chromium');
  if (!(await installFromDebian())) {
    await run('npx', ['playwright-core', 'install', 'chromium']).catch(() => 1);
  }
  const now = findChromium();
  if (now) return now;
  throw new Error(
    'The in-editor tests need Chromium or Chrome: install one (on Debian: apt-get install chromium) or set CHROME_PATH to it.',
  );
}

/** @returns {string | undefined} */
function findChromium() {
  const wanted = process.env.CHROME_PATH;
  if (wanted && existsSync(wanted)) return wanted;
  if (wanted) throw new Error(`CHROME_PATH is ${wanted}, where no file is.`);
  for (const program of programs) {
    const path = which(program);
    if (path) return path;
  }
  return [...installed, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Installs Chromium by apt where that needs no password. */
async function installFromDebian() {
  if (!which('apt-get')) return false;
  const root = process.getuid?.() === 0;
  if (!root && (!which('sudo') || (await run('sudo', ['-n', 'true'], { stdio: 'ignore' })) !== 0)) return false;
  /** @param {string[]} args */
  const apt = (...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    return root ? run('env', command.slice(1)) : run('sudo', ['-n', ...command]);
  };
  return (await apt('update')) === 0 && (await apt('install', '-y', '--no-install-recommends', 'chromium')) === 0;
}
