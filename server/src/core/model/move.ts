import type { Edit, Fix } from '../finding.ts';
import { ownerOf } from './claims.ts';
import { hostUses, type Mismatch } from './comparison.ts';
import type { Index } from './index.ts';
import { activeTogether } from './services.ts';
import type { PlacedUse } from './uses.ts';

/**
 * Every place that has to change along with a mismatch when its service moves to the registry's port: the port inside
 * the container where it is the same number, and all that reaches the service by that inner port.
 */
export function movesAlong({ running, use, withTarget }: Mismatch, index: Index): PlacedUse[] {
  const own = running.uses.filter((other) => other.service === running.service.name && other.port === use.port);
  const atOnce = own.filter(
    (other) =>
      other !== use && other.side === use.side && other.role === use.role && other.span.start === use.span.start,
  );
  if (!withTarget) return atOnce;
  const inner = own.filter((other) => other.side === 'container');
  return [...atOnce, ...inner, ...referencesTo(running.service.name, use.port, running.file.path, index)];
}

/** The places in other services and in nginx that reach a compose service by name on a port. */
function referencesTo(service: string, port: number, path: string, index: Index): PlacedUse[] {
  const references: PlacedUse[] = [];
  for (const file of index.files()) {
    if (file.kind !== 'compose' && file.kind !== 'nginx') continue;
    for (const use of index.usesIn(file.path)) {
      if (use.host === undefined || use.side !== 'container' || use.port !== port) continue;
      const meant = index.servicesNamed(use.host, file.path);
      if (meant.some((running) => running.file.path === path && running.service.name === service)) references.push(use);
    }
  }
  return references;
}

/**
 * The repairs of a mismatch, offered at one of its places: everywhere at once, and at this place alone. None is to be
 * taken without asking where several ports are right, or where another service stays on the right one.
 */
export function repairs(mismatch: Mismatch, at: PlacedUse, index: Index): Fix[] {
  return mismatch.instead.flatMap(({ claim }, _, all) => {
    if (claim.endPort !== undefined || at.endPort !== undefined) return [];
    const certain = all.length === 1 && inTheWay(mismatch, index).length === 0;
    const here = edit(at, claim.port);
    const everywhere = distinct([mismatch.use, ...movesAlong(mismatch, index)].map((use) => edit(use, claim.port)));
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

/**
 * The ports of other services in the same file that stand in the way of a mismatch with one remedy. Those that move
 * away themselves by a fix as certain as this one do not, so that services may change places.
 */
export function inTheWay(
  { running, use, instead }: Mismatch,
  index: Index,
  moving: readonly PlacedUse[] = [],
): PlacedUse[] {
  if (use.side !== 'host' || instead.length !== 1) return [];
  const { claim } = instead[0]!;
  const { mismatches, services } = index.comparison(running.file.path);
  const leaving = [...moving, use];
  const staysThere = (other: PlacedUse) => {
    const next = mismatches.find((mismatch) => mismatch.use === other);
    if (next?.instead.length !== 1 || leaving.length > LONGEST_CHAIN) return true;
    return !leaving.includes(other) && inTheWay(next, index, leaving).length > 0;
  };
  return services
    .filter(({ service }) => service !== running.service && activeTogether(service, running.service))
    .flatMap(hostUses)
    .filter(({ port, protocol }) => port === claim.port && protocol === use.protocol)
    .filter(staysThere);
}

function edit({ path, span }: PlacedUse, port: number): Edit {
  return { path, span, newText: String(port) };
}

function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.path}\n${edit.span.start}`, edit])).values()];
}
