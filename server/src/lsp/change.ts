import type { FileFacts } from '../core/facts.ts';

/**
 * How far a change of one file reaches, that is, whose findings it can change: those of the file alone, those of all
 * files that use ports, or those of every file. Ordered, so that two changes together reach as far as the farther one.
 */
const reaches = ['itself', 'users', 'everyone'] as const;

export type Reach = (typeof reaches)[number];

/**
 * A file that says the same things at the same lines and columns as before, as when somebody types between two ports,
 * changes nothing for others. Registries are compared with registries only, so that a use does not reach them.
 */
export function reachOf(before: FileFacts | undefined, after: FileFacts | undefined): Reach {
  if (before === after) return 'itself';
  if (before && after && picture(before) === picture(after)) return 'itself';
  return before?.document || after?.document ? 'everyone' : 'users';
}

export function farther(a: Reach, b: Reach): Reach {
  return reaches.indexOf(a) > reaches.indexOf(b) ? a : b;
}

function picture(file: FileFacts): string {
  return JSON.stringify(file, (key, value) => {
    // Where a block of nginx ends matters to nobody else.
    if (key === 'blocks') return undefined;
    if (typeof value?.start !== 'number' || typeof value.end !== 'number') return value;
    return [file.lines.position(value.start), file.lines.position(value.end)];
  });
}
