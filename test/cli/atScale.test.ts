import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';
import { npxStarting, runStep } from '../support/runner.ts';

const portolan = commandLine();
const here = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const page = here('docs/at-scale.md');

/** The workflow that stands under a name in the page. */
function workflow(name: string) {
  const [, yaml] = new RegExp(`^\`\`\`yaml\\n# \\.github/workflows/${name}\\n(.*?)^\`\`\``, 'ms').exec(page)!;
  return parse(yaml!);
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Record<string, string>;
}
const called = parse(here('.github/workflows/portolan.yml'));
const steps: readonly Step[] = called.jobs.check.steps;

test('a repository gives the workflow what it knows, and allows it what it needs', () => {
  const { uses, with: given, permissions } = workflow('ports.yml').jobs.ports;
  const [, file] = /^portolan-dev\/portolan\/(.*)@main$/.exec(uses)!;
  expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true);
  expect(permissions).toEqual(called.jobs.check.permissions);
  for (const name of Object.keys(given)) expect(called.on.workflow_call.inputs).toHaveProperty(name);
});

/** What the workflow leaves of a repository. */
function exportOf(repository: string, files: Record<string, string>): string {
  const folder = folderWith(files);
  const { run } = steps.find((step) => step.run?.includes(' export '))!;
  const env = { VERSION: 'latest', REPOSITORY: repository };
  expect(runStep(run!, folder, env, npxStarting(portolan.program))).toMatchObject({ status: 0, stderr: '' });
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))!.with!;
  expect(upload.name).toBe('portolan-ports');
  return readFileSync(`${folder}/${upload.path}`, 'utf8');
}

test('what repositories leave is fetched and reported on together', () => {
  const other = registry.replaceAll('billing-api', 'lamp-oil');
  const folder = folderWith({
    'fetchable/harbour/berths': exportOf('harbour/berths', { 'PORTS.md': registry, 'compose.yaml': compose }),
    'fetchable/harbour/lamps': exportOf('harbour/lamps', { 'PORTS.md': other }),
  });
  // One repository has no export yet.
  const gh = `if [[ $1 = repo ]]; then printf 'harbour/%s\\n' berths new lamps; exit; fi
    [[ $* = "run download --repo $4 --name portolan-ports --dir fetched" ]] || exit 9
    mkdir -p fetched && cp "fetchable/$4" fetched/portolan-ports.json`;
  const [fetch, merge] = workflow('all-ports.yml').jobs.merge.steps as readonly Step[];
  const env = { OWNER: 'harbour', VERSION: 'latest', GITHUB_STEP_SUMMARY: `${folder}/summary` };
  expect(runStep(fetch!.run!, folder, env, { gh }).status).toBe(0);
  const merged = runStep(merge!.run!, folder, env, npxStarting(portolan.program));
  expect(merged).toMatchObject({ status: 1, stderr: expect.stringContaining('2 repositories with ') });
  const summary = readFileSync(`${folder}/summary`, 'utf8');
  expect(summary).toContain('9006 is given to different services:\n  harbour/berths PORTS.md:');
  expect(summary).toContain('(lamp-oil)');
});

/** The options of Renovate that the preset uses, by their types: https://docs.renovatebot.com/configuration-options/ */
const options: Readonly<Record<string, (value: unknown) => boolean>> = {
  matchManagers: isTexts,
  matchPackageNames: isTexts,
  groupName: isText,
  schedule: isTexts,
  rangeStrategy: (value) => ['auto', 'bump', 'pin', 'replace', 'widen', 'update-lockfile'].includes(String(value)),
  minimumReleaseAge: (value) => value === null || isText(value),
  prPriority: Number.isInteger,
  automerge: (value) => typeof value === 'boolean',
  addLabels: isTexts,
  prBodyNotes: isTexts,
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

test('the preset for Renovate says what Renovate understands, of the one package that it is given', () => {
  const { $schema, description, packageRules, ...rest } = JSON.parse(here('ci/renovate.json'));
  expect([isText($schema), isTexts(description), rest]).toEqual([true, true, {}]);
  expect(packageRules).toHaveLength(1);
  expect(packageRules[0].matchPackageNames).toEqual(['{{arg0}}']);
  for (const [name, value] of Object.entries(packageRules[0]))
    expect([name, options[name]?.(value)]).toEqual([name, true]);
  expect(page).toContain('"github>portolan-dev/portolan//ci/renovate(@harbour/ports)"');
});
