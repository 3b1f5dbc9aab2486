import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The packaged extension in a window without a development path, driven through the page: what a user sees who has
 * installed the `.vsix`. Takes the pictures of the README on the way.
 *
 * @returns {AsyncGenerator<import('./run.mjs').Result>}
 */
export async function* packagedTests({ browser, home, server, example, pictures }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(20_000);
  const folder = join(home, 'packaged');
  const tests = {
    'the packaged extension draws the squiggle': () => squiggles(page, server, folder),
    'the packaged extension answers a hover': () => hovers(page, '9007', ['billing-api', '9006']),
    'fixing the whole workspace opens a preview, then changes the files': () => fixesWorkspace(page, folder),
    'the example shows its findings': () => showsExample(page, server, example, pictures),
    'the port that belongs is offered first, and taken by Enter': () => completes(page, server, example, pictures),
  };
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run();
      yield { name };
    } catch (error) {
      const picture = join(tmpdir(), 'portolan-failure.png');
      await page.screenshot({ path: picture });
      yield { name, error: `${error instanceof Error ? error.stack : error}\nThe window then: ${picture}` };
    }
  }
  await page.close();
}

async function squiggles(page, server, folder) {
  await open(page, server, folder, 'squiggle/docker-compose.yml');
  await page.locator('.squiggly-error').first().waitFor();
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
  const unticked = page.locator('.monaco-list-row[aria-level="1"] .edit-checkbox:not(:checked)');
  while ((await unticked.count()) > 0) await unticked.first().click();
  await apply.click();
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await runCommand(page, 'File: Save All Files');
  const compose = join(folder, 'squiggle/docker-compose.yml');
  await until(async () => (await readFile(compose, 'utf8')).includes('"9006:8000"'), `${compose} to be fixed`);
}

async function showsExample(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml:50');
  const squiggle = await page.locator('.squiggly-error').first().boundingBox();
  await page.mouse.move(squiggle.x + squiggle.width / 2, squiggle.y + squiggle.height / 2);
  await page.locator('.monaco-hover:visible').filter({ hasText: '.md' }).first().waitFor();
  await page.screenshot({ path: join(pictures, 'hover.png') });
  await page.mouse.move(0, 0);
  await runCommand(page, 'View: Focus Problems');
  await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  await page.screenshot({ path: join(pictures, 'diagnostics.png') });
}

async function completes(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml:36:10');
  await page.locator('.squiggly-error').first().waitFor();
  for (const _ of '3130') await page.keyboard.press('Delete');
  await page.keyboard.press('Control+Space');
  const first = page.locator('.suggest-widget .monaco-list-row.focused', { hasText: '3103' });
  await first.filter({ hasText: 'crane-scheduler' }).waitFor();
  await page.screenshot({ path: join(pictures, 'complete.png') });
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: '"3103:8000"' }).waitFor();
}

/** Opens a folder with one file of it in the editor. A line number may follow the path: `a.yml:50`. */
async function open(page, server, folder, path) {
  const payload = { openFile: server.uri(join(folder, path)), gotoLineMode: 'true' };
  await page.goto(server.window(folder, payload));
  await page.locator('.view-line').first().waitFor();
}

async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

async function until(holds, what) {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
