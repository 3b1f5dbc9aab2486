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

/** The path that `relative` means in a folder, without `.` and `..`; what lies above all that is known keeps its `..`. */
export function resolve(folder: string, relative: string): string {
  const isAbsolute = /^(?:\/|[a-z]:\/)/i.test(relative);
  const path = isAbsolute || folder === '' ? relative : `${folder}/${relative}`;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..' && segments.length > 0 && !/^(?:\.\.)?$/.test(segments.at(-1)!)) segments.pop();
    else if (segment !== '.' && (segment !== '' || segments.length === 0)) segments.push(segment);
  }
  return segments.join('/');
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
