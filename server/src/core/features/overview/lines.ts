import type { Claim, FileFacts } from '../../facts.ts';
import type { Finding, Place } from '../../finding.ts';
import { ownerOf } from '../../model/statement.ts';
import type { Audited } from '../audit.ts';

/**
 * What became of a port that a registry gives to a service. `ok`: it is used so. `mismatch`: the service is on another
 * port. `clash`: the registry contradicts itself there, or somebody else is on the port. `unused`: nothing uses it.
 * `unknown`: the registry governs no file that could use it.
 */
export type Status = 'ok' | 'mismatch' | 'clash' | 'unused' | 'unknown';

/**
 * A claim as a row: with what became of it, and with the port inside the container that stands on the same line.
 * Many services listen on one port inside, so that its uses count only with those of the port outside.
 */
export interface Line {
  readonly claim: Claim;
  readonly inside?: Claim;
  readonly status?: Status;
  readonly instead?: number;
  readonly why?: string;
  readonly uses: readonly Place[];
}

/**
 * The claims of a registry as rows, with what became of them.
 * @param audited what was found of each claim
 * @param findings of the whole workspace
 */
export function linesOf(
  registry: FileFacts,
  audited: ReadonlyMap<Claim, Audited>,
  findings: readonly Finding[],
): readonly Line[] {
  const contradicted = contradictionsIn(registry, findings);
  const claims = registry.claims.filter(({ role, endPort }) => role !== 'range' || endPort === undefined);
  const keyOf = (claim: Claim) => `${registry.lines.position(claim.span.start).line}\n${ownerOf(claim)}`;
  const outside = new Set(claims.filter(isAssignment).filter(isOutside).map(keyOf));
  const isInner = (claim: Claim) => isAssignment(claim) && !isOutside(claim) && outside.has(keyOf(claim));
  const inner = new Map(claims.filter(isInner).map((claim) => [keyOf(claim), claim]));
  return claims
    .filter((claim) => !isInner(claim))
    .map((claim) => {
      const inside = isAssignment(claim) ? inner.get(keyOf(claim)) : undefined;
      const own = [claim, ...(inside ? [inside] : [])];
      const clash = own.flatMap(({ span }) => contradicted.get(span.start) ?? [])[0];
      const known = own.flatMap((one) => audited.get(one) ?? []);
      const instead = known.flatMap((one) => one.instead);
      const why = clash ?? instead[0];
      return {
        claim,
        ...(inside && { inside }),
        ...(isAssignment(claim) && { status: clash ? 'clash' : statusOf(known) }),
        ...insteadOf(known),
        ...(why && { why: why.message }),
        uses: [...instead, ...(known[0]?.uses.length === 0 ? [] : known.flatMap(({ uses }) => uses))],
      };
    });
}

export function isAssignment({ role }: Claim): boolean {
  return role === 'assignment';
}

/** Whether a claim is not about a port inside a container alone. */
export function isOutside({ side }: Claim): boolean {
  return side !== 'container';
}

/** Of a line with a port outside and one inside the container, the one outside decides whether it is used. */
function statusOf(known: readonly Audited[]): Status {
  const [first] = known;
  if (!first) return 'unknown';
  const standings = known.map(({ standing }) => standing);
  if (standings.includes('taken')) return 'clash';
  if (standings.includes('differs')) return 'mismatch';
  return first.standing === 'used' ? 'ok' : 'unused';
}

/** The port of the host on which the service is, where that is another one. */
function insteadOf([first]: readonly Audited[]): { instead?: number } {
  const port = first?.standing === 'differs' && isOutside(first.claim) ? first.instead[0]?.port : undefined;
  return port == null ? {} : { instead: port };
}

/** What the registry's own findings say of its rows, by where these begin: of both that contradict each other. */
function contradictionsIn({ path }: FileFacts, findings: readonly Finding[]): Map<number, Finding> {
  const known = new Map<number, Finding>();
  for (const finding of findings) {
    if (finding.path !== path || (finding.severity !== 'error' && finding.severity !== 'warning')) continue;
    for (const place of [finding, ...finding.related]) {
      if (place.path === path && !known.has(place.span.start)) known.set(place.span.start, finding);
    }
  }
  return known;
}
