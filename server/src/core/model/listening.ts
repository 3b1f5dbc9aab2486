import type { Index } from './index.ts';
import { type Running, servicesOfName, tellingUses } from './services.ts';
import type { PlacedUse } from './uses.ts';

/**
 * The one port on which a service surely listens: the command of its container names it, the image exposes it or
 * compose tells it too, and nothing at all speaks of another one. Takes every definition of the service.
 * @param apart a use that is not to count
 */
export function surePort(definitions: readonly Running[], apart?: PlacedUse): number | undefined {
  const told = definitions.flatMap((running) => [...tellingUses(running), ...checks(running), ...running.image]);
  const evidence = told.filter((use) => use !== apart);
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
  if (servicesOfName(index.runningIn(path), use.within).every(({ image }) => image.length === 0)) return undefined;
  const definitions = use.within === undefined ? [] : index.servicesNamed(use.within, path);
  const running = definitions.find(({ file, service }) => file.path === path && service.name === use.within);
  if (!running || running.image.length === 0) return undefined;
  if (use.role === 'target' && targets(definitions).length > 1) return undefined;
  const apart = running.uses.find(
    (other) => other.role === use.role && other.path === use.path && other.span.start === use.span.start,
  );
  const sure = surePort(definitions, apart);
  if (sure === undefined || sure === use.port || (use.protocol ?? 'tcp') !== 'tcp') return undefined;
  const isExposed = running.image.some(({ role }) => role === 'exposed');
  if (use.role === 'healthcheck' && (!isExposed || tellingUses(running).length === 0)) return undefined;
  return sure;
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
