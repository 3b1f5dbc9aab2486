import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { open, runCommand, takePicture, until } from './page.mjs';

/**
 * The ports view and the port map of the packaged extension. Takes their pictures on the way.
 *
 * @returns {Record<string, () => Promise<void>>}
 */
export function portsTests({ page, server, home, example, pictures }) {
  const folder = join(home, 'ports');
  return {
    'the ports view shows problems, blocks, services and gaps, and leads to their places': () =>
      showsView(page, server, example, pictures),
    'the ports view shows what passes the filter': () => filters(page),
    'the port map is read and walked through by keyboard': () => walksMap(page, server, example, pictures),
    'names from a registry are text in the view and in the map, and nothing else': () =>
      showsText(page, server, folder),
    'the port map is saved as a picture that needs no style sheet': () => savesMap(page, folder),
    'the port map comes back with the window': () => restoresMap(page, server, folder),
  };
}

const rows = (page) => page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
const row = (page, text) => rows(page).filter({ hasText: text }).first();
const map = (page) => page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');

async function openView(page) {
  // The badge may come over the icon, and is clicked as well then.
  await page.locator('.activitybar .action-item a[aria-label^="Portolan"]').click({ force: true });
  await rows(page).first().waitFor();
}

async function showsView(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml:36');
  await openView(page);
  for (const text of ['Problems', 'Harbour services', '3131–3199 free']) await row(page, text).waitFor();
  await row(page, 'on 3130 instead').waitFor();
  await page.locator('.badge-content', { hasText: '7' }).first().waitFor();
  const spoken = await row(page, /^3101.*→ 8000/).getAttribute('aria-label');
  assert.match(spoken, /^3101, berth-planner, 8000 in the container, used/);
  await widen(page);
  await row(page, /^3103.*on 3130/).click();
  await page.locator('.statusbar-item', { hasText: 'Ln 12, Col 25 (4 selected)' }).waitFor();
  await page.mouse.move(0, 0);
  await takePicture(page, join(pictures, 'ports-view.png'));
}

/** Pulls the side bar's edge to the right. */
async function widen(page) {
  const { x, y, width, height } = await page.locator('.part.sidebar').boundingBox();
  await page.mouse.move(x + width, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width + 130, y + height / 2, { steps: 5 });
  await page.mouse.up();
}

async function filters(page) {
  await runCommand(page, 'Portolan: Filter Ports');
  await page.locator('.quick-input-title', { hasText: 'Filter Ports' }).waitFor();
  await page.keyboard.type('tide');
  await page.keyboard.press('Enter');
  await row(page, 'berth-planner').waitFor({ state: 'detached' });
  await row(page, 'tide-watch').waitFor();
  await page.locator('a.action-label[aria-label="Clear the Filter of Ports"]').first().click();
  await row(page, 'berth-planner').waitFor();
  await runCommand(page, 'Portolan: Show Only Ports with Problems');
  await row(page, 'customs-desk').waitFor({ state: 'detached' });
  await runCommand(page, 'Portolan: Show All Ports');
  await row(page, 'customs-desk').waitFor();
}

async function walksMap(page, server, example, pictures) {
  await open(page, server, example, 'docker-compose.yml');
  await page.locator('.squiggly-error').first().waitFor();
  await page.keyboard.press('Control+B');
  await runCommand(page, 'Portolan: Show Port Map');
  await map(page).locator('svg [role=row]').nth(3).waitFor();
  await takePicture(page, join(pictures, 'port-map.png'));
  await map(page)
    .getByRole('rowheader', { name: /^All ports/ })
    .focus();
  const focused = () => map(page).locator('svg :focus').getAttribute('aria-label');
  const isAt = (name) => until(async () => name.test(await focused()), `the keyboard at ${name}`);
  await page.keyboard.press('ArrowDown');
  await isAt(/^Harbour services, 3100–3199/);
  await page.keyboard.press('+');
  await isAt(/^3100–3109/);
  await page.keyboard.press('ArrowRight');
  await isAt(/^3100 · free/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await isAt(/^3102 · vessel-tracker · .*used/);
  await page.keyboard.press('ArrowDown');
  await isAt(/^3111–3129 · free/);
  await page.keyboard.press('Escape');
  await isAt(/^Harbour services/);
  await page.keyboard.press('End');
  await isAt(/^3131–3199 · free/);
  await page.keyboard.press('ArrowDown');
  await isAt(/^3250 · weighbridge/);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Ln 21, Col 25 (4 selected)' }).waitFor();
}

async function showsText(page, server, folder) {
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await open(page, server, folder, 'portolan-registry.yaml');
  await openView(page);
  await row(page, '<img src=x onerror=').waitFor();
  await runCommand(page, 'Portolan: Show Port Map');
  const inside = map(page);
  await inside.getByRole('rowheader', { name: /^9600/ }).click();
  await inside.locator('svg text', { hasText: '<img' }).waitFor();
  await inside.locator('[aria-label*="<img src=x onerror="]').waitFor();
  await inside.getByRole('button', { name: 'Show as table' }).click();
  for (const name of ['<img src=x onerror="alert(1)">', '</script><script>alert(2)</script>']) {
    await inside.getByRole('cell', { name, exact: true }).waitFor();
  }
  await inside.getByRole('button', { name: 'Show as map' }).click();
  assert.equal(await inside.locator('img').count(), 0);
  assert.equal(await inside.locator('script', { hasText: 'alert' }).count(), 0);
  const policy = await inside.locator('meta[http-equiv]').getAttribute('content');
  assert.match(policy, /^default-src 'none'; style-src 'self' [^;']+; script-src 'nonce-[0-9a-f]+'$/);
  assert.deepEqual(dialogs, []);
}

async function savesMap(page, folder) {
  await map(page).getByRole('button', { name: 'Save as SVG…' }).click();
  await page.locator('.quick-input-widget input').first().waitFor();
  await until(
    async () => (await page.locator('.quick-input-widget input').first().inputValue()).endsWith('.svg'),
    'a name',
  );
  await page.keyboard.press('Enter');
  const file = join(folder, 'port-map.svg');
  const read = () => readFile(file, 'utf8').catch(() => '');
  await until(async () => (await read()).endsWith('</svg>'), file);
  const text = await read();
  assert.match(text, /<rect[^>]* fill="rgb/);
  assert.match(text, /&lt;img src=x/);
  assert.doesNotMatch(text, /var\(|class=|<script|<img/);
}

/** A window that is told which file to open would open that instead. */
async function restoresMap(page, server, folder) {
  await page.goto(server.window(folder));
  await openView(page);
  await runCommand(page, 'Portolan: Show Port Map');
  const row = map(page).getByRole('rowheader', { name: /^9600/ });
  const crumb = map(page).locator('button.crumb', { hasText: '9600–9699' });
  // A window that was left in the midst of it may have come back to it already.
  await row.or(crumb).first().waitFor();
  if (!(await crumb.isVisible())) await row.click();
  await crumb.waitFor();
  const policy = () => map(page).locator('meta[http-equiv]').getAttribute('content');
  const before = await policy();
  await runCommand(page, 'Developer: Reload Window');
  await until(async () => (await policy().catch(() => before)) !== before, 'the window to be loaded again');
  await crumb.waitFor();
}
