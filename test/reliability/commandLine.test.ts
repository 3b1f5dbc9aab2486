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
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { isNightly, times } from '../support/effort.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const isRoot = process.getuid?.() === 0;
const isUnix = process.platform !== 'win32';
/** On a busy machine, in milliseconds. */
const PATIENCE = isNightly ? 0 : 60_000;

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

/** The same compose file in several folders. */
function piersOf(...folders: string[]): Record<string, string> {
  return Object.fromEntries(folders.map((folder) => [`${folder}/compose.yaml`, compose]));
}

/** What ends programs, with the exit status that shells give for it. */
const endings = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGKILL: 137 } as const;

describe.runIf(isUnix)('in the midst of --fix', () => {
  const mended = compose.replace('9007', '9006');
  const names = Array.from({ length: 200 }, (_, n) => `quay-${n}/compose.yaml`);

  test.each(Object.entries(endings))(
    '%s leaves no file half-written',
    { timeout: PATIENCE },
    async (signal, status) => {
      const root = harbour(names.length);
      const textsNow = () => names.map((name) => readFileSync(`${root}/${name}`, 'utf8'));
      const others = () => readdirSync(root, { recursive: true }).filter((name) => String(name).endsWith('.tmp'));
      let underWay = 0;
      for (let n = 0; n < times(3, 100); n++) {
        writeAt(root, Object.fromEntries(names.map((name) => [name, compose])));
        const child = spawn(process.execPath, [portolan.program, 'check', '--fix'], { cwd: root, stdio: 'ignore' });
        const ended = once(child, 'exit');
        while (child.exitCode === null && !textsNow().includes(mended)) await sleep(1);
        if (child.exitCode === null) underWay++;
        await sleep((n * 7) % 40);
        child.kill(signal as NodeJS.Signals);
        const [code, by] = await ended;
        expect([0, status, signal]).toContain(code ?? by);
        expect(new Set([compose, mended, ...textsNow()]).size).toBe(2);
        if (signal !== 'SIGKILL') expect(others()).toEqual([]); // nobody can clear up after that
      }
      expect(underWay).toBeGreaterThan(0);
    },
  );
});

test.runIf(isRoot)('a user without a home directory', () => {
  const cwd = harbour();
  chmodSync(cwd, 0o755);
  const options = { cwd, env: homeless, encoding: 'utf8', ...NOBODY } as const;
  const { status, stderr } = spawnSync(process.execPath, [portolan.program, 'check'], options);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

test.runIf(isRoot)('files and folders that may not be read are passed over', () => {
  const root = folderWith({ 'PORTS.md': registry, ...piersOf('open', 'shut', 'hidden'), 'CHARTS.md': registry });
  for (const folder of [root, `${root}/open`, `${root}/shut`]) chmodSync(folder, 0o755);
  for (const path of ['shut/compose.yaml', 'hidden', 'CHARTS.md']) chmodSync(`${root}/${path}`, 0);
  const options = { cwd: root, env: homeless, encoding: 'utf8', ...NOBODY } as const;
  const args = [portolan.program, 'check', '--format', 'jsonl'];
  const { status, stderr, stdout } = spawnSync(process.execPath, args, options);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).file),
  ).toEqual(['open/compose.yaml']);
});

test.runIf(isUnix)('a working directory that is gone', () => {
  const command = `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${portolan.program}" check`;
  const options = { cwd: folderWith({}), shell: '/bin/sh', encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(command, options);
  expect(stderr).toBe('portolan: The working directory is gone; change to a folder that exists.\n');
  expect(status).toBe(2);
});

describe('--fix', () => {
  test.runIf(isRoot).each([
    ['owner', NOBODY],
    ['group', { ...NOBODY, uid: 0 }],
  ])('keeps the %s of a file', (_, { uid, gid }) => {
    const root = harbour();
    const path = `${root}/quay-0/compose.yaml`;
    chownSync(path, uid, gid);
    chmodSync(path, 0o664);
    expect(portolan(root, ['check', '--fix']).status).toBe(0);
    expect(statSync(path)).toMatchObject({ uid, gid, mode: 0o100664 });
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

  test('--update-baseline leaves the baseline that there was', () => {
    const root = harbour(40);
    expect(portolan(root, ['check', '--update-baseline']).status).toBe(0);
    const before = readFileSync(`${root}/portolan-baseline.json`, 'utf8');
    const { status, err } = onFullDisk(root, 1, 'check --update-baseline');
    expect(err).toMatch(/^portolan: .*portolan-baseline\.json could not be written: EFBIG.*\n$/);
    expect(status).toBe(2);
    expect(readFileSync(`${root}/portolan-baseline.json`, 'utf8')).toBe(before);
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('init leaves no half of a registry behind', () => {
    const root = folderWith({ 'compose.yaml': compose });
    const { status, err } = onFullDisk(root, 0, 'init --write');
    expect(err).toMatch(/^portolan: .*PORT_REGISTRY\.md could not be written: EFBIG.*\n$/);
    expect(status).toBe(2);
    expect(readdirSync(root)).toEqual(['compose.yaml']);
  });
});

describe.runIf(isUnix)('what is no file to be read is told', () => {
  test.each([
    ['check --baseline /dev/zero', 'The baseline /dev/zero could not be read: it is a device.'],
    ['check --baseline .', 'The baseline . could not be read: EISDIR: illegal operation on a directory, read.'],
    ['check --stdin-file a/compose.yaml < .', /^Standard input could not be read: EISDIR.*\.$/],
    ['merge /dev/zero', '/dev/zero could not be read: it is a device.'],
  ])('%s', (command, sentence) => {
    const line = `"${process.execPath}" "${portolan.program}" ${command}`;
    const options = { cwd: harbour(), shell: '/bin/sh', encoding: 'utf8', timeout: 20_000 } as const;
    const { status, stderr } = spawnSync(line, options);
    expect(stderr.replace(/^portolan: /, '').trim()).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
    expect(status).toBe(2);
  });
});
