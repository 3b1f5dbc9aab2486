import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';
import { npxStarting, runStep } from '../support/runner.ts';

const portolan = commandLine();
const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };
const here = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** Runs a script as such services do, with a stand-in for npx that starts what is built here. */
const runScript = (script: string, folder: string, env: Record<string, string>) =>
  runStep(script, folder, env, npxStarting(portolan.program));

interface Step {
  readonly run: string;
  readonly env: Record<string, string>;
}
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}
const steps: readonly Step[] = parse(here('action.yml')).runs.steps;
const [matcher] = JSON.parse(here('ci/problem-matcher.json')).problemMatcher[0].pattern;

test('the action checks, writes a report, and its matcher understands every line', () => {
  const folder = folderWith(harbour);
  const run = runScript(steps[1]!.run, folder, { VERSION: 'latest', PATHS: '', ARGUMENTS: '', SARIF: 'out.sarif' });
  expect(run).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(readFileSync(`${folder}/out.sarif`, 'utf8')).runs[0].results).toHaveLength(1);
  for (const line of run.stdout.trimEnd().split('\n')) {
    const found = new RegExp(matcher.regexp).exec(line);
    expect([found?.[matcher.file], found?.[matcher.line], found?.[matcher.severity], found?.[matcher.code]]).toEqual([
      'compose.yaml',
      '5',
      'error',
      'port-mismatch',
    ]);
  }
});

test('the inputs of the action are never run', () => {
  const folder = folderWith(harbour);
  const env = { VERSION: 'latest', PATHS: '$(touch "$PWD/bad")\n; touch bad', ARGUMENTS: '--quiet\n', SARIF: '' };
  expect(runScript(steps[1]!.run, folder, env)).toMatchObject({
    status: 2,
    stderr: 'portolan: There is no file or folder $(touch "$PWD/bad"); name one that exists.\n',
  });
  for (const { run } of steps) expect(run).not.toContain('${{');
});

test('the job for GitLab leaves its report and fails', () => {
  const folder = folderWith(harbour);
  const { script } = parse(here('ci/gitlab.yml')).portolan;
  const run = runScript(script.join('\n'), folder, { PORTOLAN_VERSION: 'latest', PORTOLAN_ARGUMENTS: '' });
  expect(run).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(readFileSync(`${folder}/portolan.json`, 'utf8'))).toHaveLength(1);
});

test.each(parse(here('.pre-commit-hooks.yaml')) as readonly Hook[])(
  'the hook $id runs, for files that hold ports',
  (hook) => {
    const { entry, files } = hook;
    const git = 'git init -q && git -c user.name=Ada -c user.email=ada@harbour.test commit -q --allow-empty -m Harbour';
    const run = runScript(`${git} && ${entry.replace('portolan', 'npx --yes portolan')}`, folderWith(harbour), {});
    expect(run).toMatchObject({ status: 1, stderr: '' });
    const pattern = new RegExp(files.replace('(?i)', ''), 'i');
    const named = [
      'deploy/docker-compose.yml',
      'PORTS.md',
      'docs/PORT_REGISTRY.md',
      '.env.local',
      'api/Dockerfile',
      'nginx.conf',
    ];
    expect(named.filter((name) => !pattern.test(name))).toEqual([]);
    expect(pattern.test('src/main.ts')).toBe(false);
  },
);

test('the number of errors is found where MegaLinter looks for it', () => {
  const [linter] = parse(here('ci/portolan.megalinter-descriptor.yml')).linters;
  const { out } = portolan(folderWith(harbour), linter.cli_lint_extra_args);
  expect(new RegExp(linter.cli_lint_errors_regex).exec(out)?.[1]).toBe('1');
});
