import type { Claim } from '../facts.ts';
import { wordsOf } from './names.ts';
import { namesOf, ownerOf } from './statement.ts';

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

/** The first words of each name of a claim, without the last one or two. */
export function* beginnings(claim: Claim): Iterable<[beginning: string, name: string]> {
  for (const name of namesToFind(claim)) {
    const words = wordsOf(name);
    for (let more = 1; more < Math.min(words.length, LONGEST_PART + 1); more++)
      yield [words.slice(0, -more).join(''), name];
  }
}

/** The names of an owner that may bear a number, each with the one that tells him from others. */
export function numberedNames(claim: Claim): (readonly [name: string, owner: string])[] {
  return isNamed(claim) ? namesOf(claim).map((name) => [name, claim.container ?? ownerOf(claim)] as const) : [];
}
