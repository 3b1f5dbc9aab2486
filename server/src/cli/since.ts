import { spawnSync } from 'node:child_process';
import type { Place } from '../core/finding.ts';
import { push } from '../core/grouped.ts';
import { slashes } from '../core/path.ts';
import { UsageError } from './usageError.ts';
import type { Workspace } from './workspace.ts';

/** Lines from 0, the end exclusive. */
type Lines = readonly [start: number, end: number];

/**
 * Whether a place stands on lines that are not as they were where this branch left a git revision; changes that are not
 * committed count, and so do new files.
 * @throws {UsageError} when git does not know the revision
 */
export function changedSince(revision: string, workspace: Workspace): (place: Place) => boolean {
  const changed = new Map<string, Lines[]>();
  for (const root of workspace.roots) {
    const top = slashes(git(['rev-parse', '--show-toplevel'], root, revision).trimEnd());
    const options = ['--merge-base', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames'];
    const prefixes = ['--src-prefix=a/', '--dst-prefix=b/', '--end-of-options', revision, '--'];
    takeHunks(git(['diff', ...options, ...prefixes], root, revision), top, changed);
    const added = git(['ls-files', '--others', '--exclude-standard', '--full-name', '-z'], root, revision);
    for (const name of added.split('\0')) if (name) changed.set(`${top}/${name}`, [[0, Infinity]]);
  }
  return ({ path, span }) => {
    const lines = workspace.index.file(path)?.lines;
    const here = changed.get(path);
    if (!lines || !here) return false;
    const [first, last] = [lines.position(span.start).line, lines.position(span.end).line];
    return here.some(([start, end]) => start <= last && first < end);
  };
}

function git(args: readonly string[], cwd: string, revision: string): string {
  // What a repository has set must not make git start other programs.
  const safe = ['-c', 'core.quotePath=false', '-c', 'core.fsmonitor=false'];
  const { status, stdout, stderr } = spawnSync('git', [...safe, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status === 0) return stdout;
  const said = stderr?.split('\n')[0]?.trim() || 'git could not be started';
  throw new UsageError(`--since ${revision} could not be compared (${said}); name a revision whose history is here.`);
}

/** https://git-scm.com/docs/diff-format#generate_patch_text_with_p */
function takeHunks(diff: string, top: string, changed: Map<string, Lines[]>): void {
  let path = '';
  let unseen = 0;
  for (const line of diff.split('\n')) {
    if (unseen > 0) {
      // A line of the files, whatever it looks like.
      if (!line.startsWith('\\')) unseen--;
      continue;
    }
    const file = /^\+\+\+ (.+?)\t?$/.exec(line);
    if (file) path = `${top}/${unquoted(file[1]!).slice('b/'.length)}`;
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const [, removed = '1', start = '1', added = '1'] = hunk;
    unseen = Number(removed) + Number(added);
    if (Number(added) > 0) push(changed, path, [Number(start) - 1, Number(start) - 1 + Number(added)]);
  }
}

/** A name as C writes it, where git does: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  return name.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, escaped: string) => {
    return escaped.length > 1 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES.get(escaped) ?? escaped);
  });
}

const ESCAPES = new Map(Object.entries({ a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' }));
