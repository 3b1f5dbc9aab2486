import type { FileKind, Reading } from './facts.ts';

/** Reads one kind of file. */
export interface Reader {
  readonly kind: FileKind;
  /** Which files an editor should send and watch, as globs relative to any folder. */
  readonly globs: readonly string[];
  /** Whether this reader wants the file, told by its path alone. Cheap: asked for every file of a workspace. */
  wants(path: string): boolean;
  /** Whether the file may be read when the settings call it a registry, whatever its name. */
  readonly mayBeNamed?: (path: string) => boolean;
  /**
   * Reads whatever can be read and never throws; half-typed text is the normal case.
   * Gives `undefined` when the content shows that the file is of another kind after all.
   * @param named the settings call it a registry, so that it needs no other sign of one
   * @param before what was read in the file before it changed; makes no difference but to the time that it takes
   */
  read(text: string, path: string, named?: boolean, before?: Reading): Reading | undefined;
  /**
   * What made a line be read as it was, or not at all, in sentences for those who wonder. Left out by readers of files
   * whose format leaves no doubt.
   * @param line 0-based
   */
  explain?(text: string, path: string, line: number, named?: boolean): readonly string[];
}

/** A reading with nothing in it, to spread over. */
export const nothing: Reading = { claims: [], uses: [], services: [], variables: [], problems: [] };
