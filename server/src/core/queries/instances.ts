import type { FileFacts } from '../facts.ts';
import type { Mismatch } from '../model/comparison/differences.ts';
import { stageOfFile } from '../model/scope.ts';
import { isInEffect } from '../model/services/uses.ts';
import { basename } from '../path.ts';

/** One port, or two, may be off by any number; so many by the same one are meant to be. */
const FEWEST_SHIFTED = 3;

/**
 * Whether a file is about a further instance of what the registry describes, as for a second worktree or for staging:
 * most of its ports lie by one number above or below those of the registry.
 * @param mismatches what is found in the file
 */
export function isShifted(file: FileFacts, mismatches: readonly Mismatch[]): boolean {
  if (mismatches.length < FEWEST_SHIFTED || !mayBeFurther(file)) return false;
  const counts = new Map<number, number>();
  for (const { use, instead } of mismatches) {
    const by = use.port - instead[0]!.claim.port;
    counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return most >= FEWEST_SHIFTED && most * 2 > mismatches.length;
}

/** Named after anything but what every developer begins with. */
function mayBeFurther({ kind, path }: FileFacts): boolean {
  if (kind === 'dotenv') return !isInEffect(path) && !SAMPLE.test(basename(path));
  return kind === 'compose' && LATER_STAGES.has(stageOfFile(path));
}

const SAMPLE = /(?:^|[._-])(?:example|sample|template|dist|defaults?)(?:[._-]|$)/i;
const LATER_STAGES: ReadonlySet<string | undefined> = new Set(['staging', 'production']);
