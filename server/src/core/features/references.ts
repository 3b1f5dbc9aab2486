import type { Claim } from '../facts.ts';
import type { Mismatch } from '../model/comparison/differences.ts';
import { governedBy } from '../model/governance.ts';
import type { Index } from '../model/index.ts';
import { nameKeys } from '../model/names.ts';
import { disjoint } from '../model/scope.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf, type Statement } from '../model/statement.ts';
import { isWithin } from '../path.ts';
import { hasPort } from '../ports.ts';
import { claimsOf, type Endpoint, endpointsOf, mentionsIn } from '../queries/endpoints.ts';
import { type Missed, missedClaims } from '../queries/mismatches.ts';
import type { Span } from '../text.ts';
import { isNamed, reaching, reachingIn } from './namedReferences.ts';
import { claimAt, distinct, type Reference, sorted, useAt } from './reference.ts';
import type { ClaimSpot, Spot, UseSpot } from './spot.ts';

/** A port of a service as its places have it in common: the claims about it, and what the uses of it mean. */
interface Subject {
  readonly ports: ReadonlySet<number>;
  readonly keys: ReadonlySet<string>;
  readonly claims: readonly Statement[];
}

/**
 * All places of what stands at a spot: those of the same port of the same service, on the same side, and the claims that
 * give it. Of a claim also the places where its service is on another port. Of a service all that reaches it by name.
 * Yields now and then, so that other work may come in between.
 */
export function* referencesOf(spot: Spot, index: Index): Generator<undefined, Reference[]> {
  if (isNamed(spot)) return sorted(reaching(spot, index));
  const subject = subjectOf(spot, index);
  const places = [...subject.claims.map(claimAt), ...(yield* usesOf(subject, index))];
  if (spot.kind === 'claim') places.push(...missing(subject.claims, yield* missedClaims(index)));
  return sorted(places);
}

/** The uses of a claim's port by its service, and the places where the service is on another one instead. */
export function* usesOfClaim(statement: Statement, index: Index, missed: Missed): Generator<undefined, Reference[]> {
  const subject = ofClaims([statement]);
  return sorted([...(yield* usesOf(subject, index)), ...missing(subject.claims, missed)]);
}

/** The places in the same file with the same meaning as a spot. */
export function highlightsOf(spot: Spot, index: Index, text?: string): Reference[] {
  const { path } = spot.file;
  if (isNamed(spot)) return sorted(reachingIn(spot, index, text));
  const subject = subjectOf(spot, index);
  const uses = usesIn(path, subject, index, new Map());
  return sorted([...subject.claims.map(claimAt), ...uses].filter((place) => place.path === path));
}

/** What the uses at a place mean. */
export function endpointsAt({ use }: UseSpot, index: Index): Endpoint[] {
  const here = mentionsIn(use.path, index).filter((mention) => mention.use.span.start === use.span.start);
  return here.flatMap((mention) => endpointsOf(mention, index));
}

/**
 * The claims about what stands at a place: those that give it this very port, and else those that give the service
 * another one.
 */
export function claimsAt({ use, span }: UseSpot, endpoints: readonly Endpoint[], index: Index): Statement[] {
  const claims = distinct(endpoints.flatMap((endpoint) => claimsOf(endpoint, index)));
  const right = claims.filter(({ claim }) => claim.role !== 'former');
  return right.length > 0 ? right : [...insteadOf(use, span, endpoints, index), ...claims];
}

function insteadOf(
  { path }: PlacedUse,
  { start }: Span,
  endpoints: readonly Endpoint[],
  index: Index,
): readonly Statement[] {
  const files = new Set(endpoints.flatMap(({ running }) => (running ? [running.file.path] : [])));
  const mismatches = [...files].flatMap((file) => index.comparison(file).mismatches);
  const here = mismatches.filter(({ use }) => use.path === path && use.span.start === start);
  return here.flatMap(({ instead }) => instead);
}

function subjectOf(spot: ClaimSpot | UseSpot, index: Index): Subject {
  if (spot.kind === 'claim') return ofClaims(alike({ claim: spot.claim, file: spot.file }, index));
  const endpoints = endpointsAt(spot, index);
  const claims = distinct(endpoints.flatMap((endpoint) => claimsOf(endpoint, index)));
  const all = distinct(claims.flatMap((statement) => [statement, ...alike(statement, index)]));
  const keys = new Set(endpoints.map(({ key }) => key));
  return { ports: new Set([spot.use.port, ...ofClaims(claims).ports]), keys, claims: all };
}

function ofClaims(claims: readonly Statement[]): Subject {
  const ports = claims.flatMap(({ claim: { port, endPort = port } }) =>
    Array.from({ length: Math.min(endPort - port, WIDEST) + 1 }, (_, n) => port + n),
  );
  return { ports: new Set(ports), keys: new Set(), claims };
}

/** Of wider ranges the ports far from the first one are not looked for. */
const WIDEST = 1000;

/** A statement and those that repeat it: of the same owner, on the same port and side, wherever it may hold as well. */
function alike({ claim, file }: Statement, index: Index): Statement[] {
  const names = [...nameKeys(ownerOf(claim)).keys()];
  const says = (other: Claim) =>
    other.role === claim.role &&
    other.port === claim.port &&
    other.endPort === claim.endPort &&
    (other.side === claim.side || other.side === 'any' || claim.side === 'any') &&
    !disjoint(other.scope, claim.scope) &&
    names.some((name) => nameKeys(ownerOf(other)).has(name));
  const folder = governedBy(file);
  const near = index.occurrences.ofPort(claim.port).flatMap((path) => index.file(path) ?? []);
  const others = near.filter((other) => isWithin(governedBy(other), folder) || isWithin(folder, governedBy(other)));
  return [...new Set([file, ...others])].flatMap((document) =>
    document.claims
      .filter((other) => other === claim || says(other))
      .map((other) => ({ claim: other, file: document })),
  );
}

function* usesOf(subject: Subject, index: Index): Generator<undefined, Reference[]> {
  const paths = new Set([...subject.ports].flatMap((port) => index.occurrences.ofPort(port)));
  const known = new Map<string, boolean>();
  const found: Reference[] = [];
  for (const path of paths) {
    found.push(...usesIn(path, subject, index, known));
    yield;
  }
  return found;
}

/** @param known whether the claims are about an endpoint, by its key */
function usesIn(path: string, subject: Subject, index: Index, known: Map<string, boolean>): Reference[] {
  const claims = new Set(subject.claims.map(({ claim }) => claim));
  const isClaimed = (endpoint: Endpoint) => {
    const isKnown = known.get(endpoint.key) ?? claimsOf(endpoint, index).some(({ claim }) => claims.has(claim));
    known.set(endpoint.key, isKnown);
    return isKnown;
  };
  const isMeant = (endpoint: Endpoint) => subject.keys.has(endpoint.key) || isClaimed(endpoint);
  const mayBe = (use: PlacedUse) =>
    use.endPort === undefined ? subject.ports.has(use.port) : [...subject.ports].some((asked) => hasPort(use, asked));
  return mentionsIn(path, index)
    .filter((mention) => mayBe(mention.use) && endpointsOf(mention, index).some(isMeant))
    .flatMap(({ use }) => (use.readAt ? [use, use.readAt] : [use]))
    .map(useAt);
}

function missing(claims: readonly Statement[], missed: Missed): Reference[] {
  const mismatches = claims.flatMap(({ claim }): readonly Mismatch[] => missed.get(claim) ?? []);
  return mismatches.map(({ use }) => ({ ...useAt(use), isMismatch: true }));
}
