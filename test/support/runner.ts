import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { writeAt } from './disk.ts';

/**
 * Runs a step of a CI service as its runner does.
 * @param programs scripts of Bash that stand in for programs, by their names
 */
export function runStep(
  script: string,
  folder: string,
  env: Record<string, string> = {},
  programs: Record<string, string> = {},
): SpawnSyncReturns<string> {
  for (const [name, text] of Object.entries(programs)) {
    writeAt(folder, { [`bin/${name}`]: `#!/bin/bash\n${text}\n` });
    chmodSync(`${folder}/bin/${name}`, 0o755);
  }
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}/bin:${process.env.PATH}`, ...env },
  });
}

/** A stand-in for `npx --yes portolan@VERSION` that starts what is built here. */
export function npxStarting(program: string): Record<string, string> {
  return { npx: `shift 2\nexec '${process.execPath}' '${program}' "$@"` };
}
