/** Paths as the core sees them: segments between slashes, nothing more. */

/** The last segment. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** All but the last segment, without a slash at the end; `''` for a single segment. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Whether `path` lies in `folder` or below it; `''` holds everything. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(folder + '/');
}

/** The path that a file in `folder` means by `relative`; `..` beyond the top stays at the top. */
export function joinPath(folder: string, relative: string): string {
  const isAbsolute = relative.startsWith('/');
  const segments = isAbsolute || folder === '' ? [] : folder.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return (isAbsolute ? '/' : '') + segments.join('/');
}
