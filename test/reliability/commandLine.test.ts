import { type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { times } from '../support/effort.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const isRoot = process.getuid?.() === 0;
const isUnix = process.platform !== 'win32';

/** A user without a name, a home directory and rights, as in a container that runs under a number of its own. */
const NOBODY = { uid: 54321, gid: 54321 };
const { HOME: _, ...homeless } = process.env;

beforeAll(() => chmodSync(dirname(portolan.program), 0o755));

/** A workspace with one wrong port in each of many files, so that there is more to print than a pipe holds. */
function harbour(files = 1): string {
  const names = Array.from({ length: files }, (_, n) => [`quay-${n}/compose.yaml`, compose]);
  return folderWith({ 'PORTS.md': registry, ...Object.fromEntries(names) });
}

describe.runIf(isUnix)('the results', () => {
  test('a reader that leaves early ends it without a word, with the exit status of the findings', async () => {
    const child = spawn(process.execPath, [portolan.program, 'check'], { cwd: harbour(800) });
    let err = '';
    child.stderr.on('data', (data) => (err += data));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = await once(child, 'close');
    expect({ status, err }).toEqual({ status: 1, err: '' });
  });

  test('a closed standard output, and standard error, change nothing else', () => {
    const cwd = harbour();
    for (const redirection of ['>&-', '2>&-', '<&-', '>&- 2>&- <&-']) {
      const { status } = spawnSync(`"${process.execPath}" "${portolan.program}" check ${redirection}`, {
        cwd,
        shell: '/bin/sh',
      });
      expect(status, redirection).toBe(1);
    }
  });

  test.runIf(existsSync('/dev/full'))('a full disk is told, and is no success', () => {
    const full = openSync('/dev/full', 'w');
    const stdio: StdioOptions = ['ignore', full, 'pipe'];
    const options = { cwd: harbour(), stdio, encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync(process.execPath, [portolan.program, 'check'], options);
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^portolan: The results could not be written: ENOSPC.*\n$/);
  });
});

test.runIf(isUnix)('Ctrl+C ends it with the status of shells, and no file is half-written', async () => {
  const root = harbour(200);
  const runs = times(5, 100);
  for (let n = 0; n < runs; n++) {
    const child = spawn(process.execPath, [portolan.program, 'check', '--fix'], { cwd: root, stdio: 'ignore' });
    setTimeout(() => child.kill('SIGINT'), 100 + (n * 700) / runs);
    const [code, signal] = await once(child, 'exit');
    // Before the program itself runs, the signal ends Node.
    expect([0, 130, 'SIGINT']).toContain(code ?? signal);
    for (const name of readdirSync(root)) {
      if (!name.startsWith('quay-')) continue;
      expect(readdirSync(`${root}/${name}`)).toEqual(['compose.yaml']);
      expect([compose, compose.replace('9007', '9006')]).toContain(
        readFileSync(`${root}/${name}/compose.yaml`, 'utf8'),
      );
    }
  }
});

test.runIf(isRoot)('a user without a home directory', () => {
  const cwd = harbour();
  chmodSync(cwd, 0o755);
  const options = { cwd, env: homeless, encoding: 'utf8', ...NOBODY } as const;
  const { status, stderr } = spawnSync(process.execPath, [portolan.program, 'check'], options);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

test.runIf(isUnix)('a working directory that is gone', () => {
  const command = `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${portolan.program}" check`;
  const options = { cwd: folderWith({}), shell: '/bin/sh', encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(command, options);
  expect(stderr).toBe('portolan: The working directory is gone; change to a folder that exists.\n');
  expect(status).toBe(2);
});

describe('--fix', () => {
  test.runIf(isRoot)('keeps the owner of a file', () => {
    const root = harbour();
    const path = `${root}/quay-0/compose.yaml`;
    chownSync(path, NOBODY.uid, NOBODY.gid);
    chmodSync(path, 0o664);
    expect(portolan(root, ['check', '--fix']).status).toBe(0);
    expect(statSync(path)).toMatchObject({ ...NOBODY, mode: 0o100664 });
  });

  test.runIf(isRoot)('in a folder that may not be written, says so and changes nothing', () => {
    const cwd = harbour();
    for (const folder of [cwd, `${cwd}/quay-0`]) chmodSync(folder, 0o755);
    chmodSync(`${cwd}/quay-0/compose.yaml`, 0o666);
    const options = { cwd, encoding: 'utf8', ...NOBODY } as const;
    const { status, stderr } = spawnSync(process.execPath, [portolan.program, 'check', '--fix'], options);
    expect(stderr).toMatch(/^portolan: .*compose\.yaml could not be written: EACCES.*\n$/);
    expect(status).toBe(2);
    expect(readFileSync(`${cwd}/quay-0/compose.yaml`, 'utf8')).toBe(compose);
  });
});

/** Runs the command line where no file may become longer than so many kilobytes: the disk is full in its midst. */
function onFullDisk(cwd: string, kilobytes: number, args: string): { status: number | null; err: string } {
  const command = `trap '' XFSZ; ulimit -f ${kilobytes}; exec "${process.execPath}" "${portolan.program}" ${args}`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' });
  return { status, err: stderr };
}

describe.runIf(isUnix)('a disk that is full', () => {
  test('--fix leaves the file as it was, and nothing else behind', () => {
    const root = harbour();
    const path = `${root}/quay-0/compose.yaml`;
    const long = compose + '# the tide comes in, the tide goes out\n'.repeat(100);
    writeFileSync(path, long);
    const { status, err } = onFullDisk(root, 1, 'check --fix');
    expect(err).toMatch(/^portolan: .*compose\.yaml could not be written: EFBIG.*\n$/);
    expect(status).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(long);
    expect(readdirSync(`${root}/quay-0`)).toEqual(['compose.yaml']);
  });

  test('init leaves no half of a registry behind', () => {
    const root = folderWith({ 'compose.yaml': compose });
    const { status, err } = onFullDisk(root, 0, 'init --write');
    expect(err).toMatch(/^portolan: .*PORT_REGISTRY\.md could not be written: EFBIG.*\n$/);
    expect(status).toBe(2);
    expect(readdirSync(root)).toEqual(['compose.yaml']);
  });
});
