import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, makeExtension } from '../../scripts/packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const megabyte = 1024 * 1024;

/**
 * Packages the extension as it is published. What is in it is said by `test/packages.test.ts`.
 *
 * @param {string} vsix
 * @returns {Promise<import('./run.mjs').Result>}
 */
export async function packageExtension(vsix) {
  const name = 'the extension is packaged, in less than 1 MB';
  try {
    await build(root);
    const files = await makeExtension(root, vsix);
    const { size } = await stat(vsix);
    assert.ok(size < megabyte, `${size} bytes`);
    return { name, measured: `${files.length} files, ${Math.round(size / 1024)} KB` };
  } catch (error) {
    return { name, error: String(error) };
  }
}
