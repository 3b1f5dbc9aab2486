import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const expected = [
  /^(package\.json|package\.nls\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^(package\.nls|l10n\/bundle\.l10n)\.(de|es|pt-br|zh-cn)\.json$/,
  /^dist\/((extension|server|engine)\.cjs|(browser\.cjs|server\.worker)\.js)$/,
  /^dist\/map\.(js|css)$/,
  /^docs\/rules\/[a-z-]+\.md$/,
  /^images\/(icon\.png|ports\.svg)$/,
  /^images\/walkthrough\/[a-z]+\.svg$/,
  /^schemas\/[a-z.]+\.json$/,
  /^snippets\/[a-z]+\.json$/,
  /^syntaxes\/[a-z-]+\.tmLanguage\.json$/,
];

const megabyte = 1024 * 1024;

/**
 * Packages the extension, and looks at what has come into the package.
 *
 * @param {string} vsix
 * @returns {Promise<import('./run.mjs').Result>}
 */
export async function packageExtension(vsix) {
  const name = 'the package holds what it should and nothing else, in less than 1 MB';
  await createVSIX({ dependencies: false, packagePath: vsix });
  try {
    const files = await listFiles({ packageManager: PackageManager.None });
    assert.deepEqual(
      files.filter((file) => !expected.some((pattern) => pattern.test(file))),
      [],
    );
    for (const pattern of expected)
      assert.ok(
        files.some((file) => pattern.test(file)),
        `no file ${pattern}`,
      );
    const { size } = await stat(vsix);
    assert.ok(size < megabyte, `${size} bytes`);
    return { name, measured: `${files.length} files, ${Math.round(size / 1024)} KB` };
  } catch (error) {
    return { name, error: String(error) };
  }
}
