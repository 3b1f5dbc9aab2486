import type { Span } from '../../text.ts';

/** One thing to write at the cursor. */
export interface Completion {
  /** What the list shows; what is typed is compared with it. */
  readonly label: string;
  /** Why it is offered, in a few words. */
  readonly detail: string;
  /** One or two plain sentences. */
  readonly documentation: string;
  /** What is replaced: all of the word at the cursor, also what stands behind the cursor. On one line. */
  readonly span: Span;
  readonly newText: string;
  /** It is the right one, as far as anybody can tell. */
  readonly preselect?: true;
}
