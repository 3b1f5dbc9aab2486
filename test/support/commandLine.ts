import { spawnSync } from 'node:child_process';
import { bundled } from './program.ts';

/** What a run of the command line gave. */
interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `portolan` with arguments in a folder. */
interface CommandLine {
  (cwd: string, args: readonly string[], env?: Record<string, string>): Outcome;
  /** The bundle. */
  readonly program: string;
}

/** Bundles the command line before the tests of a file. */
export function commandLine(): CommandLine {
  const program = bundled('server/src/cli.ts');
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const run = (cwd: string, args: readonly string[], env: Record<string, string> = {}): Outcome => {
    const options = { cwd, encoding: 'utf8', env: { ...inherited, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
    return { status, out: stdout, err: stderr };
  };
  return Object.assign(run, { program });
}
