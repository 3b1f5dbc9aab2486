import type { Claim } from '../../facts.ts';
import { grouped } from '../../grouped.ts';
import type { Mismatch } from '../../model/comparison/differences.ts';
import { governedBy } from '../../model/governance.ts';
import type { Index } from '../../model/index.ts';
import { areNumberedApart, isGeneric, mayBeSame, nameKeys, wordsOf } from '../../model/names.ts';
import { disjoint } from '../../model/scope.ts';
import { hostUses, namesOfService, type Running } from '../../model/services/services.ts';
import type { PlacedUse } from '../../model/services/uses.ts';
import { type Match, namesOf, ownerOf, type Statement } from '../../model/statement.ts';
import { dirname, isWithin } from '../../path.ts';

/** A port that a compose service has by itself. */
export interface Own {
  readonly running: Running;
  readonly use: PlacedUse;
}

/** One port of one service, with all that says it is the service's. */
export interface Subject {
  /** What people call the service. */
  readonly name: string;
  readonly port: number;
  /** Whether the port is one that people outside reach, or only the one on which the process listens. */
  readonly side: 'host' | 'container';
  readonly statements: readonly Statement[];
  readonly owns: readonly Own[];
}

/** From where the rest of a subject is found. */
export interface Seed {
  readonly statements?: readonly Statement[];
  readonly owns?: readonly Own[];
}

/** A compose service with what the registries say of it. */
export interface Entry {
  readonly running: Running;
  readonly known: readonly Match[];
  readonly mismatches: readonly Mismatch[];
  /** Whether what the registries say of its name is surely meant for it. */
  readonly isSettled: boolean;
}

/** The services of all compose files. */
export function entriesOf(index: Index): Entry[] {
  return [...index.files()].flatMap((file) => {
    if (file.kind !== 'compose') return [];
    const { services, matches, mismatches, unsettled } = index.comparison(file.path);
    const wrong = grouped(mismatches, ({ running }) => running);
    return services.map((running) => ({
      running,
      known: matches.get(running.service.name) ?? [],
      mismatches: wrong.get(running) ?? [],
      isSettled: !unsettled.has(running.service.name),
    }));
  });
}

/** A subject is not followed any further than to so many rows, and to so many services: nobody moves it by a machine. */
const MOST = 100;

/** Whether there may be more of a subject than was found. */
export function isTooLarge({ statements, owns }: Pick<Subject, 'statements' | 'owns'>): boolean {
  return statements.length > MOST || owns.length > MOST;
}

/**
 * Finds all that is said of one port of a service: from a row of a registry to the services that follow it, from these
 * to the other rows about them, and so on until nothing is new.
 */
export function subjectOf(seed: Seed, side: Subject['side'], index: Index): Subject {
  const entries = entriesOf(index);
  const statements = new Map<Claim, Statement>();
  const owns = new Map<string, Own>();
  const addStatements = (some: readonly Statement[]) => {
    for (const statement of some) {
      if (statements.has(statement.claim) || statements.size > MOST) continue;
      statements.set(statement.claim, statement);
      addStatements(repeatsOf(statement, side, index));
      addOwns(followersOf(statement, entries, index));
    }
  };
  const addOwns = (some: readonly Own[]) => {
    for (const own of some) {
      if (owns.has(keyOf(own)) || owns.size > MOST) continue;
      owns.set(keyOf(own), own);
      addOwns(sameElsewhere(own, entries));
      addStatements(saidOf(own, side, entries, index));
    }
  };
  addStatements(seed.statements ?? []);
  addOwns(seed.owns ?? []);
  const [statement] = statements.values();
  const [own] = owns.values();
  const first = seed.owns?.[0] ?? own;
  return {
    name: statement ? ownerOf(statement.claim) : first!.running.service.name,
    port: seed.statements?.[0]?.claim.port ?? first!.use.port,
    side,
    statements: [...statements.values()],
    owns: [...owns.values()],
  };
}

/** Whether a claim gives its service one port, for now or for later. */
export function isMovable({ role, endPort, service, container }: Claim): boolean {
  const isOwned = (service ?? container) !== undefined;
  return isOwned && endPort === undefined && (role === 'assignment' || role === 'reserved');
}

/** The own ports of a service on a number, whatever their protocols. */
export function ownPorts(running: Running, port: number, side: Subject['side']): PlacedUse[] {
  const isIt = (use: PlacedUse) => use.port === port && use.endPort === undefined;
  return side === 'host' ? hostUses(running).filter(isIt) : innerPorts(running).filter(isIt).slice(0, 1);
}

/** All that a service is told about the ports on which it listens. */
export function innerPorts({ uses, image, service }: Running): PlacedUse[] {
  const isOwn = (use: PlacedUse) => use.side === 'container' && use.service === service.name;
  return [...uses.filter(isOwn), ...image];
}

/** Whether two claims name one owner: they share a name that is more than a kind of thing. */
export function haveOneOwner(a: Claim, b: Claim): boolean {
  const keys = tellingKeys(a);
  return [...tellingKeys(b)].some((key) => keys.has(key));
}

/** Two rows about one port of the host are about one owner also where one name only says more than the other. */
function areAboutOne(a: Claim, b: Claim): boolean {
  if (haveOneOwner(a, b)) return true;
  if (a.side === 'container' || b.side === 'container' || areNumberedApart(ownerOf(a), ownerOf(b))) return false;
  const [few, many] = [wordsOf(ownerOf(a)), wordsOf(ownerOf(b))].sort((x, y) => x.length - y.length);
  return few!.length > 0 && few!.every((word) => many!.includes(word));
}

function tellingKeys(claim: Claim): Set<string> {
  const telling = [...namesOf(claim), ownerOf(claim)].filter((name) => !isGeneric(name));
  if (telling.length === 0) return new Set([wordsOf(ownerOf(claim)).join('')]);
  return new Set(telling.flatMap((name) => [...nameKeys(name).keys()]));
}

/** The rows about the same port of the same owner, in the documents that are about the same things. */
function repeatsOf({ claim, file }: Statement, side: Subject['side'], index: Index): Statement[] {
  const around = index.claims.registriesFor(file.path);
  const found: Statement[] = [];
  for (const other of index.files()) {
    if (!other.document) continue;
    if (other !== file && !around.includes(other) && !index.claims.registriesFor(other.path).includes(file)) continue;
    for (const candidate of other.claims) {
      const isSame = candidate.port === claim.port && isMovable(candidate) && isOn(candidate, side);
      if (!isSame || disjoint(candidate.scope, claim.scope) || !protocolsMeet(candidate.protocol, claim.protocol))
        continue;
      if (areAboutOne(candidate, claim)) found.push({ claim: candidate, file: other });
    }
  }
  return found;
}

/** Whether a claim may speak of a side. */
function isOn(claim: Claim, side: Subject['side']): boolean {
  return claim.side === 'any' || claim.side === side;
}

function protocolsMeet(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** The services that have the port which a row gives them, or that are to have it. */
function followersOf(statement: Statement, entries: readonly Entry[], index: Index): Own[] {
  const found = entries.flatMap((entry) => {
    const named = linked(entry, statement.claim);
    const uses = named.length > 0 ? named : linkedByPort(entry, statement, index);
    return uses.map((use) => ({ isSure: entry.isSettled && named.length > 0, own: { running: entry.running, use } }));
  });
  const folders = new Set(found.map(({ own }) => dirname(own.running.file.path)));
  // Where several folders define a service of that name, nobody knows which of them is meant.
  return found.filter(({ isSure }) => isSure || folders.size === 1).map(({ own }) => own);
}

function linked({ running, known, mismatches }: Entry, claim: Claim): PlacedUse[] {
  if (!known.some((match) => match.claim === claim)) return [];
  const inner = ownPorts(running, claim.port, 'container');
  if (claim.side === 'container') return inner;
  const outer = ownPorts(running, claim.port, 'host').filter((use) =>
    protocolsMeet(claim.protocol, use.protocol ?? 'tcp'),
  );
  const wrong = mismatches.filter(({ instead }) => instead.length === 1 && instead[0]!.claim === claim);
  if (outer.length + wrong.length > 0) return [...outer, ...wrong.map(({ use }) => use)];
  return claim.side === 'any' && hostUses(running).length === 0 ? inner : [];
}

/**
 * The published ports of a service on the number of a row which it is not known by, where its name might be meant and
 * no other row about that number speaks of somebody else: `RabbitMQ Management UI`, and `rabbitmq` has that very port.
 */
function linkedByPort({ running, known }: Entry, { claim }: Statement, index: Index): PlacedUse[] {
  if (claim.side === 'container') return [];
  const uses = ownPorts(running, claim.port, 'host');
  if (uses.length === 0 || known.some((match) => match.claim.port === claim.port)) return [];
  const rows = index.claims
    .on(claim.port, running.file.path, ['assignment', 'reserved'])
    .filter((row) => row.claim.side !== 'container' && row.claim.endPort === undefined);
  const names = namesOfService(running).map(({ name }) => name);
  const common = index.claims.commonWords(running.file.path);
  const mayMean = (row: Statement) => {
    const owner = ownerOf(row.claim);
    return names.some((name) => mayBeSame(name, owner, common)) && !names.some((name) => areNumberedApart(name, owner));
  };
  return rows.some((row) => row.claim === claim) && rows.every(mayMean) ? uses : [];
}

/** The same port of the same service in other files of its folder, or by the same digits. */
function sameElsewhere({ running, use }: Own, entries: readonly Entry[]): Own[] {
  return entries.flatMap((entry) => {
    if (entry.running.service.name !== running.service.name) return [];
    const isBeside = dirname(entry.running.file.path) === dirname(running.file.path);
    const side = use.side === 'host' ? 'host' : 'container';
    return ownPorts(entry.running, use.port, side)
      .filter((other) => isBeside || (other.path === use.path && other.span.start === use.span.start))
      .map((other) => ({ running: entry.running, use: other }));
  });
}

/** The rows by which a service has its port, and those of documents that repeat it where there is no registry. */
function saidOf(own: Own, side: Subject['side'], entries: readonly Entry[], index: Index): Statement[] {
  const { running, use } = own;
  const entry = entries.find((one) => one.running === running);
  const wrong = entry?.mismatches.filter((one) => one.use.path === use.path && one.use.span.start === use.span.start);
  const wanted = new Set(wrong?.flatMap(({ instead }) => instead.map(({ claim }) => claim)));
  const known = entry?.known.filter(({ claim }) => claim.port === use.port || wanted.has(claim)) ?? [];
  const onPort = index.claims.on(use.port, running.file.path, ['assignment', 'reserved']);
  const candidates = new Map<Claim, Statement>([...known, ...onPort].map((statement) => [statement.claim, statement]));
  const followed = [...candidates.values()].filter((statement) => {
    if (!isMovable(statement.claim) || !isOn(statement.claim, side)) return false;
    return followersOf(statement, entries, index).some((other) => keyOf(other) === keyOf(own));
  });
  return [...followed, ...mentionsOf(running, use.port, side, index)];
}

function mentionsOf(running: Running, port: number, side: Subject['side'], index: Index): Statement[] {
  const names = new Set(namesOfService(running).map(({ name }) => wordsOf(name).join('')));
  return index.claims.references.flatMap((file) => {
    if (!isWithin(running.file.path, governedBy(file))) return [];
    const own = file.claims.filter((claim) => claim.port === port && isMovable(claim) && isOn(claim, side));
    const named = own.filter((claim) => namesOf(claim).some((name) => names.has(wordsOf(name).join(''))));
    return named.map((claim) => ({ claim, file }));
  });
}

function keyOf({ running, use }: Own): string {
  return [running.file.path, running.service.name, use.path, use.span.start].join('\n');
}
