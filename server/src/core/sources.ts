import { dirname, isWithin } from './path.ts';

/** Where shared files are looked for that are named by something else than their place: resolved without any I/O. */

/** A single file that settings name. */
export interface Source {
  /** A path, or a file in a package. */
  readonly path: string;
}

/** A file in an npm package, as `npm:@harbour/ports/PORTS.md` names it. */
export interface PackageFile {
  /** `@harbour/ports` */
  readonly name: string;
  /** `PORTS.md`, relative to the package's folder. */
  readonly file: string;
}

/** What stands before the name of a package, so that nobody takes it for a folder. */
const NPM = 'npm:';

/** https://docs.npmjs.com/cli/configuring-npm/package-json#name, in which older names have capitals. */
const PACKAGE = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)\/(.+)$/;

/** Whether a path is meant to name a file in a package. */
export function isOfPackage(path: string): boolean {
  return path.startsWith(NPM);
}

/** The file that is named, which never lies outside of its package; `undefined` for what names none. */
export function packageFile(path: string): PackageFile | undefined {
  const [, name, file] = PACKAGE.exec(path.slice(NPM.length)) ?? [];
  if (!isOfPackage(path) || name === undefined || file === undefined) return undefined;
  const isPlain = file.split('/').every((segment) => /^[^\\:*?"<>|]+$/.test(segment) && !/^\.\.?$/.test(segment));
  return isPlain ? { name, file } : undefined;
}

/**
 * The folders in which a package may be installed, the nearest first, as Node looks for them:
 * https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function packageFolders(name: string, folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (!at.endsWith('/node_modules')) found.push(`${at}/node_modules/${name}`);
    if (at === dirname(at)) return found;
  }
}

/** The folders of git submodules that a `.gitmodules` names, relative to it: https://git-scm.com/docs/gitmodules */
export function submodules(text: string): string[] {
  const lines = text.matchAll(/^[ \t]*path[ \t]*=[ \t]*("?)([^"\r\n]+)\1[ \t]*$/gm);
  return [...lines].map(([, , path]) => path!.trim().replace(/\/+$/, ''));
}

/** The submodule in which a path lies, both relative to the same folder. */
export function submoduleOf(path: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isWithin(path, folder)).toSorted((a, b) => b.length - a.length)[0];
}
