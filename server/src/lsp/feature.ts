import type { CancellationToken, ClientCapabilities } from 'vscode-languageserver';
import type { Place } from '../core/finding.ts';
import type { Preferences } from './connection/preferences.ts';
import type { EditForm } from './toLsp.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What is needed to answer a request. */
export interface Session {
  readonly workspace: Workspace;
  readonly client: ClientCapabilities;
  /** What the user has switched on and off in the editor. */
  readonly preferences: Preferences;
  /** How the client takes edits. */
  readonly form: EditForm;
  /** A link to a place, as Markdown takes it. */
  linkTo(place: Place): string;
}

/** A request that editors make, and its answer. The workspace's registries have been read when it comes. */
export interface Feature<P, R> {
  /** `textDocument/hover` */
  readonly method: string;
  /** Never throws for a file that nobody knows, or a place that is nowhere: the answer is empty then. */
  answer(params: P, session: Session, cancel: CancellationToken): R | Promise<R>;
}

/** Has the types of the parameters and of the answer told by the feature itself. */
export function feature<P, R>(made: Feature<P, R>): Feature<P, R> {
  return made;
}
