import { readFile } from 'node:fs/promises';
import { open, runCommand } from './page.mjs';

/**
 * The packaged extension in an editor of another language: its commands, the ports view and the port map.
 *
 * @returns {Record<string, () => Promise<void>>}
 */
export function languageTests({ browser, server, example }) {
  return {
    'the packaged extension speaks German': () => speaks('de', browser, server, example),
    'the packaged extension speaks Chinese': () => speaks('zh-cn', browser, server, example),
  };
}

async function speaks(language, browser, server, example) {
  const [commands, words] = await Promise.all(
    [`package.nls.${language}.json`, `l10n/bundle.l10n.${language}.json`].map(textsOf),
  );
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  try {
    // What a language pack tells the editor; its own texts stay English without one.
    await page.addInitScript((name) => {
      globalThis._VSCODE_NLS_LANGUAGE = name;
    }, language);
    await open(page, server, example, 'docker-compose.yml:50');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'View: Show Portolan');
    const rows = page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    for (const text of [words.Problems, words['{0} free'].replace('{0}', '3131–3199')])
      await rows.filter({ hasText: text }).first().waitFor();
    await runCommand(page, `Portolan: ${commands['command.showMap']}`);
    const map = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await map.getByRole('button', { name: words['Show as table'] }).waitFor();
    await map.locator(`html[lang="${language}"]`).waitFor();
  } finally {
    await page.close();
  }
}

async function textsOf(path) {
  return JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'));
}
