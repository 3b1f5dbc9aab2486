import { lstatSync, readFileSync } from 'node:fs';
import { apply, combine } from '../core/edits.ts';
import { isWithin } from '../core/path.ts';
import { isLossy } from '../core/text.ts';
import { unifiedDiff } from './patch.ts';
import { shortPath } from './places.ts';
import { UsageError } from './usageError.ts';
import { findingsIn, type Workspace } from './workspace.ts';
import { replaceFile } from './writing.ts';

/** A fix may bring up the next finding, but not for ever. */
const MAX_ROUNDS = 10;

/** What a file becomes. Both are whole texts, with the byte order mark where there is one. */
export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  readonly changes: readonly Change[];
  /** Files that have fixes but are not changed → why not. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Makes the preferred fixes of all findings in the files that were asked for, until there are none. The disk stays as it
 * is; the workspace is as it would be afterwards.
 */
export function makeFixes(workspace: Workspace): Fixed {
  const { texts } = workspace;
  const before = new Map<string, string>();
  const refused = new Map<string, string>();
  const mayEdit = (path: string): boolean => {
    if (!before.has(path) && !refused.has(path)) {
      const found = readExactly(path, workspace);
      if ('refused' in found) refused.set(path, found.refused);
      else before.set(path, found.text);
    }
    return before.has(path);
  };
  // Of these the findings have no fixes, and somebody may wonder why.
  for (const { path } of findingsIn(workspace.asked, workspace)) if (workspace.index.file(path)?.isLossy) mayEdit(path);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const fixes = findingsIn(workspace.asked, workspace)
      .flatMap((finding) => finding.fixes.filter(({ preferred }) => preferred))
      .filter(({ edits }) => edits.every(({ path }) => mayEdit(path)));
    const edits = combine(fixes);
    if (edits.length === 0) break;
    for (const path of new Set(edits.map((edit) => edit.path))) {
      const of = edits.filter((edit) => edit.path === path);
      const text = apply(texts.get(path)!, of);
      texts.set(path, text);
      workspace.put(path, text);
    }
  }
  const changes = [...before].map(([path, text]) => ({ path, before: text, after: markOf(text) + texts.get(path)! }));
  return { changes: changes.filter((change) => change.before !== change.after), refused };
}

/** The changes as a patch. */
export function diffOf(changes: readonly Change[], { index, cwd }: Workspace): string {
  const diff = ({ path, before, after }: Change) =>
    unifiedDiff(shortPath(path, cwd), before, after, index.file(path)?.kind === 'dotenv');
  return changes.map(diff).join('');
}

/** Writes all changes, or none if a file is no longer what was checked. */
export function write(changes: readonly Change[], workspace: Workspace): void {
  for (const change of changes) expectSame(change, workspace);
  for (const change of changes) {
    expectSame(change, workspace); // the others took their time
    replaceFile(change.path, change.after);
  }
}

function expectSame({ path, before }: Change, { cwd }: Workspace): void {
  const isSame = lstatSync(path, { throwIfNoEntry: false })?.isFile() && textOf(readFileSync(path)) === before;
  if (!isSame)
    throw new UsageError(`${shortPath(path, cwd)} has just been changed by someone else; run the check again.`);
}

/** The whole text of a file that has been checked, or why it is not to be edited. */
export function readExactly(
  path: string,
  { roots, texts, isCopy }: Pick<Workspace, 'roots' | 'texts' | 'isCopy'>,
): { text: string } | { refused: string } {
  if (!roots.some((root) => isWithin(path, root))) return { refused: 'lies outside of what was checked' };
  if (isCopy(path)) return { refused: 'is a copy of what others keep; change it there' };
  const about = lstatSync(path, { throwIfNoEntry: false });
  if (!about?.isFile()) return { refused: 'is a link' };
  if ((about.mode & 0o222) === 0) return { refused: 'is read-only' };
  const text = textOf(readFileSync(path));
  if (text === undefined) return { refused: 'is not valid UTF-8' };
  if (isLossy(text)) return { refused: 'has lost characters to U+FFFD' };
  return text === markOf(text) + texts.get(path) ? { text } : { refused: 'has just been changed by someone else' };
}

/** Bytes that are UTF-8 as a text from which the same bytes can be made again. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The byte order mark of a text that has one. */
export function markOf(text: string): string {
  return text.startsWith('\ufeff') ? '\ufeff' : '';
}
