import type { FileFacts } from '../core/facts.ts';

/**
 * Whether a change of one file can change the findings of others. It cannot while the file says the same things at the
 * same lines and columns, as when somebody types between two ports.
 */
export function mattersToOthers(before: FileFacts | undefined, after: FileFacts | undefined): boolean {
  if (before === undefined || after === undefined) return before !== after;
  return picture(before) !== picture(after);
}

function picture(file: FileFacts): string {
  return JSON.stringify(file, (_, value) => {
    if (typeof value?.start !== 'number' || typeof value.end !== 'number') return value;
    return [file.lines.position(value.start), file.lines.position(value.end)];
  });
}
