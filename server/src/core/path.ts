/** Paths as the core sees them: segments between slashes, after a drive or the head of a URI if they have one. */

/** What begins an absolute path: `/`, `c:/`, or `memfs:/` and `vscode-vfs://host/` for what is no file of the machine. */
const ROOT = /^(?:\/|[a-z]:\/|[a-z][a-z\d+.-]+:(?:\/\/[^/]*)?\/)/i;

/** Whether a path, or a glob, means the same in every folder. */
export function isAbsolute(path: string): boolean {
  return ROOT.test(path);
}

/** A path of the machine as the core sees it. */
export function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The last segment. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const YAML = /\.ya?ml$/i;

/** Whether a path ends as YAML does. Asked for every file of a workspace, and by its last letter answered for most. */
export function isYaml(path: string): boolean {
  return (path.charCodeAt(path.length - 1) | 0x20) === 0x6c && YAML.test(path);
}

/** All but the last segment, without a slash at the end; `''` for a single segment. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The path that `relative` means in a folder, without `.` and `..`; what lies above all that is known keeps its `..`. */
export function resolve(folder: string, relative: string): string {
  const path = isAbsolute(relative) || folder === '' ? relative : `${folder}/${relative}`;
  if (isPlain(path)) return path;
  const root = ROOT.exec(path)?.[0] ?? '';
  const segments: string[] = [];
  for (const segment of path.slice(root.length).split('/')) {
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return root + segments.join('/');
}

/** Whether a path surely has neither `.` nor `..` nor an empty segment, as told by a look. */
function isPlain(path: string): boolean {
  return !path.startsWith('.') && !path.endsWith('/') && !path.includes('//') && !path.includes('/.');
}

/** Whether `path` lies in `folder` or below it; `''` holds everything. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(folder + '/');
}

/** How many leading segments two folders share. */
export function sharedLength(a: string, b: string): number {
  const x = a.split('/');
  const y = b.split('/');
  let shared = 0;
  while (shared < x.length && shared < y.length && x[shared] === y[shared]) shared++;
  return shared;
}
