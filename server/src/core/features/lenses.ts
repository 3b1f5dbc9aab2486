import type { FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { missedClaims } from '../queries/mismatches.ts';
import { portText } from '../words.ts';
import type { Reference } from './reference.ts';
import { usesOfClaim } from './references.ts';

/** What is told above a row of a registry. */
export interface Lens extends Place {
  /** `3 uses · 1 mismatch` */
  readonly title: string;
  /** The places of which the title speaks. */
  readonly references: readonly Reference[];
}

/**
 * How often each port of a registry is used, and where its service is on another one. Yields now and then, so that other
 * work may come in between.
 */
export function* lensesOf(file: FileFacts, index: Index): Generator<undefined, Lens[]> {
  if (file.document?.authority !== 'registry') return [];
  const missed = yield* missedClaims(index);
  const lineOf = (place: Pick<Place, 'span'>) => file.lines.position(place.span.start).line;
  const claims = file.claims.filter(({ role }) => role === 'assignment' || role === 'reserved');
  const onLine = new Map<number, number>();
  for (const claim of claims) onLine.set(lineOf(claim), (onLine.get(lineOf(claim)) ?? 0) + 1);
  const lenses: Lens[] = [];
  for (const claim of claims) {
    const references = yield* usesOfClaim({ claim, file }, index, missed);
    const which = onLine.get(lineOf(claim)) === 1 ? '' : `${portText(claim)}: `;
    lenses.push({ path: file.path, span: claim.span, title: which + titleOf(references), references });
    yield;
  }
  return lenses;
}

function titleOf(references: readonly Reference[]): string {
  const mismatches = references.filter(({ isMismatch }) => isMismatch).length;
  const uses = references.length - mismatches;
  const told = uses === 0 ? 'not used' : count(uses, 'use', 'uses');
  return mismatches === 0 ? told : `${told} · ${count(mismatches, 'mismatch', 'mismatches')}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
