import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { folderWith } from './disk.ts';

/** What a person sees in an editor, as the scripts in `test/editors` write it down. */
export interface Seen {
  /** What went wrong, if anything did. */
  readonly failure?: string;
  /** Places are counted from 1. */
  readonly diagnostics: readonly {
    readonly from: readonly [line: number, column: number];
    readonly to: readonly [line: number, column: number];
    readonly severity: string;
    readonly message: string;
  }[];
  readonly hover: string;
  /** The titles of the code actions that were offered. */
  readonly actions: readonly string[];
  /** The file when the first of them was made. */
  readonly fixed: string;
}

/** An editor as it is started in a workspace. */
interface Start {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** The files of the person's home folder. */
  readonly home: Record<string, string>;
  readonly workspace: Record<string, string>;
  /** The bundled server. */
  readonly server: string;
}

/** Whether a program is there and does this without an error. */
export function does(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Where the script for an editor lies. */
export function scriptFor(name: string): string {
  return fileURLToPath(new URL(`../editors/${name}`, import.meta.url));
}

/**
 * Starts an editor in a new workspace under git, with the server on its path as npm puts it there.
 * @returns what was seen, and the files of the workspace at the end
 */
export async function workIn({ command, home, workspace, server }: Start) {
  const folder = folderWith(Object.fromEntries(Object.entries(home).map(([name, text]) => [`home/${name}`, text])));
  const root = folderWith({ ...workspace, '.git/HEAD': 'ref: refs/heads/main\n' });
  const program = `${folder}/bin/portolan-language-server`;
  mkdirSync(dirname(program));
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${server}" "$@"\n`);
  chmodSync(program, 0o755);
  const env = {
    HOME: `${folder}/home`,
    PATH: `${dirname(program)}${delimiter}${process.env.PATH}`,
    LANG: 'C.UTF-8',
    SEEN: `${folder}/seen.json`,
  };
  const [file, ...args] = command;
  const { stdout, stderr } = await promisify(execFile)(file!, args, { cwd: root, env, timeout: 110_000 });
  const files = Object.keys(workspace).map((name) => [name, readFileSync(`${root}/${name}`, 'utf8')]);
  try {
    const seen = JSON.parse(readFileSync(env.SEEN, 'utf8')) as Seen;
    return { seen, files: Object.fromEntries(files) as Record<string, string> };
  } catch (error) {
    throw new Error(`${command[0]} has written nothing down.\n${stdout}\n${stderr}`, { cause: error });
  }
}
