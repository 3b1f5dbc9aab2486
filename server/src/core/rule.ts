import type { FileFacts } from './facts.ts';
import type { Index } from './model/index.ts';
import type { Span } from './text.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';
export type Level = Severity | 'off';

/** A span in a file. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

/** Replace the text at a place. An empty span inserts. */
export interface Edit extends Place {
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  /** The one fix to take without asking. At most one of a finding's fixes is preferred. */
  readonly preferred: boolean;
  readonly edits: readonly Edit[];
}

export interface Related extends Place {
  readonly message: string;
}

/** A contradiction at an exact place, before anybody decided how severe it is. */
export interface Contradiction extends Place {
  readonly message: string;
  readonly port: number | null;
  readonly service?: string;
  /** The ports that would be right, best first. */
  readonly expected: readonly number[];
  /** Where the registry says so. */
  readonly registry?: Place;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** A contradiction with the rule that found it. */
export interface Finding extends Contradiction {
  readonly rule: string;
  readonly severity: Severity;
}

/** One rule: its name, its words, and the check. */
export interface Rule {
  readonly id: string;
  readonly level: Level;
  /** One line for settings and `--list-rules`. */
  readonly finds: string;
  /** The contradictions that stand in this file. Looks up other files in the index, so its cost follows the file. */
  check(file: FileFacts, index: Index): Iterable<Contradiction>;
}
