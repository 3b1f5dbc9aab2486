import type { Index } from '../model/index.ts';
import { type Running, servicesOfName, tellingUses } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';

/**
 * The one port on which a service surely listens: the command of its container names it, the image exposes it or
 * compose tells it too, and nothing at all speaks of another one. Takes every definition of the service.
 * @param apart a use that is not to count
 */
export function surePort(definitions: readonly Running[], apart?: PlacedUse): number | undefined {
  const evidence = definitions.flatMap(told).filter((use) => use !== apart);
  const [first] = evidence;
  if (!first || evidence.some(({ port, endPort }) => port !== first.port || endPort !== undefined)) return undefined;
  const isSure = evidence.some((use) => use.role === 'command' && (!use.via || isSet(definitions, use)));
  return isSure && evidence.length > 1 ? first.port : undefined;
}

/**
 * The port on which a service surely listens and its published port does not lead to, or its healthcheck does not ask.
 * A service with several published ports may listen on several, and one that is checked on another port than it serves
 * must be told by compose and the image alike.
 */
export function contradicted(use: PlacedUse, path: string, index: Index): number | undefined {
  if (use.role !== 'target' && use.role !== 'healthcheck') return undefined;
  const [running] = servicesOfName(index.runningIn(path), use.within);
  if (!running || running.image.length === 0) return undefined;
  const apart = running.uses.find(
    (other) => other.role === use.role && other.path === use.path && other.span.start === use.span.start,
  );
  // In most files something else speaks of the same port, and then nothing surely speaks of another one.
  if (told(running).some((other) => other !== apart && other.port === use.port)) return undefined;
  const definitions = index.servicesNamed(running.service.name, path);
  if (use.role === 'target' && targets(definitions).length > 1) return undefined;
  const sure = surePort(definitions, apart);
  if (sure === undefined || sure === use.port || (use.protocol ?? 'tcp') !== 'tcp') return undefined;
  const isExposed = running.image.some(({ role }) => role === 'exposed');
  if (use.role === 'healthcheck' && (!isExposed || tellingUses(running).length === 0)) return undefined;
  return sure;
}

/** What tells of the ports on which a service listens. */
function told(running: Running): PlacedUse[] {
  return [...tellingUses(running), ...checks(running), ...running.image];
}

function targets(definitions: readonly Running[]): PlacedUse[] {
  return definitions.flatMap(({ uses }) => uses.filter(({ role }) => role === 'target'));
}

function checks({ service, uses }: Running): PlacedUse[] {
  return uses.filter((use) => use.role === 'healthcheck' && use.service === service.name);
}

/** The variable that decides over the port is set by compose, to the same one. */
function isSet(definitions: readonly Running[], { port }: PlacedUse): boolean {
  return definitions.some((running) =>
    tellingUses(running).some((use) => use.role === 'environment' && use.port === port),
  );
}
