import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** What tests do in the page of a window, as a user would. */

/** Opens a folder with one file of it in the editor. A line number may follow the path: `a.yml:50`. */
export async function open(page, server, folder, path) {
  const payload = { openFile: server.uri(join(folder, path)), gotoLineMode: 'true' };
  await page.goto(server.window(folder, payload));
  await page.locator('.view-line').first().waitFor();
}

/** The palette lists the commands that were known when it was opened, so it is opened again until the command is there. */
export async function runCommand(page, title) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  const isListed = async () => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill(`>${title}`);
    if (await appears(row)) return true;
    await page.keyboard.press('Escape');
    return false;
  };
  await until(isListed, title);
  await page.keyboard.press('Enter');
}

/** Whether something comes into sight soon. */
export function appears(locator) {
  return locator.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}

export async function until(holds, what) {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes a picture once the window has come to rest. */
export async function takePicture(page, path) {
  // Marks in the text and in the scroll bar are drawn a little later.
  await after(1000);
  await page.locator('.statusbar-item', { hasText: 'Activating' }).waitFor({ state: 'detached' });
  await page.screenshot({ path, animations: 'disabled' });
}

/**
 * Accepts every change of a preview. The list draws itself anew after each tick, so a box is looked for and clicked at
 * one time, within the page.
 */
export async function tickAll(page) {
  const unticked = page.locator('.monaco-list-row[aria-level="1"] .edit-checkbox:not(:checked)');
  const isDone = () =>
    unticked.evaluateAll(([box]) => {
      box?.click();
      return box === undefined;
    });
  await until(isDone, 'all changes to be ticked');
}
