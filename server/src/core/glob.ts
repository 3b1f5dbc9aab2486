import picomatch from 'picomatch/posix.js';

/** Whether a path matches one of the globs. Hidden files and folders match like all others. Costly to make: keep it. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true });
}

/** Whether a path stands for several files. Parentheses alone stand in the names of many single ones. */
export function isGlob(path: string): boolean {
  return /(?<!\\)[*?[{]/.test(path);
}

/** The path that a glob for a single file means: the opposite of {@link escapeGlob}. */
export function plainPath(glob: string): string {
  return glob.replace(/\\(.)/g, '$1');
}

/** A text in which no character means anything to a glob. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\!*?[\](){}+@|^$]/g, '\\$&');
}
