import type { Place } from '../../finding.ts';
import { movesTarget } from '../../model/comparison/differences.ts';
import type { Index } from '../../model/index.ts';
import { mayBeSame, Rank, wordsOf } from '../../model/names.ts';
import { dockerfileOf } from '../../model/services/image.ts';
import { hostUses, namesOfService, type Running, targetOf } from '../../model/services/services.ts';
import { isInEffect, type PlacedUse } from '../../model/services/uses.ts';
import { type Match, namesOf, type Statement } from '../../model/statement.ts';
import { hostKind } from '../../notation/hostPort.ts';
import { dirname, isWithin } from '../../path.ts';
import { hasPort } from '../../ports.ts';
import { movesAlong, referencesTo } from '../../queries/move.ts';
import { STARTERS } from '../../queries/programs.ts';
import { proxies } from '../../vocabulary/names.ts';
import { innerPorts, type Own, ownPorts, type Subject } from './subject.ts';

/** Digits that are to be replaced. */
export interface Digits extends Place {
  readonly port: number;
}

/** Every place that changes when a subject gets another port, each once. */
export function placesOf(subject: Subject, port: number, index: Index): Digits[] {
  const moves = subject.owns.flatMap((own) => movesOf(own, subject, port, index));
  const uses = moves.flatMap(({ uses }) => uses);
  const inside = moves.filter(({ isInside }) => isInside).map(({ running }) => running);
  const found: Digits[] = [
    ...subject.statements.map(({ claim, file }) => ({ path: file.path, span: claim.span, port: claim.port })),
    ...uses,
    ...uses.flatMap((use) => literalOf(use, index)),
    ...looseUses(subject, inside, index),
  ];
  return [...new Map(found.map((digits) => [`${digits.path}\n${digits.span.start}`, digits])).values()];
}

/** What one service does when it moves, with the variables in effect or with those of a sample of them. */
interface Move {
  readonly running: Running;
  readonly uses: readonly PlacedUse[];
  /** Whether it listens on another port afterwards. */
  readonly isInside: boolean;
}

function movesOf(own: Own, subject: Subject, port: number, index: Index): Move[] {
  if (own.use.side !== 'host') return [moveInside(own, index)];
  return [own, ...samplesOf(own, index)].map((one) => moveOutside(one, subject, port, index));
}

/** The same port where a sample of the environment, such as `.env.example`, says what it is. */
function samplesOf({ running, use }: Own, index: Index): Own[] {
  const samples = [...index.files()].filter(
    ({ path, kind }) => kind === 'dotenv' && !isInEffect(path) && dirname(path) === dirname(running.file.path),
  );
  return samples.flatMap((sample) => {
    const { services } = index.comparison(running.file.path, sample);
    const same = services.filter(({ service }) => service.name === running.service.name);
    return same.flatMap((other) =>
      hostUses(other)
        .filter(({ path, port, endPort }) => path === sample.path && port === use.port && endPort === undefined)
        .map((found) => ({ running: other, use: found })),
    );
  });
}

function moveOutside({ running, use }: Own, subject: Subject, port: number, index: Index): Move {
  const instead = [rowAfter(running, subject.statements, port, index)];
  const withTarget = isTied({ running, use }, instead, index);
  const along = movesAlong({ running, use, instead, withTarget }, index);
  const image = withTarget ? imagePlaces(running, use.port, index) : [];
  return { running, uses: [use, ...along, ...image], isInside: withTarget };
}

/** What the registry will say of a service; of one that it does not know, what it would say in a plain row. */
function rowAfter({ service, file }: Running, statements: readonly Statement[], port: number, index: Index): Match {
  const known = index.comparison(file.path).matches.get(service.name) ?? [];
  const said = known.find(({ claim }) => statements.some((statement) => statement.claim === claim));
  if (said) return { ...said, claim: { ...said.claim, port } };
  const plain = { kind: 'claim', role: 'assignment', side: 'any', form: 'table', scope: {}, section: [] } as const;
  const claim = { ...plain, service: service.name, port, span: { start: 0, end: 0 } };
  return { claim, file, rank: Rank.same, by: 'service name' };
}

/** Whether the port inside changes along with the published one when the registry says something else. */
function isTied({ running, use }: Own, instead: readonly Match[], index: Index): boolean {
  const known = index.comparison(running.file.path).matches.get(running.service.name) ?? [];
  const assigned = known.filter(({ claim }) => claim.role === 'assignment' || claim.role === 'reserved');
  return movesTarget(use, targetOf(use, running), instead, assigned, running);
}

/** The published port behind which a service listens on the same number, where the two change together. */
export function tiedTo(running: Running, port: number, index: Index): PlacedUse[] {
  const known = index.comparison(running.file.path).matches.get(running.service.name) ?? [];
  const rows = known.filter(({ claim }) => claim.port === port && claim.side !== 'container');
  const instead = [rowAfter(running, rows, 0, index)];
  return ownPorts(running, port, 'host').filter((use) => isTied({ running, use }, instead, index));
}

function moveInside({ running, use: { port } }: Own, index: Index): Move {
  const { service } = running;
  const isAsked = (use: PlacedUse) => use.port === port && use.endPort === undefined;
  const isOutside = hostUses(running).some(isAsked);
  const own = running.uses.filter(
    (use) => use.within === service.name && use.role === 'url' && isLoopback(use.host) && isAsked(use) && !isOutside,
  );
  const told = innerPorts(running).filter(isAsked);
  const uses = [...told, ...imagePlaces(running, port, index), ...own, ...referencesTo(running, port, index)];
  return { running, uses, isInside: true };
}

/** Where the image of a service speaks of a port, its healthcheck included. */
function imagePlaces({ service, file, image }: Running, port: number, index: Index): PlacedUse[] {
  const dockerfile = dockerfileOf(service, file.path);
  const written = dockerfile === undefined ? [] : index.usesIn(dockerfile).filter(({ side }) => side === 'container');
  return [...image, ...written].filter((use) => use.port === port && use.endPort === undefined);
}

/** The default in a compose file of a port that `.env` sets to the same number. */
function literalOf({ readAt, port }: PlacedUse, index: Index): Digits[] {
  const raw = readAt && index.file(readAt.path)?.uses.find(({ span }) => span.start === readAt.span.start);
  return raw?.port === port ? [{ path: readAt!.path, span: raw.span, port }] : [];
}

/** The places that reach the service without standing in it: by the host's port, or by its name from an environment file. */
function looseUses(subject: Subject, inside: readonly Running[], index: Index): PlacedUse[] {
  const outer = new Set(subject.owns.flatMap(({ use }) => (use.side === 'host' ? use.port : [])));
  const isSaid = subject.side === 'host' && subject.owns.every(({ use }) => use.side === 'host');
  if (isSaid) for (const { claim } of subject.statements) outer.add(claim.port);
  const inner = new Set(subject.owns.flatMap(({ use }) => use.port));
  return [...index.files()].flatMap((file) => {
    if (file.uses.length === 0) return [];
    return index.usesIn(file.path).filter((use) => {
      if (use.endPort !== undefined) return false;
      if (outer.has(use.port) && isOutsideUse(use, subject, inside, index)) return true;
      return (
        inner.has(use.port) && use.side === 'container' && use.host !== undefined && isTo(use.host, use, inside, index)
      );
    });
  });
}

function isTo(host: string, use: PlacedUse, moving: readonly Running[], index: Index): boolean {
  const meant = index.servicesNamed(host, (use.readAt ?? use).path);
  const isMoving = ({ service, file }: Running) =>
    moving.some((other) => other.service.name === service.name && other.file.path === file.path);
  return meant.length > 0 && meant.every(isMoving);
}

function isOutsideUse(use: PlacedUse, subject: Subject, inside: readonly Running[], index: Index): boolean {
  const isReference = use.host !== undefined && use.side !== 'container' && isThisMachine(use.host);
  if (isReference) return !meansItself(use, subject, index) && belongsTo(subject, use, index);
  if (use.role === 'listen') {
    const mayListen = subject.owns.length === 0 || inside.length > 0;
    return mayListen && isProxy(subject) && belongsTo(subject, use, index);
  }
  const isVariable = use.role === 'environment' && use.form === 'dotenv' && use.within === undefined && !use.readAt;
  if (!(isVariable || isStarted(use, subject, inside, index)) || use.service === undefined) return false;
  return isCalled(subject, use) || (mayBeCalled(subject, use.service) && belongsTo(subject, use, index));
}

/** A port on which a script or a unit starts the service, unless that is the one inside a container, which stays. */
function isStarted(use: PlacedUse, { owns }: Subject, inside: readonly Running[], index: Index): boolean {
  const kind = index.file(use.path)?.kind;
  if (kind === undefined || !STARTERS.has(kind) || use.host !== undefined || use.side === 'container') return false;
  const mayBeInside = owns.some(({ running }) => innerPorts(running).some(({ port }) => port === use.port));
  return use.side === 'host' || !mayBeInside || inside.length > 0;
}

/** In the environment of a container that listens there by itself, `localhost` may be that container. */
function meansItself({ within, port, readAt, path }: PlacedUse, subject: Subject, index: Index): boolean {
  if (within === undefined) return false;
  const running = index.runningIn((readAt ?? { path }).path).find(({ service }) => service.name === within);
  const isOwn = subject.owns.some(({ running: { service } }) => service.name === within);
  return running !== undefined && !isOwn && innerPorts(running).some((inner) => inner.port === port);
}

/**
 * Whether a port of the host, seen from a place, is surely the subject's: every service there that has it, or every
 * row about it where no compose file publishes it.
 */
export function belongsTo(
  { owns, statements }: Pick<Subject, 'owns' | 'statements'>,
  use: PlacedUse,
  index: Index,
): boolean {
  const { path } = use.readAt ?? use;
  const holders = holdersNear(use.port, path, index);
  const isOwn = (holder: Running) =>
    owns.some(({ running }) => running.service.name === holder.service.name && running.file.path === holder.file.path);
  const rows = index.claims.on(use.port, path, ['assignment']).filter(({ claim }) => claim.side !== 'container');
  const isRow = ({ claim }: Statement) => statements.some((own) => own.claim === claim);
  const isBeside = holders.some(({ file }) => areInLine(dirname(file.path), dirname(path)));
  const isKnown = isBeside || rows.some(isRow);
  return isKnown && holders.every(isOwn) && rows.every((row) => row.claim.endPort !== undefined || isRow(row));
}

/** Whether one folder holds the other. */
function areInLine(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** The services that have a port of the host: those of the same project, else those of the nearest folder. */
export function holdersNear(port: number, path: string, index: Index): Running[] {
  const holds = (running: Running) => hostUses(running).some((use) => hasPort(use, port));
  const beside = index.projectOf(path).filter(holds);
  if (beside.length > 0) return beside;
  const all = [...index.files()].flatMap((file) =>
    file.kind === 'compose' ? index.runningIn(file.path).filter(holds) : [],
  );
  const near = all.map(({ file }) => sharedLength(dirname(file.path), dirname(path)));
  const most = Math.max(...near);
  return all.filter((_, i) => near[i] === most);
}

function sharedLength(a: string, b: string): number {
  const [x, y] = [a.split('/'), b.split('/')];
  const end = x.findIndex((segment, i) => segment !== y[i]);
  return end < 0 ? x.length : end;
}

function isThisMachine(host: string): boolean {
  return isLoopback(host) || /^(?:host|gateway)\.docker\.internal$/i.test(host);
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && hostKind(host) === 'loopback';
}

function isProxy(subject: Subject): boolean {
  return namesIn(subject).some((name) => wordsOf(name).some((word) => proxies.has(word)));
}

/** A variable beside the compose file, named after the service. */
function isCalled({ owns }: Subject, { service = '', path }: PlacedUse): boolean {
  const key = wordsOf(service).join('');
  return owns.some(
    ({ running }) => wordsOf(running.service.name).join('') === key && dirname(running.file.path) === dirname(path),
  );
}

function mayBeCalled(subject: Subject, name: string): boolean {
  return namesIn(subject).some((own) => mayBeSame(own, name));
}

function namesIn({ owns, statements }: Subject): string[] {
  return [
    ...statements.flatMap(({ claim }) => namesOf(claim)),
    ...owns.flatMap(({ running }) => [
      ...namesOfService(running).map(({ name }) => name),
      ...(running.service.image === undefined ? [] : [running.service.image]),
    ]),
  ];
}
