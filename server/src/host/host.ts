import type { RemoteSource } from '../core/settings/sources.ts';
import { LONGEST } from '../core/text.ts';

/**
 * What the server and the command line need from the machine they run on. Paths are strings with `/`, absolute; a file
 * that is no file of the machine (`untitled:`, `vscode-vfs:`) has its URI for a path.
 */
export interface Host {
  /** The home directory, which `~` stands for. */
  readonly home: string;
  /** A folder of the workspace, seen through a selection. Reads nothing yet. */
  folder(path: string, selection: Selection): Folder;
  /**
   * The text of a file, without a byte order mark; `undefined` for whatever is no text to be read: a missing file, a
   * folder, a pipe or device (never opened), more than `maxFileSize`, or bytes that are no text.
   */
  readFile(path: string): Promise<string | undefined>;
  /** Tells one state of a file from another without reading it; `undefined` for one that is not there. */
  stamp?(path: string): string | undefined;
  /** Without one, every file is read. */
  readonly quarantine?: Quarantine;
  /** Without them, packages and submodules are not found. */
  readonly surroundings?: Surroundings;
  /** Without it, nothing is read from other machines. */
  readonly remote?: Remote;
  /** Gives back memory that is not used any more, if that is much. Takes a moment, in which nothing else is done. */
  tidyUp?(): void;
}

/** Fetches files from other machines, and keeps copies of them. */
export interface Remote {
  /** Where the copies lie, as {@link copyPath} tells. */
  readonly folder: string;
  /** The file, from its copy if there is one. It has the hash that it is to have, or it is not given. */
  read(source: RemoteSource): Promise<Fetched>;
}

/** A file from another machine, or why there is none. */
export interface Fetched {
  readonly text?: string;
  /** A sentence that says what is wrong and what would be right, to follow upon a name and "because". */
  readonly why?: string;
  /** Whether it is another one by now: a sentence that says so, to follow upon a name. */
  readonly news?: Promise<string | undefined>;
}

/** What can be told at once of what lies around a folder, inside of the workspace or not. */
export interface Surroundings {
  /** Whether there is a file or folder. */
  readonly exists: (path: string) => boolean;
  /** As {@link Host.readFile}. */
  readonly read: (path: string) => string | undefined;
  /** Whether a file is there and really lies in a folder, wherever that is: no link leads out of it. */
  readonly isReallyIn: (folder: string, path: string) => boolean;
}

/** Keeps the server from coming to its end at the same file again and again. */
export interface Quarantine {
  /** Whether a file is not to be read, because reading has not come to an end before, or was the end of a process. */
  holds(path: string): boolean;
  /**
   * Does something with a file, in the knowledge that this may be the end.
   * @param size how long the text is
   * @throws what `work` throws, and when it takes far too long
   */
  attempt<T>(task: Task, path: string, size: number, work: () => T): T;
}

/** What is done with a file: it is read, and then checked. */
export type Task = 'read' | 'check';

/** Which files of a folder count. */
export interface Selection {
  /** Told by the path alone. */
  readonly wants: (path: string) => boolean;
  /** Globs on top of the .gitignore files, relative to the folder or absolute. What matches is left out with all in it. */
  readonly exclude: readonly string[];
  /** Nothing that lies above the folder is looked at, such as the ignore files of the repository around it. */
  readonly alone?: boolean;
}

/**
 * A folder of the workspace. It remembers the ignore files it has met: ask for a new one when they change. Where the
 * files come from afar, it knows none before they are listed.
 */
export interface Folder {
  readonly path: string;
  /** Why it is not walked, when it is not: nobody wants a whole disk or home directory to be read. */
  readonly refused?: string;
  /** The paths of its files, sorted. Symbolic links are not followed, so that each file comes once and loops end. */
  files(): Promise<string[]>;
  /**
   * What lies in this folder or in one below it: the paths of the files that count, and of the folders that are not left
   * out. There is no such call where files come from afar, because each would take long.
   * @param enters told the name of each folder: for which of them it has to be found out whether it is left out
   */
  entries?(folder: string, enters: (name: string) => boolean): Entries;
  /** Whether the names of a path and the ignore files let it be one of the folder's files. It need not exist. */
  accepts(path: string): boolean;
  /** Whether a folder, or any on the way to it, is left out with all in it. */
  skips(path: string): boolean;
  /** As {@link Host.readFile}, but only what really lies in this folder: no symbolic link leads out of it or to it. */
  readFile(path: string): Promise<string | undefined>;
}

/** What lies in a folder, as paths. */
export interface Entries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Larger files, in bytes, are not read from disk. */
export const maxFileSize = LONGEST;

/** The text that a file's bytes stand for; `undefined` for those that are no text. */
export function textOf(bytes: Uint8Array): string | undefined {
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
}
