import type { Claim, FileFacts } from '../facts.ts';
import type { Contradiction, Fix } from '../finding.ts';
import { grouped, kept, push } from '../grouped.ts';
import { byAuthority, governedBy } from '../model/governance.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, mainKey, wordsOf } from '../model/names.ts';
import { disjoint, stageOf } from '../model/scope.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { hasPort } from '../ports.ts';
import { mayBeOneOwner, scopeAmong } from '../queries/repeats.ts';
import type { Rule } from '../rule.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { listText, portText, relatedTo, whereText } from '../words.ts';

export const registryDisagreement: Rule = {
  id: 'registry-disagreement',
  level: 'error',
  finds: 'one service, one side, one scope, two current ports, in one registry or between two',
  in: ['registry'],
  *check(file, index) {
    if (!file.document) return;
    const claims = file.claims.filter(isCurrent);
    const better = index.claims.registriesToRead(file.path).filter((other) => other !== file && precedes(other, file));
    for (const group of byService(claims)) {
      const before = elsewhere(group[0]!, better);
      if (before.length === 0 && group.length === 1) continue;
      const statements = group.map((claim) => ({ claim, file }));
      if (before.length === 0) yield* withinDocument(statements, index);
      else yield* betweenDocuments(statements, before, claims, index);
    }
  },
};

/** What one document says of a service, held to what a better one says: stage by stage, where both tell the stages. */
function* betweenDocuments(
  statements: readonly Statement[],
  before: readonly Statement[],
  claims: readonly Claim[],
  index: Index,
): Iterable<Contradiction> {
  const told = new Set(before.map(({ claim }) => stageIn(claim)));
  for (const [stage, part] of grouped(statements, ({ claim }) =>
    told.has(stageIn(claim)) ? stageIn(claim) : undefined,
  )) {
    const said = stage === undefined ? before : before.filter(({ claim }) => stageIn(claim) === stage);
    const own = stage === undefined ? claims : claims.filter((claim) => stageIn(claim) === stage);
    const group = part.map(({ claim }) => claim);
    if (!own.some((claim) => repeats(claim, group, said))) yield* differing(part, said, index);
  }
}

function stageIn({ scope }: Claim): string | undefined {
  return stageOf(scope.environment);
}

/** That a row clashes with another owner's is no excuse for two ports of one owner. */
function isCurrent({ role, endPort, excused, clashes, service, container }: Claim): boolean {
  const isExcused = excused && !clashes;
  return role === 'assignment' && endPort === undefined && !isExcused && (service ?? container) !== undefined;
}

/** Claims of one document that plainly speak of the same service, in the order of the text. */
function byService(claims: readonly Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = keyOf(claim);
    if (key) push(groups, key, claim);
  }
  return [...groups.values()];
}

/** The key of the first of a claim's names that is telling; `undefined` where many things bear them all. */
function keyOf(claim: Claim): string | undefined {
  return keysOf(claim)[0];
}

/** The keys of the service and of its container, without names that many things bear. */
function keysOf(claim: Claim): readonly string[] {
  return kept(known, claim, () => findKeys(claim));
}

/** Of a long registry most claims are the same ones after an edit. */
const known = new WeakMap<Claim, readonly string[]>();

function findKeys({ service, container }: Claim): readonly string[] {
  const byService = service === undefined ? undefined : tellingKey(service);
  const byContainer = container !== undefined && CONTAINER.test(container) ? tellingKey(container) : undefined;
  if (byService === undefined) return byContainer === undefined ? NO_KEYS : [byContainer];
  return byContainer === undefined ? [byService] : [byService, byContainer];
}

const NO_KEYS: readonly string[] = [];

function tellingKey(name: string): string | undefined {
  if (isGeneric(name) || defaultPorts(wordsOf(name).join('-')).length > 0) return undefined;
  return mainKey(name) || undefined;
}

/** A column for containers may also say in words that there is none. */
const CONTAINER = /^[\w.-]+$/;

/**
 * What a document of more authority says of the same service: for two registries, the one that governs more.
 * @param better the documents of more authority, the nearest first
 */
function elsewhere(claim: Claim, better: readonly FileFacts[]): Statement[] {
  if (better.length === 0) return [];
  const keys = keysOf(claim);
  for (const other of better) {
    const same = currentOf(keys, other);
    const said = same.length > 0 ? same : (currentIn(other).byMainKey.get(mainKeyOf(claim)) ?? []);
    if (said.length > MOST_ROWS) return [];
    if (said.length > 0) return said.map((candidate) => ({ claim: candidate, file: other }));
  }
  return [];
}

/** What a document says of a service in more rows than these settles nothing for others. */
const MOST_ROWS = 100;

/** The current claims of a document about whoever bears one of the keys, in the order of the text. */
function currentOf(keys: readonly string[], file: FileFacts): readonly Claim[] {
  const { byKey } = currentIn(file);
  if (keys.length === 1) return byKey.get(keys[0]!) ?? [];
  const claims = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
  return [...claims].sort((a, b) => a.span.start - b.span.start);
}

interface Current {
  readonly byKey: ReadonlyMap<string, readonly Claim[]>;
  readonly byMainKey: ReadonlyMap<string | undefined, readonly Claim[]>;
}

const current = new WeakMap<FileFacts, Current>();

/** The current claims of a document, kept as long as its facts are. */
function currentIn(file: FileFacts): Current {
  return kept(current, file, () => {
    const claims = file.claims.filter(isCurrent);
    const byKey = new Map<string, Claim[]>();
    for (const claim of claims) for (const key of new Set(keysOf(claim))) push(byKey, key, claim);
    return { byKey, byMainKey: grouped(claims, mainKeyOf) };
  });
}

/** Whether a claim to what the group is about, by service or by container, says what others say. */
function repeats(claim: Claim, group: readonly Claim[], said: readonly Statement[]): boolean {
  return said.some((other) => other.claim.port === claim.port) && group.some((member) => areOfOne(claim, member));
}

function areOfOne(a: Claim, b: Claim): boolean {
  const keys = keysOf(b);
  return keysOf(a).some((key) => keys.includes(key)) || mainKeyOf(a) === mainKeyOf(b);
}

/** Of several ports of a service the one for HTTP is the one of which others speak without a word for it. */
function mainKeyOf(claim: Claim): string | undefined {
  return keyOf(claim)?.replace(/(?<=.)http$/, '');
}

function precedes(other: FileFacts, file: FileFacts): boolean {
  if (file.document?.authority === 'reference') return true;
  const wider = governedBy(file).length - governedBy(other).length;
  return wider > 0 || (wider === 0 && byAuthority(other, file) < 0);
}

/** A later section, list or document that gives a service only ports of which the first knows nothing. */
function* withinDocument(statements: readonly Statement[], index: Index): Iterable<Contradiction> {
  const passages = grouped(statements, ({ claim: { section, form } }) =>
    form === 'heading' ? 'headings' : `${form}\n${section.join('\n')}`,
  );
  const [first, ...later] = [...passages.values()];
  if (first!.length > MOST_ROWS) return;
  for (const passage of later) if (areOfOneKind(passage, first!, index)) yield* differing(passage, first!, index);
}

/**
 * 5432 in one section and 8000 in another are two ports of one service; 8010 and 8110 are one port told twice. Ports in
 * two blocks that the registry keeps for different things are two as well, unless the same is said of both.
 */
function areOfOneKind(a: readonly Statement[], b: readonly Statement[], index: Index): boolean {
  const blocks = index.claims.ranges(a[0]!.file.path).map(({ claim }) => claim);
  const blocksOf = ({ claim: { port } }: Statement) => blocks.filter((block) => hasPort(block, port));
  const isNear = (x: Statement, y: Statement) => Math.floor(x.claim.port / 1000) === Math.floor(y.claim.port / 1000);
  const shareBlocks = (x: Statement, y: Statement) => blocksOf(x).every((block) => blocksOf(y).includes(block));
  return a.some((x) => b.some((y) => isNear(x, y) && (shareBlocks(x, y) || isSaidOfBoth(x.claim, y.claim))));
}

function isSaidOfBoth({ note }: Claim, other: Claim): boolean {
  return note !== undefined && /\p{L}/u.test(note) && note === other.note;
}

function* differing(
  statements: readonly Statement[],
  said: readonly Statement[],
  index: Index,
): Iterable<Contradiction> {
  const agrees = ({ claim }: Statement) => said.some((other) => other.claim.port === claim.port);
  if (statements.some(agrees)) return;
  for (const statement of statements) {
    const against = said.filter(
      (other) =>
        areOfOne(other.claim, statement.claim) &&
        comparable(other.claim, statement.claim) &&
        !areApart(other, statement),
    );
    if (against.length > 0) yield disagreement(statement, against, areAtOne(statement, index));
  }
}

/** Whether all registries that know the service give it the same ports, so that a copy of them can be mended. */
function areAtOne({ claim, file }: Statement, index: Index): boolean {
  const told = index.claims.registriesToRead(file.path).map((registry) => {
    const ports = currentOf(keysOf(claim), registry).map(({ port }) => port);
    return [...new Set(ports)].sort().join();
  });
  return new Set(told.filter((ports) => ports !== '')).size <= 1;
}

/** Whether the two hold in different places, by their own words or by those of the rows that they repeat. */
function areApart(a: Statement, b: Statement): boolean {
  const scopeOf = ({ claim, file }: Statement) =>
    scopeAmong(claim, toPort(claim.port, file), (a, b) => mayBeOneOwner(a, b, new Set()));
  return disjoint(scopeOf(a), scopeOf(b));
}

/** The claims of a document to a port, as many as can be compared with each other. */
function toPort(port: number, { claims }: FileFacts): readonly Claim[] {
  const all = kept(byPort, claims, () => grouped(claims, (claim) => claim.port)).get(port)!;
  return all.length > MOST_ROWS ? all.slice(0, MOST_ROWS) : all;
}

const byPort = new WeakMap<readonly Claim[], ReadonlyMap<number, readonly Claim[]>>();

function comparable(a: Claim, b: Claim): boolean {
  if (a.protocol !== undefined && b.protocol !== undefined && a.protocol !== b.protocol) return false;
  if (
    a.container !== undefined &&
    b.container !== undefined &&
    wordsOf(a.container).join('') !== wordsOf(b.container).join('')
  )
    return false;
  return (
    a.side === b.side || ((a.side === 'any') !== (b.side === 'any') && a.side !== 'container' && b.side !== 'container')
  );
}

function disagreement(statement: Statement, against: readonly Statement[], isSure: boolean): Contradiction {
  const { claim, file } = statement;
  const first = against[0]!;
  const ports = [...new Set(against.map((other) => other.claim.port))];
  const fix: Fix[] = ports.map((port) => ({
    title: `Use ${port}, as in ${whereText(first)}`,
    preferred: isSure && ports.length === 1 && file.document?.authority === 'reference',
    edits: [{ path: file.path, span: claim.span, newText: String(port) }],
  }));
  return {
    path: file.path,
    span: claim.span,
    message: `"${ownerOf(claim)}" is given ${claim.port} here, but ${listText(against.map((other) => portText(other.claim)).filter(unique))} in ${whereText(first)}.`,
    port: claim.port,
    service: ownerOf(claim),
    expected: ports,
    registry: placeOf(first),
    related: against.map(relatedTo),
    fixes: fix,
  };
}

function unique<T>(item: T, i: number, all: readonly T[]): boolean {
  return all.indexOf(item) === i;
}
