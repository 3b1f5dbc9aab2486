import { cp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { appears, open, runCommand, takePicture, tickAll, until } from './page.mjs';

/**
 * What else there is to see of the packaged extension: each is tried as a user would, and its picture taken.
 *
 * @returns {Record<string, () => Promise<void>>}
 */
export function galleryTests({ page, server, home, example, pictures }) {
  const picture = (name) => takePicture(page, join(pictures, `${name}.png`));
  const copy = (name) => join(home, name, basename(example));
  return {
    'all uses of a port are shown from its row': () => findsReferences(page, server, example, picture),
    'a port is found in the whole workspace by its service': () => findsSymbol(page, server, example, picture),
    'the state of the server stands behind the braces': () => showsState(page, server, example, picture),
    'a port that is taken is refused while it is typed': () => refuses(page, server, example, picture),
    'the preview shows every fix of the workspace': () => previewsFixes(page, server, example, picture),
    'rules are completed in portolan.yaml': () => completesSettings(page, server, { example, copy, picture }),
    'a registry is drafted from what is used': () => drafts(page, server, { example, copy, picture }),
    'the walkthrough leads through the first steps': () => walks(page, server, example, picture),
  };
}

async function findsReferences(page, server, example, picture) {
  await open(page, server, example, 'docs/PORT_REGISTRY.md:11:22');
  await page.locator('.squiggly-error').first().waitFor();
  await runCommand(page, 'Go to References');
  const found = page.locator('.zone-widget .ref-tree .monaco-list-row');
  await found.filter({ hasText: 'flowharbor.conf' }).first().waitFor();
  await picture('references');
  await page.keyboard.press('Escape');
}

async function findsSymbol(page, server, example, picture) {
  await open(page, server, example, 'docker-compose.yml:36');
  await page.locator('.squiggly-error').first().waitFor();
  await page.keyboard.press('Control+T');
  await page.locator('.quick-input-widget input').fill('#crane');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: '3103' }).first().waitFor();
  await picture('symbols');
  await page.keyboard.press('Escape');
}

async function showsState(page, server, example, picture) {
  await open(page, server, example, 'nginx/internal.conf:6');
  await page.locator('.squiggly-error').first().waitFor();
  const state = page.locator('.monaco-hover:visible', { hasText: '1 port registry' });
  const opens = async () => {
    await page.mouse.move(0, 0);
    await page.locator('[id="status.languageStatus"]').click();
    return appears(state);
  };
  await until(opens, 'the state of the server');
  await picture('status');
  await page.mouse.move(0, 0);
}

async function refuses(page, server, example, picture) {
  await open(page, server, example, 'docker-compose.yml:36:10');
  await page.locator('.squiggly-error').first().waitFor();
  await runCommand(page, 'Portolan: Move Service to Another Port');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: '3111' }).first().waitFor();
  await page.locator('.quick-input-widget input').fill('3104');
  await rows.filter({ hasText: 'is given to "customs-desk"' }).first().waitFor();
  await picture('refused');
  await page.keyboard.press('Escape');
}

async function previewsFixes(page, server, example, picture) {
  await open(page, server, example, 'docker-compose.yml:36');
  await page.locator('.squiggly-error').first().waitFor();
  await runCommand(page, 'Portolan: Fix Every Port in the Workspace');
  await page.locator('.monaco-list-row', { hasText: 'internal.conf' }).first().waitFor();
  await tickAll(page);
  await picture('fix-all');
  await page.getByRole('button', { name: 'Discard' }).click();
}

async function completesSettings(page, server, { example, copy, picture }) {
  const folder = copy('settings');
  await cp(example, folder, { recursive: true });
  await writeFile(join(folder, 'portolan.yaml'), 'aliases:\n  Crane Scheduler: [cranes]\n\nrules:\n  \n');
  await open(page, server, folder, 'portolan.yaml:5:3');
  const rows = page.locator('.suggest-widget .monaco-list-row');
  const opens = async () => {
    await page.keyboard.press('Escape'); // of a list that is open the keys would show more
    await page.keyboard.press('Control+Space');
    return appears(rows.filter({ hasText: 'unregistered-port' }));
  };
  await until(opens, 'the rules');
  await picture('settings');
  await page.keyboard.press('Escape');
}

/** The example without its documents. */
async function drafts(page, server, { example, copy, picture }) {
  const bare = copy('bare');
  for (const name of ['docker-compose.yml', 'docker-compose.monitoring.yml', '.env', 'nginx'])
    await cp(join(example, name), join(bare, name), { recursive: true });
  await open(page, server, bare, 'docker-compose.yml');
  await page.locator('.badge-content', { hasText: '3' }).first().waitFor();
  await runCommand(page, 'View: Show Portolan');
  await runCommand(page, 'Portolan: Draft a Registry from This Workspace');
  await page.locator('.view-line', { hasText: '| 3130 ' }).waitFor();
  await page.keyboard.press('Control+S');
  const used = page.locator('.monaco-list-row[aria-label*="crane-scheduler"][aria-label*="used"]');
  // For a moment the draft is listed beside the file as which it is saved.
  const closed = page.locator('.monaco-list-row[aria-expanded="false"]', { hasText: 'PORT_REGISTRY.md' }).first();
  const isShown = async () => {
    if (await closed.isVisible()) await closed.click();
    return used.isVisible();
  };
  await until(isShown, 'the row to be used');
  await picture('draft');
}

async function walks(page, server, example, picture) {
  await open(page, server, example, 'docker-compose.yml:36');
  await runCommand(page, 'Welcome: Open Walkthrough');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get started with Portolan' }).first().click();
  await page.locator('.getting-started-step', { hasText: 'Find or draft your port registry' }).first().waitFor();
  await page.keyboard.press('Control+B');
  await picture('walkthrough');
}
