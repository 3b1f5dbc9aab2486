import picomatch from 'picomatch/posix.js';

/** Whether a path matches one of the globs. Hidden files and folders match like all others. Costly to make: keep it. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  return picomatch([...globs], { dot: true });
}

/** A text in which no character means anything to a glob. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\!*?[\](){}+@|^$]/g, '\\$&');
}
