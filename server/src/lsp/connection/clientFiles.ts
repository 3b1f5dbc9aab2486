/**
 * The requests by which the server asks the client for files that it cannot read itself: in a browser there is no disk,
 * and a folder may lie in a repository on the web (`vscode-vfs:`). Both sides take their types from here.
 */

/** Asks for all files of a folder. The answer is their URIs; `.git` and `node_modules` may be missing from it. */
export const filesRequest = 'portolan/fs/files';

export interface FilesParams {
  /** A URI. */
  readonly folder: string;
}

/** Asks for a text. The answer is `null` for all that {@link Host.readFile} of `host.ts` refuses to read. */
export const readRequest = 'portolan/fs/read';

export interface ReadParams {
  /** A URI. */
  readonly file: string;
  /** Nothing is read that lies outside of this folder, or behind a symbolic link. */
  readonly folder?: string;
}
