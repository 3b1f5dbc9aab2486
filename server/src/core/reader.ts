import type { FileKind, Reading } from './facts.ts';

/** Reads one kind of file. */
export interface Reader {
  readonly kind: FileKind;
  /** Which files an editor should send and watch, as globs relative to any folder. */
  readonly globs: readonly string[];
  /** Whether this reader wants the file, told by its path alone. Cheap: asked for every file of a workspace. */
  wants(path: string): boolean;
  /**
   * Reads whatever can be read and never throws; half-typed text is the normal case.
   * Gives `undefined` when the content shows that the file is of another kind after all.
   */
  read(text: string, path: string): Reading | undefined;
}

/** A reading with nothing in it, to spread over. */
export const nothing: Reading = { claims: [], uses: [], services: [], variables: [], problems: [] };
