import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { runStep } from './support/runner.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = '.github/workflows';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, string>;
}
interface Job {
  readonly permissions?: Record<string, string>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflows = new Map<string, Workflow>(
  readdirSync(join(root, folder)).map((file) => [file, parse(readFileSync(join(root, folder, file), 'utf8'))]),
);
const jobs = [...workflows].flatMap(([file, { permissions, jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file} ${name}`, permissions, ...job })),
);

test('each job may do what it has to and no more', () => {
  expect(Object.fromEntries(jobs.map(({ name, permissions }) => [name, permissions]))).toEqual({
    'ci.yml test': { contents: 'read' },
    'portolan.yml check': { contents: 'read', 'security-events': 'write' },
    'release.yml packages': { contents: 'read' },
    'release.yml attest': { 'id-token': 'write', attestations: 'write' },
    'release.yml npm': { 'id-token': 'write' },
    'release.yml marketplaces': {},
    'release.yml github': { contents: 'write' },
  });
});

describe.each(jobs)('$name', ({ permissions, steps }) => {
  const scripts = steps.flatMap(({ run }) => run ?? []);

  test('uses actions of a fixed version', () => {
    for (const { uses } of steps)
      expect(uses ?? 'portolan-dev/portolan@main').toMatch(
        /^(portolan-dev\/portolan@main|[\w-]+\/[\w/-]+@(v\d+|[0-9a-f]{40}))$/,
      );
  });

  test('runs scripts that Bash understands and into which nothing is pasted', () => {
    for (const script of scripts) {
      expect(spawnSync('bash', ['-n', '-c', script], { encoding: 'utf8' }).stderr).toBe('');
      expect(script).not.toContain('${{');
    }
  });

  test('runs what the project has', () => {
    for (const script of scripts) {
      for (const [, name] of script.matchAll(/\bnpm run ([\w:-]+)/g)) expect(manifest.scripts).toHaveProperty(name!);
      for (const [, file] of script.matchAll(/\bbash (\S+)/g)) expect(existsSync(join(root, file!))).toBe(true);
    }
  });

  test('runs nothing of the project where it holds a key', () => {
    const holdsKey =
      permissions['id-token'] === 'write' ||
      permissions.contents === 'write' ||
      steps.some(({ env = {} }) => Object.values(env).some((value) => value.includes('secrets.')));
    const ofProject = steps.filter(
      ({ uses, run }) => uses?.startsWith('actions/checkout') || /npm (ci|run)/.test(run ?? ''),
    );
    if (holdsKey) expect(ofProject).toEqual([]);
  });
});

test('the package for npm is published with its provenance', () => {
  const { permissions, steps } = workflows.get('release.yml')!.jobs.npm!;
  expect(permissions).toEqual({ 'id-token': 'write' });
  expect(steps.at(-1)!.run).toBe('npm publish ./portolan-*.tgz --provenance --access public');
});

test('what is published with a tool of others is published with the version that is tested here', () => {
  const [vsce, ovsx] = workflows.get('release.yml')!.jobs.marketplaces!.steps.flatMap(({ run }) => run ?? []);
  expect(vsce).toContain(`@vscode/vsce@${manifest.devDependencies['@vscode/vsce']} `);
  expect(ovsx).toMatch(/ ovsx@\d+\.\d+\.\d+ /);
});

test('a tag that is not the version stops the release', () => {
  const step = workflows.get('release.yml')!.jobs.packages!.steps.find(({ run }) => run?.includes('$TAG'))!;
  expect(runStep(step.run!, root, { TAG: `v${manifest.version}` })).toMatchObject({ status: 0 });
  expect(runStep(step.run!, root, { TAG: 'v9.9.9' })).toMatchObject({ status: 1 });
});

test('what is given to the action is known to it', () => {
  const { inputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const step = workflows.get('portolan.yml')!.jobs.check!.steps.find(({ uses }) => uses?.startsWith('portolan-dev/'))!;
  for (const name of Object.keys(step.with!)) expect(inputs).toHaveProperty(name);
});
