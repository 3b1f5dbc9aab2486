import type { Claim } from '../facts.ts';
import type { Mismatch } from '../model/comparison/differences.ts';
import type { Index } from '../model/index.ts';

/** The services on another port than a claim gives them, by the claims that say better. */
export type Missed = ReadonlyMap<Claim, readonly Mismatch[]>;

/** Compares every compose file, and yields after each, so that other work may come in between. */
export function* missedClaims(index: Index): Generator<undefined, Missed> {
  const missed = new Map<Claim, Mismatch[]>();
  for (const { path, kind } of [...index.files()]) {
    if (kind !== 'compose') continue;
    for (const mismatch of index.comparison(path).mismatches) {
      for (const { claim } of mismatch.instead) missed.set(claim, [...(missed.get(claim) ?? []), mismatch]);
    }
    yield;
  }
  return missed;
}
