import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };
const found = (out: string) => JSON.parse(out).findings.map(({ file, line, rule }: never) => `${file}:${line} ${rule}`);

describe('baseline', () => {
  const check = (folder: string, ...args: string[]) => portolan(folder, ['check', '--format', 'json', ...args]);

  test('what it accepts is left out, and a new finding is not', () => {
    const folder = folderWith(harbour);
    expect(check(folder, '--update-baseline')).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(readFileSync(`${folder}/portolan-baseline.json`, 'utf8'))).toEqual({
      'compose.yaml': { 'port-mismatch': { count: 1 } },
    });
    const again = check(folder, '--baseline', 'portolan-baseline.json');
    expect(again).toMatchObject({ status: 0, err: '' });
    expect(found(again.out)).toEqual([]);
    writeFileSync(`${folder}/compose.dev.yaml`, compose);
    expect(found(check(folder, '--baseline', 'portolan-baseline.json').out)).toContainEqual(
      expect.stringContaining('compose.dev.yaml'),
    );
  });

  test('what is gone is told, and taken out when asked', () => {
    const folder = folderWith(harbour);
    check(folder, '--update-baseline', '--baseline', 'accepted.json');
    writeFileSync(`${folder}/compose.yaml`, compose.replace('9007', '9006'));
    expect(check(folder, '--baseline', 'accepted.json').err).toBe(
      'portolan: accepted.json accepts findings that are gone; --prune-baseline takes them out.\n',
    );
    expect(check(folder, '--baseline', 'accepted.json', '--prune-baseline')).toMatchObject({ status: 0, err: '' });
    expect(readFileSync(`${folder}/accepted.json`, 'utf8')).toBe('{}\n');
  });

  test.each([
    ['gone.json', undefined, 'There is no baseline gone.json; --update-baseline makes one.'],
    [
      'list.json',
      '[]',
      'The baseline list.json does not count findings by file and rule; make it anew with --update-baseline.',
    ],
    ['half.json', '{"a": ', 'The baseline half.json is not JSON; make it anew with --update-baseline.'],
  ])('%s is refused', (name, text, sentence) => {
    const folder = folderWith({ ...harbour, ...(text && { [name]: text }) });
    expect(check(folder, '--baseline', name)).toEqual({ status: 2, out: '', err: `portolan: ${sentence}\n` });
  });
});

describe('since', () => {
  const git = (folder: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@harbour.test', ...args], { cwd: folder });
  const committed = (files: Record<string, string>) => {
    const folder = folderWith(files);
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'Harbour');
    return folder;
  };
  const since = (folder: string, ...args: string[]) => portolan(folder, ['check', '-f', 'json', '--since', ...args]);

  test('what was there before is left out', () => {
    const run = since(committed(harbour), 'HEAD');
    expect(run).toMatchObject({ status: 0, err: '' });
    expect(found(run.out)).toEqual([]);
  });

  test('a changed line is reported, and so are a new file and what contradicts a changed row', () => {
    const folder = committed({ ...harbour, 'compose.yaml': compose.replace('9007', '9006') });
    writeFileSync(`${folder}/compose.yaml`, compose);
    expect(found(since(folder, 'HEAD').out)).toHaveLength(1);
    git(folder, 'commit', '-qam', 'Another port');
    expect(found(since(folder, 'HEAD').out)).toEqual([]);
    expect(found(since(folder, 'HEAD~1').out)).toHaveLength(1);
    writeFileSync(`${folder}/PORTS.md`, registry.replace('9006', '9016'));
    expect(found(since(folder, 'HEAD').out)).toContainEqual(expect.stringContaining('compose.yaml'));
  });

  test('a file is known again by a name that git writes in quotes', () => {
    const name = 'pier \u0001\u0007 "é"/compose.yaml';
    const folder = committed({ ...harbour, [name]: compose.replace('9007', '9006') });
    writeFileSync(`${folder}/${name}`, compose);
    expect(found(since(folder, 'HEAD').out)).toEqual([`${name}:5 port-mismatch`]);
  });

  test('a revision that git does not know, or that looks like an option, is refused', () => {
    const folder = committed(harbour);
    for (const revision of ['gone', '--output=x']) {
      const run = portolan(folder, ['check', `--since=${revision}`]);
      expect(run).toMatchObject({ status: 2, out: '' });
      expect(run.err).toContain(`portolan: --since ${revision} could not be compared (`);
    }
  });
});

test('quiet: errors only', () => {
  const folder = folderWith(harbour);
  const run = portolan(folder, ['check', '-q', '-f', 'json', '--rule', 'port-mismatch=warning']);
  expect(run).toMatchObject({ status: 0, err: '' });
  expect(found(run.out)).toEqual([]);
});

test('a text from standard input is checked as a file that need not exist', () => {
  const folder = folderWith({ 'PORTS.md': registry });
  const run = spawnSync(process.execPath, [portolan.program, 'check', '-f', 'json', '--stdin-file', 'compose.yaml'], {
    cwd: folder,
    input: compose,
    encoding: 'utf8',
  });
  expect(found(run.stdout)).toEqual([expect.stringMatching(/^compose\.yaml:\d+ port-mismatch$/)]);
});

test('the page on a rule', () => {
  expect(portolan('/', ['check', '--explain', 'port-mismatch']).out).toContain('# port-mismatch\n');
  expect(portolan('/', ['check', '--explain', 'port']).err).toContain('--explain port names no rule; the rules are ');
});

test('the settings that hold for a file', () => {
  const folder = folderWith({ 'portolan.yaml': 'rules:\n  port-mismatch: warning\n' });
  const { out } = portolan(folder, ['check', '--print-config', 'compose.yaml']);
  expect(JSON.parse(out)).toMatchObject({ rules: { 'port-mismatch': 'warning', 'unused-claim': 'off' }, aliases: {} });
});
