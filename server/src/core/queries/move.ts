import type { Edit, Fix } from '../finding.ts';
import { grouped } from '../grouped.ts';
import { type Comparison, mismatchAt } from '../model/comparison/comparison.ts';
import type { Mismatch } from '../model/comparison/differences.ts';
import type { Index } from '../model/index.ts';
import { hostNamesOf } from '../model/mentions.ts';
import { activeTogether, hostUses, type Running, usesOn } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf } from '../model/statement.ts';
import { hostKind } from '../notation/hostPort.ts';

/**
 * Every place that has to change along with a mismatch when its service moves to the registry's port: the port inside
 * the container where it is the same number, and all that reaches the service by that inner port.
 */
export function movesAlong(mismatch: Mismatch, index: Index): PlacedUse[] {
  const { running, use, withTarget } = mismatch;
  const same = usesOn(running, use.port);
  const own = same.filter((other) => other.service === running.service.name);
  const atOnce = own.filter(
    (other) =>
      other !== use && other.side === use.side && other.role === use.role && other.span.start === use.span.start,
  );
  const outside = same.filter((other) => isOwnAddress(other, use) && (withTarget || !listensOn(running, use)));
  if (!withTarget) return [...atOnce, ...outside];
  const inner = own.filter((other) => other.side === 'container');
  return [
    ...atOnce,
    ...outside,
    ...inner,
    ...inImage(mismatch).filter((other) => !isShared(other, mismatch, index)),
    ...referencesTo(running, use.port, index),
  ];
}

/**
 * `NEXTAUTH_URL: http://localhost:8080` beside the published 8080: the address by which others reach the service.
 * @param use one of the same port
 */
function isOwnAddress(use: PlacedUse, published: PlacedUse): boolean {
  const isHere = use.role === 'url' && use.host !== undefined && hostKind(use.host) === 'loopback';
  return isHere && published.role === 'published';
}

/** Whether the number is a port inside the container as well. */
function listensOn(running: Running, { port }: PlacedUse): boolean {
  return usesOn(running, port).some((use) => use.service === running.service.name && use.side === 'container');
}

/** The places in its Dockerfile and environment files that tell a service the port which it is to leave inside as well. */
function inImage({ running, use, withTarget }: Mismatch): PlacedUse[] {
  return withTarget ? running.image.filter(({ port, endPort }) => port === use.port && endPort === undefined) : [];
}

/** Whether other services of the file listen there too. */
function isShared(use: PlacedUse, { running }: Mismatch, index: Index): boolean {
  return index
    .runningIn(running.file.path)
    .some(({ service, image }) => service.name !== running.service.name && image.some((other) => isAt(other, use)));
}

/** The places in other services and in nginx that reach a compose service by name on a port. */
export function referencesTo({ service, file }: Running, port: number, index: Index): PlacedUse[] {
  return [...new Set(hostNamesOf(service))]
    .flatMap((host) => index.referencesBy(host, file.path, service.name, port))
    .sort((a, b) => (a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1));
}

/**
 * The other services that take their port from the very digits of a mismatch, by an anchor, `extends` or a variable, and
 * that it does not have to leave as well.
 */
export function bystanders({ running, instead }: Mismatch, at: PlacedUse, index: Index): string[] {
  const file = index.file(at.path);
  const names = new Set<string>();
  for (const comparison of file ? index.comparisonsFor(file) : []) {
    for (const { service, uses } of usersOf(comparison, at)) {
      if (service.name === running.service.name || names.has(service.name)) continue;
      const isUser = uses.some((use) => isAt(use, at) && use.service === service.name && use.host === undefined);
      const isMoving = comparison.mismatchesOf
        .get(service.name)
        ?.some((other) => isAt(other.use, at) && other.instead[0]!.claim.port === instead[0]!.claim.port);
      if (isUser && !isMoving) names.add(service.name);
    }
  }
  return [...names];
}

/** The services of which some use stands at a place. */
function usersOf(comparison: Comparison, { path, span }: PlacedUse): Iterable<Running> {
  let users = usersByPlace.get(comparison);
  if (!users) {
    users = new Map();
    for (const running of comparison.services) {
      for (const use of running.uses) {
        const key = `${use.path}\n${use.span.start}`;
        const others = users.get(key);
        if (others) others.add(running);
        else users.set(key, new Set([running]));
      }
    }
    usersByPlace.set(comparison, users);
  }
  return users.get(`${path}\n${span.start}`) ?? [];
}

const usersByPlace = new WeakMap<Comparison, Map<string, Set<Running>>>();

function isAt(use: PlacedUse, { path, span }: PlacedUse): boolean {
  return use.path === path && use.span.start === span.start;
}

/**
 * The repairs of a mismatch, offered at one of its places: everywhere at once, and at this place alone. None is to be
 * taken without asking where several ports are right, where another service stays on the right one, or listens on the
 * same digits of an image or an environment file.
 */
export function repairs(mismatch: Mismatch, at: PlacedUse, index: Index): Fix[] {
  if (at.endPort !== undefined) return [];
  const places = [mismatch.use, ...movesAlong(mismatch, index)];
  const isTied = inImage(mismatch).some((use) => isShared(use, mismatch, index));
  const certain = mismatch.instead.length === 1 && !isTied && inTheWay(mismatch, index).length === 0;
  return mismatch.instead.flatMap(({ claim }) => {
    if (claim.endPort !== undefined) return [];
    const here = edit(at, claim.port);
    const everywhere = distinct(places.map((use) => edit(use, claim.port)));
    const one: Fix = {
      title: `Use ${claim.port}, the port of ${ownerOf(claim)}`,
      preferred: certain && everywhere.length === 1,
      edits: [here],
    };
    if (everywhere.length === 1) return [one];
    const title = `Move ${ownerOf(claim)} to ${claim.port} at all ${everywhere.length} places`;
    return [
      { title, preferred: certain, edits: everywhere },
      { ...one, title: `${one.title}, here only` },
    ];
  });
}

/** Longer chains of services that take each other's ports are not followed. */
const LONGEST_CHAIN = 8;
/** Nor are more of them, all in all: whoever is not asked stays there. */
const MOST_ASKED = 100;
/** Where more stand on one port nobody is asked, and no more are named. */
const MOST_TAKERS = 10;

/**
 * The ports of other services of the same project that stand in the way of a mismatch with one remedy. Those that move
 * away themselves by a fix as certain as this one do not, so that services may change places.
 */
export function inTheWay(
  { running, use, instead }: Mismatch,
  index: Index,
  moving: readonly PlacedUse[] = [],
  purse = { left: MOST_ASKED },
): PlacedUse[] {
  if (use.side !== 'host' || instead.length !== 1) return [];
  const { claim } = instead[0]!;
  const leaving = [...moving, use];
  const staysThere = (other: PlacedUse, { file }: Running) => {
    const next = mismatchAt(index.comparison(file.path), other);
    if (next?.instead.length !== 1 || leaving.length > LONGEST_CHAIN || purse.left-- <= 0) return true;
    return !leaving.some((one) => isAt(one, other)) && inTheWay(next, index, leaving, purse).length > 0;
  };
  const others: Taker[] = [];
  for (const other of takersOf(index.projectOf(running.file.path), claim.port)) {
    if (others.length > MOST_TAKERS) break;
    const { service } = other.running;
    if (service.name === running.service.name || !activeTogether(service, running.service)) continue;
    if (other.use.protocol === use.protocol) others.push(other);
  }
  const staying =
    others.length > MOST_TAKERS
      ? others.slice(0, MOST_TAKERS)
      : others.filter((one) => staysThere(one.use, one.running));
  return staying.map((one) => one.use);
}

interface Taker {
  readonly running: Running;
  readonly use: PlacedUse;
}

/** The uses of a port of the host by the services of a project, in the order of these. */
function takersOf(project: readonly Running[], port: number): readonly Taker[] {
  let takers = takersByProject.get(project);
  if (!takers) {
    const all = project.flatMap((running) => hostUses(running).map((use): Taker => ({ running, use })));
    takers = grouped(all, ({ use }) => use.port);
    takersByProject.set(project, takers);
  }
  return takers.get(port) ?? [];
}

/** Kept as long as the services of the project are the same. */
const takersByProject = new WeakMap<readonly Running[], Map<number, Taker[]>>();

function edit({ path, span }: PlacedUse, port: number): Edit {
  return { path, span, newText: String(port) };
}

function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.path}\n${edit.span.start}`, edit])).values()];
}
