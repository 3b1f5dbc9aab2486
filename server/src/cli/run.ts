import packageJson from '../../../package.json' with { type: 'json' };
import { anyOf, type Command, columns, type ExitCode, helpFor, parseCommandLine } from './arguments.ts';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { completionsCommand } from './commands/completions.ts';
import { exportCommand } from './commands/export.ts';
import { factsCommand } from './commands/facts.ts';
import { initCommand } from './commands/init.ts';
import { manCommand } from './commands/man.ts';
import { mcpCommand } from './commands/mcp.ts';
import { mergeCommand } from './commands/merge.ts';
import { moveCommand } from './commands/move.ts';
import { nextCommand } from './commands/next.ts';
import { registriesCommand } from './commands/registries.ts';
import { whoCommand } from './commands/who.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

const about: readonly Command[] = [
  checkCommand,
  factsCommand,
  registriesCommand,
  whoCommand,
  nextCommand,
  moveCommand,
  initCommand,
  auditCommand,
  exportCommand,
  mergeCommand,
  mcpCommand,
];

/** All that `portolan` can be told to do. */
export const commands: readonly Command[] = [...about, completionsCommand(about), manCommand(about)];

/** Runs `portolan` with these arguments. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) terminal.tell(error.message);
    else for (const line of `This is a fault of Portolan. ${stackOf(error)}`.split('\n')) terminal.tell(line);
    return 2;
  }
}

async function dispatch([first, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (first === '--help' || first === '-h') return print(overview(), terminal);
  if (first === '--version' || first === '-v') return print(packageJson.version + '\n', terminal);
  const command = commands.find(({ name }) => name === first);
  if (!command) {
    const names = anyOf(commands.map(({ name }) => name));
    if (first === undefined) throw new UsageError(`Name a command: ${names}; portolan --help says more.`);
    throw new UsageError(`There is no ${first.startsWith('-') ? 'option' : 'command'} ${first}; use ${names}.`);
  }
  const given = parseCommandLine(rest, command);
  return given.has('help')
    ? print(helpFor(command), terminal)
    : command.run(given, { ...terminal, allowsRemote: given.has('allow-remote') });
}

function print(text: string, terminal: Terminal): ExitCode {
  terminal.out(text);
  return 0;
}

function overview(): string {
  const rows = commands.map(({ name, takes, does }) => [`portolan ${name} ${takes}`, does]);
  return (
    `${packageJson.description}\n\n${columns(rows)}\n` +
    columns([
      ['-h, --help', 'Show this help, or with a command its own.'],
      ['-v, --version', 'Show the version.'],
    ])
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
