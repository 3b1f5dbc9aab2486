import type { Claim } from '../../facts.ts';
import { basename } from '../../path.ts';
import { lastOf } from '../../ports.ts';
import { Question, type Touched } from '../dependencies.ts';
import { nameKeys, wordsOf } from '../names.ts';
import { namesOf, ownerKey, ownerOf } from '../statement.ts';
import type { ClaimChanges } from './claimChanges.ts';
import { groupOf } from './filed.ts';
import { schemeOf } from './numbered.ts';

/** The questions to a registry whose answers hold claims that are others now, or are missing them. */
export function* touchedBy({ removed, added, moved }: ClaimChanges, prefixes: ReadonlySet<string>): Iterable<Touched> {
  const names = [removed, added].map((claims) => new Set(claims.flatMap(namesOf)));
  const isNew = (name: string) => names.some((some) => !some.has(name));
  for (const claim of [...removed, ...added]) {
    yield* questionsOf(claim, prefixes);
    // Whether a scheme numbers anything depends on how many names it has.
    for (const name of namesOf(claim).filter(isNew)) {
      const scheme = schemeOf(name)?.scheme;
      if (scheme !== undefined) yield [Question.scheme, scheme];
    }
  }
  for (const claim of moved) yield* questionsOf(claim, prefixes);
}

/** All questions that a claim may be an answer to, or may keep from having one. */
function* questionsOf(claim: Claim, prefixes: ReadonlySet<string>): Iterable<Touched> {
  for (let port = claim.port; port <= lastOf(claim); port++) yield [Question.port, port];
  if (claim.role === 'range') {
    yield [Question.blocks, ''];
    const group = groupOf(claim);
    if (group !== undefined) yield [Question.block, group];
  }
  for (const address of [...(claim.domains ?? []), ...(claim.routes ?? [])]) yield [Question.address, address];
  if (claim.folder !== undefined) yield [Question.place, basename(claim.folder)];
  yield [Question.owner, ownerKey(claim)];
  const words = wordsOf(claim.container ?? ownerOf(claim));
  for (let n = 1; n < words.length; n++) yield [Question.beginning, words.slice(0, n).join(' ')];
  for (const name of new Set(namesOf(claim))) {
    for (const key of nameKeys(name, prefixes).keys()) yield [Question.name, key];
    const own = wordsOf(name);
    for (let n = 1; n < own.length; n++) yield [Question.beginning, own.slice(0, n).join('')];
    const asked = schemeOf(name);
    if (asked !== undefined) yield [Question.number, asked.number];
  }
}
