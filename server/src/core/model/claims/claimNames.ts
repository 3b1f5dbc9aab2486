import type { Claim } from '../../facts.ts';
import { wordsOf } from '../names.ts';
import { namesOf, ownerOf } from '../statement.ts';

/** How many words a name may go on to count as a part. */
const LONGEST_PART = 2;

/** Whether a claim gives or keeps a port to somebody, or took it from him. */
function isNamed({ role }: Claim): boolean {
  return role === 'assignment' || role === 'former' || role === 'reserved';
}

/** The names under which a claim is looked for. */
export function namesToFind(claim: Claim): string[] {
  return isNamed(claim) ? [...new Set(namesOf(claim))] : [];
}

/** The first words of each name of a claim, without the last one or two, with that name. */
export function beginnings(claim: Claim): (readonly [beginning: string, name: string])[] {
  return namesToFind(claim).flatMap((name) => {
    const words = wordsOf(name);
    const parts = Math.max(0, Math.min(words.length - 1, LONGEST_PART));
    return Array.from({ length: parts }, (_, n) => [words.slice(0, -1 - n).join(''), name] as const);
  });
}

/** The names of an owner that may bear a number, each with the one that tells him from others. */
export function numberedNames(claim: Claim): (readonly [name: string, owner: string])[] {
  return isNamed(claim) ? namesOf(claim).map((name) => [name, claim.container ?? ownerOf(claim)] as const) : [];
}
