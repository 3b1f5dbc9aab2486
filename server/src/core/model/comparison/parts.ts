import type { Claim, FileFacts, Service } from '../../facts.ts';
import { grouped } from '../../grouped.ts';
import { faceWords } from '../../vocabulary/faces.ts';
import { isGeneric, Rank } from '../names.ts';
import { namesOfService, type Running } from '../services/services.ts';
import type { Match, Part } from '../statement.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The rows about a part of a service, such as its console, that runs in the same container: the row itself tells the
 * port inside the container that the service publishes, or what people call that port of such an image.
 * @param known what the registries say of the service itself
 * @param taken the claims that fit a service of the same file by name
 */
export function partsOf(
  running: Running,
  known: readonly Match[],
  taken: ReadonlyMap<Claim, unknown>,
  around: Surroundings,
): Match[] {
  const targets = [...targetsOf(running, known, around)];
  if (targets.length === 0) return [];
  const found = new Map<Claim, Match>();
  for (const part of around.claims.parts(namesOfService(running), running.file.path)) {
    const { claim, file, by } = part;
    if (found.has(claim) || taken.has(claim) || claim.side === 'container' || runsAlone(claim, around)) continue;
    if (known.length === 0 && !isGeneric(part.more.join(' '))) continue;
    const inside = targets.find((port) => speaksOf(part, port, running.service));
    if (inside === undefined) continue;
    found.set(claim, { claim, file, rank: Rank.prefixOff, by: `${by} and port ${inside} inside`, inside });
  }
  return [...found.values()];
}

/** The ports inside the container of which no row of the service speaks, and perhaps one of a part of it. */
function targetsOf({ uses, service, file }: Running, known: readonly Match[], around: Surroundings): Set<number> {
  const isTold = around.claims.tellInside(file.path);
  const inside = new Set(known.flatMap(({ claim }) => (claim.side === 'container' ? claim.port : [])));
  const targets = new Set<number>();
  for (const { role, service: owner, port, endPort } of uses) {
    if (role !== 'target' || owner !== service.name || endPort) continue;
    if (inside.has(port)) continue;
    if (isTold || faceWords(service.image, port).length > 0) targets.add(port);
  }
  return targets;
}

/** Whether a compose file defines the owner as a service of its own. */
function runsAlone({ service, container }: Claim, around: Surroundings): boolean {
  return [service, container].some((name) => name !== undefined && around.foldersDefining(name).size > 0);
}

function speaksOf({ claim, file, more }: Part, port: number, { image }: Service): boolean {
  const isOfRow = (other: Claim) =>
    other.service === claim.service &&
    other.container === claim.container &&
    other.serviceSpan?.start === claim.serviceSpan?.start;
  const words = faceWords(image, port);
  return more.every((word) => words.includes(word)) || insideOn(port, file).some(isOfRow);
}

const insideClaims = new WeakMap<FileFacts, ReadonlyMap<number, readonly Claim[]>>();

/** What a document says of a port inside containers. Looked through once, and kept as long as the facts are. */
function insideOn(port: number, file: FileFacts): readonly Claim[] {
  let byPort = insideClaims.get(file);
  if (!byPort) {
    const inside = file.claims.filter(({ side }) => side === 'container');
    byPort = grouped(inside, (claim) => claim.port);
    insideClaims.set(file, byPort);
  }
  return byPort.get(port) ?? [];
}
