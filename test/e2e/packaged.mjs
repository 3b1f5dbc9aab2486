import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { galleryTests } from './gallery.mjs';
import { languageTests } from './languages.mjs';
import { appears, open, runCommand, takePicture, tickAll, until } from './page.mjs';
import { portsTests } from './ports.mjs';

/**
 * The packaged extension in a window without a development path, driven through the page: what a user sees who has
 * installed the `.vsix`. Takes the pictures of the documentation on the way.
 *
 * @returns {AsyncGenerator<import('./run.mjs').Result>}
 */
export async function* packagedTests({ browser, home, server, example, pictures, only }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  const folder = join(home, 'packaged');
  const tests = {
    'the packaged extension colours a port of a registry': () => colours(page, server, folder),
    'the packaged extension draws the squiggle': () => squiggles(page, server, folder),
    'the packaged extension answers a hover': () => hovers(page, '9007', ['billing-api', '9006']),
    'fixing the whole workspace opens a preview, then changes the files': () => fixesWorkspace(page, folder),
    'the packaged extension wakes quickly': () => wakes(page),
    'moving a service asks for a port, tells why one is refused, and opens a preview': () =>
      moves(page, server, join(home, 'move'), pictures),
    'the example shows its findings': () => showsExample(page, server, example, pictures),
    'the light bulb offers the fixes first, then ways to ignore': () => offersFixes(page, server, example, pictures),
    'the port that belongs is offered first, and taken by Enter': () =>
      completes(page, server, { home, example, pictures }),
    'the example shows who uses a port above its row, and whose port it is behind it': () =>
      showsTheWay(page, server, { home, example, pictures }),
    ...portsTests({ page, server, home, example, pictures }),
    ...galleryTests({ page, server, home, example, pictures }),
    ...languageTests({ browser, server, example }),
  };
  for (const [name, run] of Object.entries(tests).filter(([name]) => name.includes(only))) {
    try {
      const measured = await run();
      yield { name, ...(measured !== undefined && { measured }) };
    } catch (error) {
      const picture = join(tmpdir(), 'portolan-failure.png');
      await page.screenshot({ path: picture });
      yield { name, error: `${error instanceof Error ? error.stack : error}\nThe window then: ${picture}` };
    }
  }
  await page.close();
}

/** A cell is one token, blanks and all, unless the port in it has a colour of its own. */
async function colours(page, server, folder) {
  await open(page, server, folder, 'squiggle/PORTS.md');
  await page.locator('.view-line span[class^=mtk]', { hasText: /^9006$/ }).waitFor();
}

async function squiggles(page, server, folder) {
  await open(page, server, folder, 'squiggle/docker-compose.yml');
  await page.locator('.squiggly-error').first().waitFor();
}

/** The editor's own measure: the time to load the code and for `activate()` to return. Machines are slow at times. */
async function wakes(page) {
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .extension', { hasText: 'Portolan' });
  const text = await row.locator('.activation-time', { hasText: /\d+ms/ }).textContent();
  const milliseconds = Number(/\d+/.exec(text ?? '')?.[0]);
  if (milliseconds > 1000) throw new Error(`It took ${milliseconds} ms`);
  return `${milliseconds} ms`;
}

/** Points at a text of the open file and waits for a hover with certain words. */
async function hovers(page, text, words) {
  await page.locator('.view-line span', { hasText: text }).last().hover();
  const hover = page.locator('.monaco-hover:visible');
  for (const word of words) await hover.filter({ hasText: word }).first().waitFor();
}

/** The preview ticks nothing by itself, as each edit asks for confirmation. */
async function fixesWorkspace(page, folder) {
  await runCommand(page, 'Portolan: Fix Every Port in the Workspace');
  const apply = page.getByRole('button', { name: 'Apply' });
  await apply.waitFor();
  await tickAll(page);
  await apply.click();
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await runCommand(page, 'File: Save All Files');
  const compose = join(folder, 'squiggle/docker-compose.yml');
  await until(async () => (await readFile(compose, 'utf8')).includes('"9006:8000"'), `${compose} to be fixed`);
}

/** Chooses a service and a port from the lists; what documents say is confirmed in the preview. */
async function moves(page, server, folder, pictures) {
  await open(page, server, folder, 'nginx.conf:1');
  await runCommand(page, 'Portolan: Move Service to Another Port');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const input = page.locator('.quick-input-widget input');
  await rows.filter({ hasText: 'stock-api' }).first().waitFor();
  await input.fill('stock-api');
  await page.keyboard.press('Enter');
  await rows.filter({ hasText: '9121' }).first().waitFor();
  await input.fill('9130');
  await rows.filter({ hasText: 'is given to "quay-web"' }).first().waitFor();
  await input.fill('9121');
  await page.keyboard.press('Enter');
  const apply = page.getByRole('button', { name: 'Apply' });
  await apply.waitFor();
  await page.locator('.monaco-list-row', { hasText: 'agents.md' }).first().waitFor();
  await tickAll(page);
  await page.getByRole('button', { name: 'Group Changes By Type' }).click();
  await page.locator('.monaco-list-row', { hasText: 'Compose files' }).first().waitFor();
  await page.mouse.move(0, 0);
  await takePicture(page, join(pictures, 'move.png'));
  await apply.click();
  await apply.waitFor({ state: 'detached' });
  await runCommand(page, 'File: Save All Files');
  for (const path of ['PORTS.md', 'docker-compose.yml', 'nginx.conf', '.env', 'docs/agents.md']) {
    const full = join(folder, path);
    await until(async () => /^(?!.*9120).*9121/s.test(await readFile(full, 'utf8')), `${full} to be changed`);
  }
}

async function showsExample(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml:50');
  const squiggle = await page.locator('.squiggly-error').first().boundingBox();
  await page.mouse.move(squiggle.x + squiggle.width / 2, squiggle.y + squiggle.height / 2);
  await page.locator('.monaco-hover:visible').filter({ hasText: '.md' }).first().waitFor();
  await takePicture(page, join(pictures, 'hover.png'));
  await page.mouse.move(0, 0);
  await runCommand(page, 'View: Focus Problems');
  await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  await takePicture(page, join(pictures, 'diagnostics.png'));
  await runCommand(page, 'View: Hide Panel');
}

async function offersFixes(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml:36:12');
  await page.locator('.squiggly-error').first().waitFor();
  const menu = page.locator('.action-widget .monaco-list-row');
  const ignore = menu.filter({ hasText: 'Ignore port-mismatch on this line' });
  // A window that is still loading may miss the key.
  const opens = async () => {
    await page.keyboard.press('Control+.');
    return appears(ignore);
  };
  await until(opens, 'the menu of the light bulb');
  assert.match(await menu.filter({ hasText: '3103' }).first().textContent(), /crane-scheduler/);
  await takePicture(page, join(pictures, 'fix.png'));
  await page.keyboard.press('Escape');
}

/** In a copy, as what is typed stays behind. */
async function completes(page, server, { home, example, pictures }) {
  const folder = join(home, 'completed/flowharbor');
  await cp(example, folder, { recursive: true });
  await open(page, server, folder, 'docker-compose.yml:36:10');
  await page.locator('.squiggly-error').first().waitFor();
  for (const _ of '3130') await page.keyboard.press('Delete');
  await page.keyboard.press('Control+Space');
  const first = page.locator('.suggest-widget .monaco-list-row.focused', { hasText: '3103' });
  await first.filter({ hasText: 'crane-scheduler' }).waitFor();
  await takePicture(page, join(pictures, 'complete.png'));
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: '"3103:8000"' }).waitFor();
}

/** The registry beside the compose file, with all that is drawn into the text. */
async function showsTheWay(page, server, { home, example, pictures }) {
  const folder = join(home, 'drawn/flowharbor');
  await cp(example, folder, { recursive: true });
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const drawn = { 'portolan.codeLens.enabled': true, 'portolan.inlayHints.enabled': true };
  const bare = { 'editor.scrollbar.horizontal': 'hidden', 'editor.scrollbar.vertical': 'hidden' };
  const settings = { ...drawn, ...bare, 'editor.stickyScroll.enabled': false };
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
  await open(page, server, folder, 'docs/PORT_REGISTRY.md');
  await page.locator('.codelens-decoration', { hasText: '1 mismatch' }).first().waitFor();
  await page.keyboard.press('Control+B');
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').fill('docker-compose.yml:34');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'docker-compose.yml' }).first().waitFor();
  await page.keyboard.press('Control+Enter');
  const compose = page.locator('.editor-instance').nth(1);
  await compose
    .locator('.view-line span', { hasText: /^crane-scheduler$/ })
    .nth(1)
    .waitFor();
  await compose.locator('.squiggly-error').first().waitFor();
  await takePicture(page, join(pictures, 'navigate.png'));
}
