import { expect, test } from 'vitest';
import { folderWith } from './support/disk.ts';

const { bundledPackages, notices } = await import(new URL('../scripts/bundled.mjs', import.meta.url).href);

const used = (...folders: string[]) =>
  JSON.stringify({
    'dist/cli.cjs': {
      inputs: Object.fromEntries(folders.map((folder) => [`${folder}/index.js`, { bytesInOutput: 9 }])),
    },
    'dist/other.cjs': { inputs: { 'node_modules/unused/index.js': { bytesInOutput: 0 } } },
  });

const rope = {
  'node_modules/rope/package.json': '{ "name": "rope", "version": "1.2.3", "license": "(MIT OR ISC)" }',
  'node_modules/rope/LICENSE.md': 'Pull as you like.\r\n',
};

test('tells whose code is in the bundles', () => {
  const root = folderWith({ ...rope, 'dist/bundles.json': used('server/src', 'node_modules/rope/lib') });
  const found = bundledPackages(root);
  const text = 'Pull as you like.';
  expect(found).toEqual([
    { name: 'rope', version: '1.2.3', license: '(MIT OR ISC)', text, place: 'node_modules/rope' },
  ]);
  expect(bundledPackages(root, ['dist/other.cjs'])).toEqual([]);
  expect(notices(found)).toContain('## rope 1.2.3\n\n````text\nPull as you like.\n````\n');
});

test('refuses a licence that is not allowed, and one without its text', () => {
  const anchor = { 'node_modules/@deep/anchor/package.json': '{ "name": "@deep/anchor", "license": "GPL-3.0-only" }' };
  const heavy = folderWith({ ...anchor, 'dist/bundles.json': used('node_modules/@deep/anchor') });
  expect(() => bundledPackages(heavy)).toThrow('@deep/anchor is under GPL-3.0-only');
  const { 'node_modules/rope/LICENSE.md': _, ...bare } = rope;
  const silent = folderWith({ ...bare, 'dist/bundles.json': used('node_modules/rope') });
  expect(() => bundledPackages(silent)).toThrow('rope comes without the text of its licence');
});
