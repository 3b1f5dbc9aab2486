import { expect, test } from 'vitest';
import { resolve } from '../../server/src/core/path.ts';

test.each([
  ['a/b', './c', 'a/b/c'],
  ['a/b', '../c/', 'a/c'],
  ['', './c/./d', 'c/d'],
  ['a', '../../c', '../c'],
  ['', '../../c', '../../c'],
  ['/a', '/b/c', '/b/c'],
  ['c:/a', '../b', 'c:/b'],
  ['a', '.', 'a'],
  ['vscode-vfs://github/a/b', '../c', 'vscode-vfs://github/a/c'],
  ['vscode-vfs://github/a', '/c', '/c'],
  ['memfs:/a', './b', 'memfs:/a/b'],
  ['a', 'memfs:/b', 'memfs:/b'],
])('in %j, %j is %j', (folder, relative, path) => expect(resolve(folder, relative)).toBe(path));
