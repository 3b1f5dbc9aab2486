import { dirname, isWithin } from '../path.ts';

/** Where shared files are looked for that are named by something else than their place: resolved without any I/O. */

/** A single file that settings name. */
export interface Source {
  /** A path, a file in a package, or the URL of something whose hash is told. */
  readonly path: string;
  /** Of a URL, as {@link integrity} reads it. */
  readonly integrity?: string;
}

/** A file on another machine, which is taken only if it has this hash. */
export type RemoteSource = Required<Source>;

/** Whether a file is named by its URL. */
export function isRemote(source: Source): source is RemoteSource {
  return source.integrity !== undefined;
}

/** A host and a path in ASCII; neither user nor password, which would stand in every report, and no fragment. */
const ADDRESS =
  /^https:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?((?:\/[\w.~%!$&'()*+,;=:@-]*)+)(\?[\w.~%!$&'()*+,;=:@/?-]*)?$/i;

/** Whether a text is a URL under which a file of one of these kinds may be had. */
export function isAddress(url: string, kinds: RegExp): boolean {
  const path = ADDRESS.exec(url)?.[3];
  return url.length <= LONGEST_ADDRESS && path !== undefined && kinds.test(path);
}

const LONGEST_ADDRESS = 1000;

/** How many bytes each hash has. */
const HASHES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** A hash with its algorithm, as the web writes them: https://www.w3.org/TR/sri-2/#integrity-metadata-description */
export function integrity(text: string): { readonly algorithm: string; readonly digest: string } | undefined {
  const [, algorithm = '', digest = ''] = /^(sha256|sha384|sha512)-([A-Za-z\d+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm]! : 0;
  return bytes > 0 && digest.length === Math.ceil(bytes / 3) * 4 ? { algorithm, digest } : undefined;
}

/** Where in a folder the copy of a file lies: by its hash, so that nothing else is ever taken for it, then by its URL. */
export function copyPath(folder: string, { path, integrity }: RemoteSource): string {
  const [, host = '', port = '', at = ''] = ADDRESS.exec(path) ?? [];
  const named = at.split('/').filter((segment) => segment !== '' && !/^(?:\.|%2e){1,2}$/i.test(segment));
  const hash = integrity.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  // The characters that Windows does not have in names.
  const plain = (text: string) => text.replace(/[:*|?]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return [folder, hash, ...[host + port, ...named].map(plain)].join('/');
}

/** The URL of which a file is the copy, without what stands behind `?`, which may be a secret. */
export function copied(path: string, folder: string): string | undefined {
  if (!isWithin(path, folder)) return undefined;
  const [, host, ...rest] = path.slice(folder.length + 1).split('/');
  return host === undefined ? undefined : `https://${[host.replace(/%3a/g, ':'), ...rest].join('/')}`;
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

/** https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/package-json.md#name, in which older names have capitals. */
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
  return text.split(/\r?\n/).flatMap((line) => {
    const [key = '', value = ''] = line.split('=', 2).map((part) => part.trim());
    const path = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
    if (key !== 'path' || path === '') return [];
    return [path.endsWith('/') ? path.slice(0, -1) : path];
  });
}

/** The submodule in which a path lies, both relative to the same folder. */
export function submoduleOf(path: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isWithin(path, folder)).toSorted((a, b) => b.length - a.length)[0];
}
