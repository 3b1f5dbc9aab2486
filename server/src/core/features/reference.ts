import type { Place } from '../finding.ts';
import { placeOf, type Statement } from '../model/statement.ts';

/** A place with the same meaning as another one. */
export interface Reference extends Place {
  /** `definition`: it decides, as a claim and the definition of a service do; `use`: it follows. */
  readonly kind: 'definition' | 'use';
  /** The service is on another port here than the claim in question gives it. */
  readonly isMismatch?: true;
}

/** The place of a claim, which decides. */
export function claimAt(statement: Statement): Reference {
  return { ...placeOf(statement), kind: 'definition' };
}

/** A place that follows. */
export function useAt({ path, span }: Place): Reference {
  return { path, span, kind: 'use' };
}

/** Each place once, file by file in the order of the text. */
export function sorted(references: readonly Reference[]): Reference[] {
  const once = new Map(references.map((reference) => [`${reference.path}\n${reference.span.start}`, reference]));
  return [...once.values()].sort((a, b) =>
    a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1,
  );
}

/** Each claim once. */
export function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [statement.claim, statement])).values()];
}
