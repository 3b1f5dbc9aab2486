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
  /** Where the place deserves less than the rule's own level; the user's settings count more. */
  readonly severity?: Severity;
}

/** A contradiction with the rule that found it. */
export interface Finding extends Contradiction {
  readonly rule: string;
  readonly severity: Severity;
}

/** The same finding without the fixes that would change a file which is to stay as it is. */
export function sparing(finding: Finding, stays: (path: string) => boolean): Finding {
  const fixes = finding.fixes.filter(({ edits }) => !edits.some(({ path }) => stays(path)));
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes };
}
