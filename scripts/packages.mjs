import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { npmText } from './processes.mjs';

/** The time of every file in the packages, in seconds: the first that a zip file can hold. */
const EPOCH = '315532800';

/**
 * Makes the extension. Of the manifest only what an editor needs goes into it.
 *
 * @param {string} root The project, built. What goes in is said by `.vscodeignore`.
 * @param {string} vsix The file to write.
 * @returns {Promise<string[]>} the files in it
 */
export async function makeExtension(root, vsix) {
  const { scripts: _, devDependencies: __, bin: ___, exports: ____, ...manifest } = await manifestOf(root);
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  await inStage(async (stage) => {
    for (const file of files) {
      await mkdir(dirname(join(stage, file)), { recursive: true });
      await copyFile(join(root, file), join(stage, file));
    }
    await copyFile(join(root, '.vscodeignore'), join(stage, '.vscodeignore'));
    await writeJson(join(stage, 'package.json'), manifest);
    await setModes(stage);
    process.env.SOURCE_DATE_EPOCH ??= EPOCH;
    process.env.TZ = 'UTC'; // zip files hold local time
    await createVSIX({ cwd: stage, dependencies: false, packagePath: vsix });
  });
  return files;
}

/**
 * Makes the package for npm: the command line, the language server and the library. Of the manifest only what npm needs
 * goes into it.
 *
 * @param {string} root The project, built. What goes in is said by `.npmignore`.
 * @param {string} folder Where to write it.
 * @returns {Promise<string[]>} the files in it
 */
export async function makeNpmPackage(root, folder) {
  const manifest = await manifestOf(root);
  const { name, version, description, keywords, license, homepage, repository, bugs, type, bin, exports } = manifest;
  const engines = { node: manifest.engines.node };
  /** @type {string[]} */
  let packed = [];
  await inStage(async (stage) => {
    for (const part of ['dist', 'docs', 'schemas']) await cp(join(root, part), join(stage, part), { recursive: true });
    for (const file of pages) await copyFile(join(root, file), join(stage, file));
    await writeJson(join(stage, 'package.json'), {
      ...{ name, version, description, keywords, license, homepage, repository, bugs, engines, type, bin, exports },
    });
    await setModes(stage, Object.values(bin));
    const told = npmText(['pack', '--json', '--silent', '--pack-destination', folder], { cwd: stage });
    packed = JSON.parse(told)[0].files.map((/** @type {{ path: string }} */ { path }) => path);
  });
  return packed;
}

const pages = [
  '.npmignore',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'SUPPORT.md',
  'THIRD_PARTY_NOTICES.md',
];

/** Builds what goes into the packages. @param {string} root */
export async function build(root) {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', '--minify'], { cwd: root });
}

/** @param {(stage: string) => Promise<void>} work */
async function inStage(work) {
  const stage = await mkdtemp(join(tmpdir(), 'portolan-package-'));
  try {
    await work(stage);
  } finally {
    await rm(stage, { recursive: true });
  }
}

/**
 * Files have rights in a package, which must not be those that they happen to have here.
 *
 * @param {string} stage
 * @param {readonly string[]} [programs] The files that can be run.
 */
async function setModes(stage, programs = []) {
  for (const entry of await readdir(stage, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o644);
  }
  for (const program of programs) await chmod(join(stage, program), 0o755);
}

/** @param {string} root */
async function manifestOf(root) {
  return JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
}

/**
 * @param {string} path
 * @param {unknown} value
 */
export async function writeJson(path, value) {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
