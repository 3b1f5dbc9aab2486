import type { FileFacts, FileKind } from './facts.ts';
import type { Contradiction, Level } from './finding.ts';
import type { Index } from './model/index.ts';

/** One rule: its name, its words, and the check. */
export interface Rule {
  readonly id: string;
  readonly level: Level;
  /** One line for settings and `--list-rules`. */
  readonly finds: string;
  /** Its findings rest on what no file says, so that they hold only when all files have been read. */
  readonly needsAll?: true;
  /** The kinds of files in which it finds something; without them any. */
  readonly in?: readonly FileKind[];
  /** The contradictions that stand in this file. Looks up other files in the index, so its cost follows the file. */
  check(file: FileFacts, index: Index): Iterable<Contradiction>;
}
