import type { Claim, FileFacts } from '../facts.ts';
import type { Contradiction } from '../finding.ts';
import { ownerOf, placeOf, type Statement } from '../model/claims.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, mayBeSame, wordsOf } from '../model/names.ts';
import { disjoint } from '../model/scope.ts';
import type { Rule } from '../rule.ts';
import { listText, ownerText, relatedTo } from '../words.ts';

export const registryDuplicate: Rule = {
  id: 'registry-duplicate',
  level: 'error',
  finds: 'one port, one scope, two owners in the registries',
  *check(file, index) {
    if (!file.document) return;
    for (const [port, claims] of byPort(file.claims.filter(canClash))) {
      const statements = rivalsOf(port, file, index);
      for (const own of firstOfEachOwner(claims, file, index)) yield* clash(own, statements, index);
    }
  },
};

function canClash({ role, endPort, side, excused, service, container }: Claim): boolean {
  if (role !== 'assignment' || endPort !== undefined || side === 'container' || excused) return false;
  // "Frontend" or "Database" alone may sum up or detail what stands elsewhere by its name.
  return container !== undefined || (service !== undefined && !(isGeneric(service) && wordsOf(service).length === 1));
}

/** All that is said of a port where a document stands: by the registries that govern it, and by the document itself. */
function rivalsOf(port: number, file: FileFacts, index: Index): Statement[] {
  const own = file.claims.filter((claim) => claim.port === port && canClash(claim)).map((claim) => ({ claim, file }));
  if (file.document!.authority === 'registry') return own;
  const governing = index.claims.on(port, file.path, ['assignment']).filter(({ claim }) => canClash(claim));
  return [...governing, ...own];
}

/** One claim for each owner of a port; of a document that only repeats, those that its registry does not confirm. */
function firstOfEachOwner(claims: readonly Claim[], file: FileFacts, index: Index): Statement[] {
  const common = index.claims.commonWords(file.path);
  const owners: Claim[] = [];
  for (const claim of claims) if (!owners.some((other) => same(other, claim, common))) owners.push(claim);
  const statements = owners.map((claim) => ({ claim, file }));
  if (file.document!.authority === 'registry') return statements;
  return statements.filter(
    ({ claim }) =>
      !index.claims.on(claim.port, file.path, ['assignment']).some((other) => same(other.claim, claim, common)),
  );
}

/** Reports at the owner with fewer claims to the port; of equals, at the later one. */
function* clash(own: Statement, statements: readonly Statement[], index: Index): Iterable<Contradiction> {
  const common = index.claims.commonWords(own.file.path);
  const others = statements.filter(
    ({ claim }) =>
      !same(claim, own.claim, common) && !disjoint(claim.scope, own.claim.scope) && protocolsMeet(claim, own.claim),
  );
  if (others.length === 0) return;
  const friends = statements.filter(({ claim }) => same(claim, own.claim, common));
  const strongest = Math.max(
    ...others.map((other) => statements.filter(({ claim }) => same(claim, other.claim, common)).length),
  );
  const isLater = others.some((other) => other.file !== own.file || other.claim.span.start < own.claim.span.start);
  if (friends.length > strongest || (friends.length === strongest && !isLater)) return;
  const rivals = others.filter((other, i) => others.findIndex(({ claim }) => same(claim, other.claim, common)) === i);
  yield {
    path: own.file.path,
    span: own.claim.span,
    message: `${own.claim.port} is given to "${ownerOf(own.claim)}" here and to ${listText(rivals.map(ownerText))}.`,
    port: own.claim.port,
    service: ownerOf(own.claim),
    expected: [],
    registry: placeOf(rivals[0]!),
    related: others.map(relatedTo),
    fixes: [],
  };
}

/** Whether two claims may speak of one owner; containers decide where both are told. */
function same(a: Claim, b: Claim, common: ReadonlySet<string>): boolean {
  if (a.container !== undefined && b.container !== undefined) {
    return (
      mayBeSame(a.container, b.container, common) ||
      (!isGeneric(ownerOf(a)) && mayBeSame(ownerOf(a), ownerOf(b), common))
    );
  }
  const names = (claim: Claim) =>
    [ownerOf(claim), claim.service, claim.container, claim.scope.project].filter((name) => name !== undefined);
  return names(a).some((x) => names(b).some((y) => mayBeSame(x, y, common)));
}

function protocolsMeet(a: Claim, b: Claim): boolean {
  return a.protocol === undefined || b.protocol === undefined || a.protocol === b.protocol;
}

function byPort(claims: readonly Claim[]): Map<number, Claim[]> {
  const map = new Map<number, Claim[]>();
  for (const claim of claims) map.set(claim.port, [...(map.get(claim.port) ?? []), claim]);
  return map;
}
