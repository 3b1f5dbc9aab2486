import type { Claim, FileFacts, Scope } from '../facts.ts';
import type { Contradiction } from '../finding.ts';
import { grouped, kept } from '../grouped.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, wordsOf } from '../model/names.ts';
import { disjoint, whyTogether } from '../model/scope.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { type Overlap, overlapsIn } from '../queries/overlaps.ts';
import { mayBeOneOwner, scopeAmong } from '../queries/repeats.ts';
import type { Rule } from '../rule.ts';
import { listText, ownerText, portText, relatedTo } from '../words.ts';

export const registryDuplicate: Rule = {
  id: 'registry-duplicate',
  level: 'error',
  finds: 'one port, one scope, two owners in the registries; two blocks that overlap',
  in: ['registry'],
  *check(file, index) {
    if (!file.document) return;
    const isAlone = file.document.authority === 'registry';
    const inside = grouped(
      file.claims.filter(({ side }) => side === 'container'),
      (claim) => claim.port,
    );
    for (const [port, claims] of grouped(file.claims.filter(isOwned), (claim) => claim.port)) {
      if ((isAlone && claims.length === 1) || claims.length > MOST_ROWS) continue;
      const common = index.claims.commonWords(file.path);
      const clashing = claims.filter((claim) => canClash(claim) && !isInside(claim, claims, inside.get(port), common));
      const statements = rivalsOf(clashing, port, file, index);
      const owners = new Owners(statements, common);
      for (const own of firstOfEachOwner(clashing, file, index)) yield* clash(own, statements, owners);
      yield* admitted(claims, file, index);
    }
    const isOneOwner = (a: Claim, b: Claim) => mayBeOneOwner(a, b, index.claims.commonWords(file.path));
    for (const overlap of overlapsIn(file, isOneOwner)) yield overlapping(overlap, file);
  },
};

/** A port in more rows than these is the one on which every service listens inside, and nobody's alone. */
const MOST_ROWS = 32;

/** Which of the claims to one port speak of one owner, and where each holds. Remembers what it has compared. */
class Owners {
  readonly #statements: readonly Statement[];
  readonly #common: ReadonlySet<string>;
  readonly #ones = new Map<Claim, Map<Claim, boolean>>();
  readonly #scopes = new Map<Claim, Scope>();

  constructor(statements: readonly Statement[], common: ReadonlySet<string>) {
    this.#statements = statements;
    this.#common = common;
  }

  readonly isOne = (a: Claim, b: Claim): boolean => {
    const known = kept(this.#ones, a, () => new Map<Claim, boolean>());
    return kept(known, b, () => mayBeOneOwner(a, b, this.#common));
  };

  scopeOf({ claim, file }: Statement): Scope {
    return kept(this.#scopes, claim, () => {
      const beside = this.#statements.filter((other) => other.file === file).map((other) => other.claim);
      return scopeAmong(claim, beside, this.isOne);
    });
  }
}

/** Whether a claim gives a port of the host to somebody who is named. */
function isOwned({ role, endPort, side, service, container }: Claim): boolean {
  if (role !== 'assignment' || endPort !== undefined || side === 'container') return false;
  // "Frontend" or "Database" alone may sum up or detail what stands elsewhere by its name.
  return container !== undefined || (service !== undefined && !(isGeneric(service) && wordsOf(service).length === 1));
}

function canClash(claim: Claim): boolean {
  return isOwned(claim) && !claim.excused;
}

/** Whether the document says elsewhere that this is the port on which the owner listens inside its container alone. */
function isInside(
  claim: Claim,
  claims: readonly Claim[],
  inside: readonly Claim[] = [],
  common: ReadonlySet<string>,
): boolean {
  const isSameOwner = (other: Claim) => mayBeOneOwner(other, claim, common);
  if (claim.side !== 'any' || !inside.some(isSameOwner)) return false;
  return !claims.some((other) => other.side === 'host' && isSameOwner(other));
}

/** All that is said of a port where a document stands: by the registries that govern it, and by the document itself. */
function rivalsOf(claims: readonly Claim[], port: number, file: FileFacts, index: Index): Statement[] {
  const own = claims.map((claim) => ({ claim, file }));
  if (file.document!.authority === 'registry') return own;
  const governing = index.claims.on(port, file.path, ['assignment']).filter(({ claim }) => canClash(claim));
  return [...governing, ...own];
}

/** One claim for each owner of a port; of a document that only repeats, those that its registry does not confirm. */
function firstOfEachOwner(claims: readonly Claim[], file: FileFacts, index: Index): Statement[] {
  const common = index.claims.commonWords(file.path);
  const owners: Claim[] = [];
  for (const claim of claims) if (!owners.some((other) => mayBeOneOwner(other, claim, common))) owners.push(claim);
  const statements = owners.map((claim) => ({ claim, file }));
  if (file.document!.authority === 'registry') return statements;
  return statements.filter(
    ({ claim }) =>
      !index.claims
        .on(claim.port, file.path, ['assignment'])
        .some((other) => mayBeOneOwner(other.claim, claim, common)),
  );
}

/** Reports at the owner with fewer claims to the port; of equals, at the later one. */
function* clash(own: Statement, statements: readonly Statement[], owners: Owners): Iterable<Contradiction> {
  const isOne = (a: Statement, b: Statement) => owners.isOne(a.claim, b.claim);
  const scopeOf = (statement: Statement) => owners.scopeOf(statement);
  const others = statements.filter(
    (other) => !isOne(other, own) && !disjoint(scopeOf(other), scopeOf(own)) && protocolsMeet(other.claim, own.claim),
  );
  if (others.length === 0) return;
  const friends = statements.filter((other) => isOne(other, own));
  const strongest = Math.max(...others.map((other) => statements.filter((third) => isOne(third, other)).length));
  const isLater = others.some((other) => other.file !== own.file || other.claim.span.start < own.claim.span.start);
  if (friends.length > strongest || (friends.length === strongest && !isLater)) return;
  const rivals = others.filter((other, i) => others.findIndex((earlier) => isOne(earlier, other)) === i);
  const why = rivals.length === 1 ? whyTogether(scopeOf(rivals[0]!), scopeOf(own)) : '';
  yield {
    ...about(own, rivals),
    message: `${own.claim.port} is given to "${ownerOf(own.claim)}" here and to ${listText(rivals.map(ownerText))}${why}.`,
    related: others.map(relatedTo),
  };
}

/** A clash of which a row itself tells is known to its readers: said once, where it is told first, and only as news. */
function* admitted(claims: readonly Claim[], file: FileFacts, index: Index): Iterable<Contradiction> {
  const common = index.claims.commonWords(file.path);
  const telling = claims.find(({ clashes }) => clashes);
  if (!telling) return;
  const others = claims.filter(
    (other) =>
      !mayBeOneOwner(other, telling, common) && !disjoint(other.scope, telling.scope) && protocolsMeet(other, telling),
  );
  if (others.length === 0) return;
  const rivals = others.map((claim) => ({ claim, file }));
  yield {
    ...about({ claim: telling, file }, rivals),
    message: `${telling.port} is given to "${ownerOf(telling)}" here and to ${listText(rivals.map(ownerText))}, a clash that the registry itself points out.`,
    severity: 'information',
  };
}

function overlapping({ earlier, later }: Overlap, file: FileFacts): Contradiction {
  const own = { claim: later, file };
  const rival = { claim: earlier, file };
  const isEqual = earlier.port === later.port && earlier.endPort === later.endPort;
  const said = isEqual
    ? `is also given to ${ownerText(rival)}`
    : `overlaps ${portText(earlier)} of ${ownerText(rival)}, and neither lies within the other`;
  return {
    ...about(own, [rival]),
    message: `${portText(later)} of "${ownerOf(later)}" ${said}${whyTogether(earlier.scope, later.scope)}.`,
  };
}

function about(own: Statement, rivals: readonly Statement[]): Omit<Contradiction, 'message'> {
  return {
    ...placeOf(own),
    port: own.claim.port,
    service: ownerOf(own.claim),
    expected: [],
    registry: placeOf(rivals[0]!),
    related: rivals.map(relatedTo),
    fixes: [],
  };
}

function protocolsMeet(a: Claim, b: Claim): boolean {
  return a.protocol === undefined || b.protocol === undefined || a.protocol === b.protocol;
}
