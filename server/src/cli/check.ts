import type { Level } from '../core/finding.ts';
import { levels } from '../core/settings.ts';
import { type Arguments, anyOf, type Command, type ExitCode, formatOption, UsageError } from './arguments.ts';
import { type Fixed, makeFixes, write } from './fix.ts';
import { formats } from './formats/index.ts';
import { unifiedDiff } from './patch.ts';
import { type Report, reportOn } from './report.ts';
import type { Terminal } from './terminal.ts';
import { openWorkspace, ruleIds, shortPath, type Workspace } from './workspace.ts';

/** `portolan check`: the findings. */
export const checkCommand: Command = {
  name: 'check',
  takes: '[PATH…]',
  does: 'Report where ports contradict the registry.',
  details: `A PATH that is a folder is read with all in it, and nothing else is but the registries that a
portolan.yaml names; without a PATH it is the working directory. For a file the workspace around it is read: the nearest folder above it with a
.git or a portolan.yaml. Only findings in the PATHs are reported.

Exit status: 0 clean, 1 errors or more warnings than allowed, 2 usage or configuration error.
Information and hints are reported and change no status.`,
  options: {
    format: formatOption(formats, 'How to report'),
    fix: { type: 'boolean', help: 'Make the safe fixes, then report what remains.' },
    'fix-dry-run': {
      type: 'boolean',
      help: 'Print the safe fixes as a unified diff and change nothing.\nThe exit status is that of the files as they are.',
    },
    'max-warnings': { type: 'string', value: 'N', help: 'Allow so many warnings; without it none.' },
    rule: {
      type: 'string',
      multiple: true,
      value: 'ID=LEVEL',
      help: `Set the level of a rule: ${anyOf(levels)}. Counts more than portolan.yaml.\nMay be given more than once.`,
    },
  },
  async run(given, terminal) {
    const format = given.choice('format', formats, 'stylish');
    const maxWarnings = maxWarningsOf(given);
    const isDryRun = given.has('fix-dry-run');
    if (given.has('fix') && isDryRun) throw new UsageError('--fix and --fix-dry-run exclude each other; give one.');
    const workspace = await openWorkspace(given.positionals, terminal.cwd, levelsOf(given));
    for (const path of workspace.unread) {
      terminal.tell(`${shortPath(path, terminal.cwd)} is not checked, because nothing in it can be read for ports.`);
    }
    for (const [path, why] of workspace.refused) {
      terminal.tell(`${shortPath(path, terminal.cwd)} is not checked, because it is ${why}.`);
    }
    for (const sentence of workspace.missing) terminal.tell(sentence);
    if (isDryRun) return dryRun(workspace, maxWarnings, terminal);
    if (given.has('fix')) fix(workspace, terminal);
    const report = reportOn(workspace);
    terminal.out(format(report, terminal.style));
    return statusOf(report, maxWarnings);
  },
};

function statusOf({ summary: { errors, warnings } }: Report, maxWarnings: number): ExitCode {
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

function fix(workspace: Workspace, terminal: Terminal): void {
  const fixed = makeFixes(workspace);
  tellRefusals(fixed, terminal);
  write(fixed.changes, workspace);
  const names = fixed.changes.map(({ path }) => shortPath(path, terminal.cwd));
  if (names.length > 0) terminal.tell(`Fixed ${names.join(', ')}.`);
}

function dryRun(workspace: Workspace, maxWarnings: number, terminal: Terminal): ExitCode {
  const status = statusOf(reportOn(workspace), maxWarnings);
  const fixed = makeFixes(workspace);
  tellRefusals(fixed, terminal);
  for (const { path, before, after } of fixed.changes) {
    // What stands around a port in a dotenv file is nobody's business.
    const context = workspace.index.file(path)?.kind === 'dotenv' ? 0 : 3;
    terminal.out(unifiedDiff(shortPath(path, terminal.cwd), before, after, context));
  }
  return status;
}

function tellRefusals({ refused }: Fixed, terminal: Terminal): void {
  for (const [path, why] of refused) terminal.tell(`${shortPath(path, terminal.cwd)} is not fixed: it ${why}.`);
}

function maxWarningsOf(given: Arguments): number {
  const text = given.value('max-warnings') ?? '0';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--max-warnings ${text} is no number of warnings; give a whole number such as 10.`);
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
