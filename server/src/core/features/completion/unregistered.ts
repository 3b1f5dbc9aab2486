import type { Side } from '../../facts.ts';
import { kept } from '../../grouped.ts';
import { governedBy } from '../../model/governance.ts';
import type { Index } from '../../model/index.ts';
import { nameKeys } from '../../model/names.ts';
import { claimCounts } from '../../model/portCounts.ts';
import { namesOfService } from '../../model/services/services.ts';
import type { PlacedUse } from '../../model/services/uses.ts';
import { isWithin } from '../../path.ts';
import { placeText } from '../../words.ts';
import { type Around, freeOffers, type Offer, sure } from './offers.ts';

/** A service that takes a port of its host of which no registry speaks. */
export interface Unregistered {
  readonly service: string;
  readonly port: number;
  /** The side inside the container. */
  readonly target?: number;
  /** `compose.yaml:5`, as seen from the folder that the registry governs. */
  readonly where: string;
}

/** How many are looked for: a registry is not begun with hundreds of rows. */
const MANY = 100;

/**
 * The services that use ports and are not registered, by port. What stands on the line of the cursor does not count.
 * @param isMeant whether a service of that name is asked for
 */
export function unregisteredServices(around: Around, isMeant = (_name: string) => true): Unregistered[] {
  const { index, path } = around;
  const registry = index.file(path)!;
  const folder = governedBy(registry);
  const found: Unregistered[] = [];
  const seen = new Set<string>();
  const known = new Map<string, boolean>();
  for (const use of strangePorts(around, folder)) {
    const identity = `${use.service}\n${use.port}`;
    if (seen.has(identity) || !isMeant(use.service)) continue;
    const { path: written, readAt } = use;
    if (kept(known, [use.service, written, readAt?.path].join('\n'), () => isKnown(use, around))) continue;
    seen.add(identity);
    const shown = (file: string) => (folder === '' ? file : file.slice(folder.length + 1));
    const place = { path: use.path, span: use.span };
    const target = targetBehind(use, index);
    found.push({
      service: use.service,
      port: use.port,
      where: placeText(index, place, shown),
      ...(target !== undefined && { target }),
    });
    if (found.length === MANY) break;
  }
  return found;
}

/**
 * The ports for an entry of a registry: those that its service takes, then free ones beside its neighbours.
 * @param name the service, however the registry writes its name
 * @param near the ports of neighbours
 */
export function entryOffers(name: string | undefined, side: Side, near: readonly number[], around: Around): Offer[] {
  const asked = nameKeys(name ?? '');
  const isAsked = (service: string) => [...nameKeys(service).keys()].some((key) => asked.has(key));
  const own = asked.size === 0 ? [] : unregisteredServices(around, isAsked);
  if (side === 'container') return sure(own.flatMap(inside));
  return [...sure(own.map(outside)), ...freeOffers(around, near)];
}

function outside({ service, port, where }: Unregistered): Offer {
  return { port, detail: `${service} · ${where}`, documentation: `${service} takes ${port} on its host.` };
}

function inside({ service, target, where }: Unregistered): Offer[] {
  if (target === undefined) return [];
  const documentation = `${service} listens on ${target} inside its container.`;
  return [{ port: target, detail: `${service} · ${where}`, documentation }];
}

type OwnedUse = PlacedUse & { readonly service: string };

const mentionedBy = claimCounts(({ role }) => role !== 'range');

/** The uses of host ports by compose services that no registry mentions, in ascending order. */
function strangePorts({ index, path, here }: Around, folder: string): OwnedUse[] {
  const counts = index.claims.registriesFor(path).map(mentionedBy);
  const typed = index.file(path)!.claims.filter(({ span }) => here.start <= span.start && span.end <= here.end);
  const isMentioned = (port: number) => {
    const times = counts.reduce((sum, one) => sum + one.of(port), 0);
    return times > typed.filter((claim) => claim.role !== 'range' && claim.port === port).length;
  };
  const found: OwnedUse[] = [];
  for (const [port, uses] of index.hostPorts.single()) {
    if (!isMentioned(port)) for (const use of uses) if (isOwned(use, folder, index)) found.push(use);
  }
  return found.sort((a, b) => a.port - b.port || (a.service < b.service ? -1 : 1));
}

/** Whether a use is that of a compose service below a folder, and not of one for tests. */
function isOwned(use: PlacedUse, folder: string, index: Index): use is OwnedUse {
  if (use.service === undefined || use.form !== 'compose' || !isWithin(use.path, folder)) return false;
  return index.claims.stageOf(use.path) !== 'test';
}

/** Whether a registry speaks of the service on another port; that is a contradiction and nothing to be registered. */
function isKnown(use: OwnedUse, { index, path, here }: Around): boolean {
  const file = index.file(use.readAt?.path ?? use.path);
  const service = file?.services.find(({ name }) => name === use.service);
  if (!file || !service) return false;
  return index.claims
    .about(namesOfService({ service, file }), use.path)
    .some(
      (match) => match.file.path !== path || match.claim.span.start < here.start || here.end < match.claim.span.end,
    );
}

function targetBehind(use: OwnedUse, index: Index): number | undefined {
  if (use.mapping === undefined) return undefined;
  const behind = index
    .file(use.readAt?.path ?? use.path)
    ?.uses.find(
      ({ role, mapping, service }) => role === 'target' && mapping === use.mapping && service === use.service,
    );
  return behind?.port ?? undefined;
}
