import { spawnSync } from 'node:child_process';
import { bundled } from './program.ts';

/** What a run of the command line gave. */
export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** @returns runs `portolan` with arguments in a folder */
export function commandLine(): (cwd: string, args: readonly string[], env?: Record<string, string>) => Outcome {
  const program = bundled('server/src/cli.ts');
  return (cwd, args, env = {}) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const run = spawnSync(process.execPath, [program, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...inherited, ...env },
    });
    return { status: run.status, out: run.stdout, err: run.stderr };
  };
}
