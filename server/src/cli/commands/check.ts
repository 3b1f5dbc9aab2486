import { resolve } from 'node:path';
import type { Finding, Level } from '../../core/finding.ts';
import { slashes } from '../../core/path.ts';
import { rules } from '../../core/rules/index.ts';
import { levels } from '../../core/settings/settings.ts';
import { type Arguments, anyOf, type Command, type ExitCode, formatOption, reading } from '../arguments.ts';
import { BASELINE, Baseline } from '../baseline.ts';
import { diffOf, type Fixed, makeFixes, write } from '../fix.ts';
import { formats } from '../formats/index.ts';
import { shortPath } from '../places.ts';
import { jsonText } from '../printed.ts';
import { type Report, reportOn, type Selection } from '../report.ts';
import { rulePage } from '../rulePage.ts';
import { changedSince } from '../since.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import { openWorkspace, ruleIds, type Unsaved, type Workspace, workspaceAround } from '../workspace.ts';

/** `portolan check`: the findings. */
export const checkCommand: Command = {
  name: 'check',
  takes: '[PATH…]',
  does: 'Report where ports contradict the registry.',
  details: `A PATH that is a folder is read with all in it, and nothing else is but the registries that a portolan.yaml names;
without a PATH it is the working directory. For a file the workspace around it is read: the nearest folder above it
with a .git or a portolan.yaml. Only findings in the PATHs are reported.

Exit status: 0 clean, 1 errors or more warnings than allowed, 2 usage or configuration error.
Information and hints are reported and change no status.`,
  examples: [
    { line: 'portolan check docker-compose.yml', says: 'One file, in its workspace.', isShown: true },
    { line: 'portolan check --fix-dry-run nginx/internal.conf', says: 'The safe fixes, as a diff.', isShown: true },
    { line: 'portolan check --since main', says: 'Only what is new on this branch.' },
    { line: 'portolan check --format sarif > portolan.sarif', says: 'For code scanning.' },
    { line: 'portolan check --update-baseline', says: 'Accept what is there, so that only what is new fails.' },
  ],
  options: {
    format: formatOption(formats, 'How to report'),
    fix: { type: 'boolean', help: 'Make the safe fixes, then report what remains.' },
    'fix-dry-run': {
      type: 'boolean',
      help: 'Print the safe fixes as a unified diff and change nothing.\nLines that may hold a secret are shown in part.\nThe exit status is that of the files as they are.',
    },
    'max-warnings': { type: 'string', value: 'N', help: 'Allow so many warnings; without it none.' },
    quiet: { type: 'boolean', short: 'q', help: 'Report and count errors only.' },
    rule: {
      type: 'string',
      multiple: true,
      value: 'ID=LEVEL',
      help: `Set the level of a rule: ${anyOf(levels)}. Counts more than portolan.yaml.\nMay be given more than once.`,
    },
    since: {
      type: 'string',
      value: 'REVISION',
      help: 'Report only what stands on lines changed since this branch left a git revision,\nor contradicts a row of a registry that was. All files are read.',
    },
    baseline: { type: 'string', value: 'FILE', help: 'Leave out the findings that this file accepts.' },
    'update-baseline': {
      type: 'boolean',
      help: `Accept all findings: write them, counted by file and rule, into the baseline\n(${BASELINE} if --baseline names none).`,
    },
    'prune-baseline': { type: 'boolean', help: 'Take out of the baseline what is no longer found.' },
    'stdin-file': {
      type: 'string',
      value: 'NAME',
      help: 'Check a text from standard input as if it stood in this file.',
    },
    explain: { type: 'string', value: 'RULE', choices: ruleIds, help: 'Print the page on a rule, and check nothing.' },
    'print-config': {
      type: 'string',
      value: 'FILE',
      help: 'Print the settings that hold for a file, and check nothing.',
    },
    ...reading,
  },
  async run(given, terminal) {
    const rule = given.value('explain');
    if (rule !== undefined) return explain(rule, terminal);
    const configured = given.value('print-config');
    if (configured !== undefined) return printConfig(configured, given, terminal);
    const format = given.format(formats);
    const maxWarnings = maxWarningsOf(given);
    const isDryRun = given.has('fix-dry-run');
    for (const [one, other] of EXCLUDING) {
      if (given.has(one) && given.has(other))
        throw new UsageError(`--${one} and --${other} exclude each other; give one.`);
    }
    const workspace = await openWorkspace(given.positionals, terminal.cwd, {
      levels: levelsOf(given),
      unsaved: unsavedOf(given, terminal),
      ...terminal,
    });
    for (const path of workspace.unread) {
      terminal.tell(`${shortPath(path, terminal.cwd)} is not checked, because nothing in it can be read for ports.`);
    }
    for (const [path, why] of workspace.refused) {
      terminal.tell(`${shortPath(path, terminal.cwd)} is not checked, because it is ${why}.`);
    }
    for (const sentence of workspace.missing) terminal.tell(sentence);
    const select = selectionOf(given, workspace, terminal);
    if (isDryRun) return dryRun(workspace, select, maxWarnings, terminal);
    if (given.has('fix')) fix(workspace, terminal);
    const report = reportOn(workspace, select);
    terminal.out(await format(report, terminal.style));
    return statusOf(report, maxWarnings);
  },
};

const EXCLUDING = [
  ['fix', 'fix-dry-run'],
  ['fix', 'stdin-file'],
  ['quiet', 'max-warnings'],
  ['update-baseline', 'prune-baseline'],
  ['update-baseline', 'since'],
  ['prune-baseline', 'since'],
] as const;

function statusOf({ summary: { errors, warnings } }: Report, maxWarnings: number): ExitCode {
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

async function explain(rule: string, terminal: Terminal): Promise<ExitCode> {
  if (!ruleIds.includes(rule))
    throw new UsageError(`--explain ${rule} names no rule; the rules are ${ruleIds.join(', ')}.`);
  terminal.out(await rulePage(rule));
  return 0;
}

async function printConfig(name: string, given: Arguments, terminal: Terminal): Promise<ExitCode> {
  const path = slashes(resolve(terminal.cwd, name));
  const root = workspaceAround(path, terminal.cwd);
  const settings = (await openWorkspace([root], terminal.cwd, { levels: levelsOf(given), ...terminal })).settingsOf(
    path,
  );
  const all = Object.fromEntries(rules.map(({ id, level }) => [id, settings.rules[id] ?? level]));
  terminal.out(`${jsonText({ ...settings, rules: all }, 2)}\n`);
  return 0;
}

function unsavedOf(given: Arguments, terminal: Terminal): Unsaved | undefined {
  const name = given.value('stdin-file');
  if (name === undefined) return undefined;
  if (given.positionals.length > 0) throw new UsageError('With --stdin-file give no PATH: only that file is checked.');
  return { name, text: terminal.input() };
}

/** Which findings are reported. What a baseline accepts is judged by all of them. */
function selectionOf(given: Arguments, workspace: Workspace, terminal: Terminal): Selection {
  const revision = given.value('since');
  const isNew = revision === undefined ? undefined : changedSince(revision, workspace);
  return (all) => {
    let left = beyondBaseline(all, given, workspace, terminal);
    if (isNew) left = left.filter((finding) => isNew(finding) || (finding.registry && isNew(finding.registry)));
    return given.has('quiet') ? left.filter(({ severity }) => severity === 'error') : left;
  };
}

function beyondBaseline(all: readonly Finding[], given: Arguments, workspace: Workspace, terminal: Terminal) {
  const [updates, prunes] = [given.has('update-baseline'), given.has('prune-baseline')];
  const name = given.value('baseline') ?? (updates || prunes ? BASELINE : undefined);
  if (name === undefined) return all;
  if (updates) Baseline.readIfThere(name, terminal.cwd).update(all, workspace);
  const baseline = Baseline.read(name, terminal.cwd);
  if (prunes) baseline.prune(all, workspace);
  else if (baseline.isLoose(all, workspace)) {
    terminal.tell(`${name} accepts findings that are gone; --prune-baseline takes them out.`);
  }
  return baseline.beyond(all);
}

function fix(workspace: Workspace, terminal: Terminal): void {
  const fixed = makeFixes(workspace);
  tellRefusals(fixed, terminal);
  write(fixed.changes, workspace);
  const names = fixed.changes.map(({ path }) => shortPath(path, terminal.cwd));
  if (names.length > 0) terminal.tell(`Fixed ${names.join(', ')}.`);
}

function dryRun(workspace: Workspace, select: Selection, maxWarnings: number, terminal: Terminal): ExitCode {
  const status = statusOf(reportOn(workspace, select), maxWarnings);
  const fixed = makeFixes(workspace);
  tellRefusals(fixed, terminal);
  terminal.out(diffOf(fixed.changes, workspace));
  return status;
}

function tellRefusals({ refused }: Fixed, terminal: Terminal): void {
  for (const [path, why] of refused) terminal.tell(`${shortPath(path, terminal.cwd)} is not fixed: it ${why}.`);
}

function maxWarningsOf(given: Arguments): number {
  const text = given.value('max-warnings') ?? '0';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--max-warnings ${text} is not a number of warnings; give a whole number such as 10.`);
}

function levelsOf(given: Arguments): Record<string, Level> {
  return Object.fromEntries(
    given.all('rule').map((text) => {
      const [id = '', name] = text.split('=');
      const level = levels.find((known) => known === name);
      if (!ruleIds.includes(id))
        throw new UsageError(`--rule ${text} names no rule; the rules are ${ruleIds.join(', ')}.`);
      if (!level) throw new UsageError(`--rule ${text} names no level; use ${id}= with ${anyOf(levels)}.`);
      return [id, level];
    }),
  );
}
