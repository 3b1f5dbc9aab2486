import { isGlob, plainPath } from '../core/glob.ts';
import { isNamedBy } from '../core/model/governance.ts';
import type { NamedRegistry } from './configuration.ts';

/** What is known of the files that entries of `registries` may mean. */
interface Known {
  /** The documents in which ports were found. */
  readonly documents: readonly string[];
  /** The files outside of the workspace that could not be read. */
  readonly unreadable: ReadonlySet<string>;
}

/** What is wrong with an entry of `registries`, in a sentence; `undefined` if it leads to a document. */
export function missing(
  { written, pattern, why, news }: NamedRegistry,
  { documents, unreadable }: Known,
): string | undefined {
  if (documents.some((path) => isNamedBy(pattern, path))) return news && `${written} ${news}`;
  const path = plainPath(pattern.path);
  if (unreadable.has(path) && why !== undefined) return `${written} cannot be read, because ${why}`;
  if (unreadable.has(path)) return `${written} cannot be read; name a text file that is there and that you may read.`;
  if (isGlob(pattern.path)) return `${written} matches no document with ports.`;
  return `${written} is not a document with ports, or is left out by .gitignore or \`exclude\`.`;
}
