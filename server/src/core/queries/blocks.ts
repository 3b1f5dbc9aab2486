import type { Claim, FileFacts } from '../facts.ts';
import { grouped } from '../grouped.ts';
import { groupOf } from '../model/claims/filed.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import type { Running } from '../model/services/services.ts';
import type { Statement } from '../model/statement.ts';
import { basename, dirname } from '../path.ts';
import { hasPort } from '../ports.ts';

/** The blocks of the group to which a service belongs, told by its project or by the first words of its name. */
export function blocksOf({ service, file }: Running, index: Index): Statement[] {
  const project = wordsOf(file.project ?? basename(dirname(file.path))).join(' ');
  const words = wordsOf(service.container ?? service.name);
  const beginnings = words.map((_, n) => words.slice(0, n + 1).join(' '));
  return index.claims.blocksOf([...new Set([project, ...beginnings])], file.path).filter(({ claim }) => {
    const group = groupOf(claim)!;
    // The services of a block bear its name in front.
    return group === project || group === beginnings.at(-1) || index.claims.isNamedIn(claim, group, file.path);
  });
}

/**
 * Tells of the rows of a document the ranges that they leave with their port, or with another one: those that the row's
 * own heading names, else those to which the document binds all ports.
 */
export function boundsIn(file: FileFacts): (claim: Claim, port?: number) => readonly Claim[] {
  const headings = file.claims.filter(({ role, form }) => role === 'range' && form === 'heading');
  const ranges = grouped(headings, ({ section, service }) => [...section, service].join('\n'));
  const bounds = file.claims.filter(({ role, binding }) => role === 'range' && binding);
  return (claim, port = claim.port) => {
    if (claim.role !== 'assignment' || claim.side === 'container' || claim.excused) return [];
    const near = claim.form === 'heading' ? undefined : ranges.get(claim.section.join('\n'));
    return [near ?? [], bounds].find((some) => some.length > 0 && !some.some((range) => hasPort(range, port))) ?? [];
  };
}
