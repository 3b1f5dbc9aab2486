import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Selection, textOf } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { folderWith, writeAt } from '../support/disk.ts';

const everything: Selection = { wants: (path) => path.endsWith('.yml'), exclude: [] };

/** The files that a folder gives, relative to it. */
async function found(root: string, selection = everything): Promise<string[]> {
  const folder = nodeHost.folder(root, selection);
  const paths = await folder.files();
  for (const path of paths) expect(folder.accepts(path), `${path} is given but not accepted`).toBe(true);
  return paths.map((path) => path.slice(root.length + 1));
}

test('hidden folders are read; .git and node_modules are not', async () => {
  const root = folderWith({
    'a.yml': '',
    '.claude/b.yml': '',
    '.git/c.yml': '',
    'x/node_modules/d.yml': '',
    'e.txt': '',
  });
  expect(await found(root)).toEqual(['.claude/b.yml', 'a.yml']);
});

test('nested .gitignore files: the nearest that says something wins', async () => {
  const root = folderWith({
    '.gitignore': 'out/\n*.gen.yml\n',
    'a.yml': '',
    'b.gen.yml': '',
    'out/c.yml': '',
    'sub/.gitignore': '!keep.gen.yml\nlocal.yml\n',
    'sub/keep.gen.yml': '',
    'sub/local.yml': '',
    'sub/out/d.yml': '',
  });
  expect(await found(root)).toEqual(['a.yml', 'sub/keep.gen.yml']);
  const folder = nodeHost.folder(root, everything);
  expect(folder.accepts(root + '/sub/out/later.yml')).toBe(false);
  expect(folder.accepts(root + '/sub/later.yml')).toBe(true);
  expect(folder.accepts(root + 'x/later.yml')).toBe(false);
});

test('ignore files above the folder count up to the root of the repository', async () => {
  const root = folderWith({
    '.git/HEAD': '',
    '.gitignore': '*.local.yml\nignored/\n',
    'app/a.yml': '',
    'app/b.local.yml': '',
  });
  writeAt(root, { 'ignored/deep/c.yml': '', 'ignored/deep/d.local.yml': '' });
  expect(await found(root + '/app')).toEqual(['a.yml']);
  expect(await found(root + '/ignored/deep'), 'an ignored folder that is opened itself').toEqual([
    'c.yml',
    'd.local.yml',
  ]);
});

test('excluded globs, with and without a slash', async () => {
  const root = folderWith({ 'a.yml': '', 'old/b.yml': '', 'x/archive/c.yml': '', 'y/d.yml': '', 'y/e.yml': '' });
  const exclude = ['./old/', '**/archive/**', 'y/d.*'];
  expect(await found(root, { ...everything, exclude })).toEqual(['a.yml', 'y/e.yml']);
});

test('symbolic links are not followed, so loops end and nothing outside is read', async () => {
  const outside = folderWith({ 'secret.yml': 'x' });
  const root = folderWith({ 'a.yml': '', 'sub/b.yml': '' });
  symlinkSync(root, root + '/sub/loop');
  symlinkSync(outside, root + '/out');
  symlinkSync('a.yml', root + '/again.yml');
  expect(await found(root)).toEqual(['a.yml', 'sub/b.yml']);
  const folder = nodeHost.folder(root, everything);
  expect(await folder.readFile(root + '/sub/b.yml')).toBe('');
  for (const path of ['out/secret.yml', 'again.yml', 'missing.yml']) {
    expect(await folder.readFile(`${root}/${path}`), path).toBeUndefined();
  }
});

test('a disk and a home directory are not walked, and say why', async () => {
  for (const path of ['/', homedir()]) {
    const folder = nodeHost.folder(path, everything);
    expect(folder.refused).toMatch(/^it is the /);
    expect(await folder.files()).toEqual([]);
  }
});

test('reads text and nothing else', async () => {
  const root = folderWith({
    'bom.yml': '\uFEFFa: 1',
    'nul.yml': 'a\0b',
    'big.yml': 'x'.repeat(1024 * 1024 + 1),
    'folder/x': '',
  });
  expect(await nodeHost.readFile(root + '/bom.yml')).toBe('a: 1');
  for (const name of ['nul.yml', 'big.yml', 'folder', 'missing.yml']) {
    expect(await nodeHost.readFile(`${root}/${name}`), name).toBeUndefined();
  }
});

test('reads whatever bytes as the standard wants', async () => {
  const root = folderWith({ 'a.yml': '' });
  const bytes = fc.array(fc.oneof(fc.constantFrom(0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0xf0, 0x9f, 0xed, 0xa0), fc.nat(255)));
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      writeFileSync(root + '/a.yml', Uint8Array.from(content));
      expect(await nodeHost.readFile(root + '/a.yml')).toBe(textOf(Uint8Array.from(content)));
    }),
    { numRuns: 500 },
  );
});

test('a folder that has become a symbolic link is not read any more', async () => {
  const outside = folderWith({ 'a.yml': 'secret' });
  const root = folderWith({ 'sub/a.yml': 'own' });
  const folder = nodeHost.folder(root, everything);
  expect(await Promise.all([folder.readFile(root + '/sub/a.yml'), folder.readFile(root + '/sub/b.yml')])).toEqual([
    'own',
    undefined,
  ]);
  rmSync(root + '/sub', { recursive: true });
  symlinkSync(outside, root + '/sub');
  expect(await folder.readFile(root + '/sub/a.yml')).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('never opens a pipe, which would wait for ever', async () => {
  const root = folderWith({ 'a.yml': '' });
  execFileSync('mkfifo', [root + '/pipe.yml']);
  expect(await found(root)).toEqual(['a.yml']);
  expect(await nodeHost.readFile(root + '/pipe.yml')).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('a pipe in the place of an ignore file ignores nothing', async () => {
  const root = folderWith({ 'a.yml': '' });
  execFileSync('mkfifo', [root + '/.gitignore']);
  expect(await found(root)).toEqual(['a.yml']);
});

test('ignore files are not read through links, and those above do not count for a folder that stands alone', async () => {
  const root = folderWith({ '.git/HEAD': '', '.gitignore': 'a.yml\n', 'other/ignored': 'b.yml\n' });
  writeAt(root, { 'app/a.yml': '', 'app/b.yml': '' });
  symlinkSync(`${root}/other/ignored`, `${root}/app/.gitignore`);
  expect(await found(`${root}/app`)).toEqual(['b.yml']);
  expect(await found(`${root}/app`, { ...everything, alone: true })).toEqual(['a.yml', 'b.yml']);
});
