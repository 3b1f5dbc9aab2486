import type { Claim, FileFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { doesSomething, type PlacedUse } from '../model/services/uses.ts';
import { usageOf } from '../queries/usage.ts';

/** What became of a port that a registry gives to a service. */
type Standing =
  /** a file uses it */
  | 'used'
  /** the service is on another port */
  | 'differs'
  /** another service is on it */
  | 'taken'
  /** nothing uses it */
  | 'unused';

/** An assignment of a registry, against what is really there. */
export interface Audited {
  readonly claim: Claim;
  readonly standing: Standing;
  /** Where it is used. */
  readonly uses: readonly PlacedUse[];
  /** The findings that tell what is there instead, for `differs` and `taken`. */
  readonly instead: readonly Finding[];
}

/** A registry against the files that it governs. */
export interface Audit {
  readonly registry: FileFacts;
  readonly assignments: readonly Audited[];
  /** The findings of published ports that no registry mentions, in the files of which this one is the nearest. */
  readonly unregistered: readonly Finding[];
  /** All uses in the governed files. */
  readonly uses: readonly PlacedUse[];
}

/**
 * Compares what a registry documents with what is there.
 * @param findings of the whole workspace, which tell what differs
 * @returns `undefined` for a document that is no registry, or that governs no file with ports
 */
export function auditOf(registry: FileFacts, index: Index, findings: readonly Finding[]): Audit | undefined {
  const usage = usageOf(registry, index);
  if (!usage) return undefined;
  const against = findingsAgainst(
    registry,
    findings.filter(({ path }) => isDone(path, index)),
  );
  const assignments = [...usage.satisfying].map(([claim, uses]) => {
    const instead = against.get(claim.span.start) ?? [];
    return { claim, standing: standingOf(uses, instead), uses, instead };
  });
  const unregistered = findings.filter(
    ({ rule, path }) => rule === 'unregistered-port' && index.claims.registriesFor(path)[0] === registry,
  );
  return { registry, assignments, unregistered, uses: usage.uses };
}

/** Whether all that is documented is there, and all that is there is documented. */
export function agrees({ assignments, unregistered }: Audit): boolean {
  return unregistered.length === 0 && assignments.every(({ standing }) => standing === 'used');
}

const DIFFERS: readonly string[] = ['port-mismatch', 'former-port'];
const TAKEN = 'owned-by-other';

/** Whether what stands in a file is done, and not only said. */
function isDone(path: string, index: Index): boolean {
  const file = index.file(path);
  return file !== undefined && doesSomething(file);
}

/** The findings that hold a port against a claim, by where the claim stands. */
function findingsAgainst({ path }: FileFacts, findings: readonly Finding[]): Map<number, Finding[]> {
  const against = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (!DIFFERS.includes(finding.rule) && finding.rule !== TAKEN) continue;
    for (const { span } of finding.related.filter((place) => place.path === path)) {
      against.set(span.start, [...(against.get(span.start) ?? []), finding]);
    }
  }
  return against;
}

function standingOf(uses: readonly PlacedUse[], instead: readonly Finding[]): Standing {
  if (instead.some(({ rule }) => DIFFERS.includes(rule))) return 'differs';
  if (instead.length > 0) return 'taken';
  return uses.length > 0 ? 'used' : 'unused';
}
