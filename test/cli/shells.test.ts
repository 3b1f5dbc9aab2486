import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';

const portolan = commandLine();
const isHere = (program: string) => spawnSync(program, ['--version']).status === 0;

test('bash completes commands, options and formats', () => {
  const folder = folderWith({});
  writeFileSync(`${folder}/completions`, portolan(folder, ['completions', 'bash']).out);
  const completed = (...words: string[]) => {
    const script = 'source completions; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portolan; echo "${COMPREPLY[*]}"';
    return spawnSync('bash', ['-c', script, 'bash', 'portolan', ...words], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout.trim();
  };
  expect(completed('ch')).toBe('check');
  expect(completed('check', '--fi')).toBe('--fix --fix-dry-run');
  expect(completed('check', '--format', 's')).toBe('stylish sarif');
});

test.skipIf(!isHere('zsh'))('zsh takes its script', () => {
  const { out } = portolan('/', ['completions', 'zsh']);
  expect(spawnSync('zsh', ['-n'], { input: out, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('fish is told of every command', () => {
  const { out } = portolan('/', ['completions', 'fish']);
  expect(out).toContain("complete -c portolan -n __fish_use_subcommand -a next -d 'Print the next free ports");
  expect(out).toContain("-l format -s f -xa 'stylish compact json");
});

test('another shell is refused', () => {
  expect(portolan('/', ['completions', 'csh'])).toMatchObject({
    status: 2,
    err: 'portolan: Name a shell: portolan completions bash, zsh, fish.\n',
  });
});

test.skipIf(!isHere('man'))('man takes the manual page without a warning', () => {
  const { out } = portolan('/', ['man']);
  const run = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', '-'], { input: out, encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toContain('portolan check [PATH…]');
});
