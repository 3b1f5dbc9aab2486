import type { FileFacts, FileKind } from '../facts.ts';
import type { Contradiction, Fix, Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { PROXIES, SENDERS } from '../model/mentions.ts';
import {
  isToldOf,
  publishes,
  type Running,
  servicesOfName,
  targetOf,
  tellingUses,
  toldPorts,
  usesOn,
} from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { holds } from '../ports.ts';
import type { Astray } from '../queries/astray.ts';
import { contradicted, surePort } from '../queries/listening.ts';
import { type Misdirected, misdirectedIn, type Unserved, unservedIn } from '../queries/manifests.ts';
import { misledIn } from '../queries/sites.ts';
import type { Rule } from '../rule.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { listText, relatedTo } from '../words.ts';
import { insteadOf } from './instead.ts';
import { mismatchesIn, unasked } from './portMismatch.ts';

export const upstreamMismatch: Rule = {
  id: 'upstream-mismatch',
  level: 'error',
  finds: 'a proxy, a URL or a healthcheck sends traffic to a port on which its target does not listen',
  in: ['compose', 'kubernetes', ...SENDERS],
  needsAll: true,
  *check(file, index) {
    const told = new Set([...mismatchesIn(file, index)].map(({ at }) => at.span.start));
    if (file.kind === 'kubernetes') {
      for (const unserved of unservedIn(file)) yield refused(unserved);
      for (const misdirected of misdirectedIn(file)) yield unheard(misdirected);
    }
    for (const use of index.usesIn(file.path)) {
      if (told.has(use.span.start) || use.endPort !== undefined) continue;
      if (use.side !== 'container') continue;
      const found = amiss(use, file, index) ?? beside(use, file, index);
      if (found) yield found;
    }
    for (const astray of misledIn(file, index)) if (!told.has(astray.span.start)) yield misled(astray, file);
  },
};

/** What an Ingress or a route sends to a port that the Service does not have. */
function refused({ use: { path, span, port, service = '' }, served }: Unserved): Contradiction {
  const expected = [...new Set(served.map((own) => own.port))];
  return {
    path,
    span,
    message: `The Service ${service} has no port ${port}; it has ${listText(expected.map(String))}.`,
    port,
    service,
    expected,
    related: served.map((own) => ({ path, span: own.span, message: `${service} has port ${own.port}` })),
    fixes: fixesFor(expected, { path, span }, (right) => `Use ${right}, a port of ${service}`),
  };
}

/** What a Service sends to a port on which its pods do not listen. */
function unheard({ use, listening }: Misdirected): Contradiction {
  const { path, span, port, within = '' } = use;
  const right = listening[0]!.port;
  return {
    path,
    span,
    message: `Nothing listens on ${port} in ${within}; it listens on ${right}.`,
    port,
    service: within,
    expected: [right],
    related: listening.map((own) => ({ path, span: own.span, message: `${within} listens on ${right}` })),
    // It may as well be the container that has to change.
    fixes: fixesFor([right], use, () => `Use ${right}, on which ${within} listens`).map(unasked),
  };
}

/** What a registered domain is asked arrives at a port that is not its service's. */
function misled({ span, port, address, instead }: Astray, { path }: FileFacts): Contradiction {
  const { owner, expected, ports, where, registry } = insteadOf(instead);
  return {
    path,
    span,
    message: `${address} is sent to ${port}, but the registry gives "${owner}" ${ports} (${where}).`,
    port,
    service: owner,
    expected,
    registry,
    related: instead.map(relatedTo),
    fixes: fixesFor(expected, { path, span }, (correct) => `Use ${correct}, the port of ${owner}`),
  };
}

/** The edits of one place that set it right, each by itself. */
function fixesFor(ports: readonly number[], { path, span }: Place, title: (port: number) => string): Fix[] {
  return ports.map((port) => ({
    title: title(port),
    preferred: ports.length === 1,
    edits: [{ path, span, newText: String(port) }],
  }));
}

function amiss(use: PlacedUse, file: FileFacts, index: Index): Contradiction | undefined {
  if (use.role === 'label' && !isMislabelled(use, file, index)) return undefined;
  const targets = targetsOf(use, file, index);
  if (use.role !== 'label' && targets.some((running) => isToldOf(running, use.port))) return undefined;
  const listening = targets.map(toldPorts).filter(({ size }) => size > 0);
  if (listening.length === 0) return undefined;
  const isOutside = isOnHost(use, targets, index);
  if (!isOutside && isCanonical(use, targets, index)) return undefined;
  if (targets.every(isGuessed) && isAgreed(use, targets, index)) return undefined;
  if (targets.some(({ service }) => defaultPorts(service.image).includes(use.port))) return undefined;
  const outer = targets.find((running) => publishes(running, use.port));
  // A process may listen on more ports than compose tells; only the upstreams of proxies are held to what is told.
  if (!outer && !isOutside && !isTold(targets, file.kind)) return undefined;
  const name = targets[0]!.service.name;
  const inner = outer ? innerPorts(outer, use.port) : [];
  const right = inner.length > 0 ? inner : [...new Set(listening.flatMap((ports) => first(MOST_REMEDIES, ports)))];
  const why = outer
    ? `${use.port} is the port that ${name} publishes on the host; inside the network it`
    : isOutside
      ? `${use.port} is the port that the registry gives ${name} on the host; inside the network it`
      : `nothing listens on ${use.port} in ${name}; it`;
  return {
    path: use.path,
    span: use.span,
    message: `${capital(why)} listens on ${listText(right.map(String), 'or')}.`,
    port: use.port,
    service: name,
    expected: right,
    related: targets.map(({ file: { path }, service }) => ({
      path,
      span: service.span,
      message: `${service.name} is defined here`,
    })),
    fixes: fixesFor(right, use, (port) => `Use ${port}, on which ${name} listens`),
  };
}

/**
 * Whether a label sends a proxy to the published port of its own service. A label is believed as long as anything else
 * tells that the service listens there.
 */
function isMislabelled(use: PlacedUse, file: FileFacts, index: Index): boolean {
  const { port } = use;
  return servicesOfName(index.runningIn(file.path), use.service).every((running) => {
    const telling = [...tellingUses(running), ...running.image];
    return publishes(running, port) && !telling.some((other) => other.role !== 'label' && holds(other, use));
  });
}

/** A published port or a healthcheck of a service that surely listens elsewhere. */
function beside(use: PlacedUse, file: FileFacts, index: Index): Contradiction | undefined {
  const right = contradicted(use, file.path, index);
  if (right === undefined) return undefined;
  const name = use.within!;
  const [running] = servicesOfName(index.runningIn(file.path), name);
  const related = running?.image.filter(({ port }) => port === right) ?? [];
  return {
    path: use.path,
    span: use.span,
    message: `Nothing listens on ${use.port} in ${name}; it listens on ${right}.`,
    port: use.port,
    service: name,
    expected: [right],
    related: related.map(({ path, span }) => ({ path, span, message: `the image of ${name} listens on ${right}` })),
    // It may as well be the image that has to change.
    fixes: [
      {
        title: `Use ${right}, on which ${name} listens`,
        preferred: false,
        edits: [{ path: use.path, span: use.span, newText: String(right) }],
      },
    ],
  };
}

/**
 * Compose itself tells of the ports, or the image does so without doubt: `EXPOSE` alone is a hint. What stands behind
 * Caddy or Traefik is often published on its other ports alone, such as the one for SSH.
 */
function isTold(targets: readonly Running[], kind: FileKind): boolean {
  if (!PROXIES.has(kind)) return false;
  const counts = ({ role }: PlacedUse) => kind === 'nginx' || role !== 'target';
  return targets.some((running) => tellingUses(running).some(counts)) || surePort(targets) !== undefined;
}

/** The services that a reference means; for a healthcheck its own. */
function targetsOf(use: PlacedUse, file: FileFacts, index: Index): readonly Running[] {
  if (use.role === 'healthcheck') return servicesOfName(index.runningIn(file.path), use.within);
  if (use.role === 'label') return servicesOfName(index.runningIn(file.path), use.service);
  if (use.host === undefined || !['upstream', 'proxy', 'url'].includes(use.role)) return [];
  return index.servicesNamed(use.host, file.path).filter(({ service }) => service.networkMode !== 'host');
}

/** The port is the one that the registry wants; the other side is what has to change, and is reported there. */
function isCanonical(use: PlacedUse, targets: readonly Running[], index: Index): boolean {
  return targets.some((running) =>
    index
      .comparison(running.file.path)
      .mismatchesOf.get(running.service.name)
      ?.some(({ instead }) => instead.some(({ claim }) => claim.port === use.port)),
  );
}

/** The port is the one that the registry wants on the host, while the service stays on another one inside. */
function isOnHost(use: PlacedUse, targets: readonly Running[], index: Index): boolean {
  return targets.some((running) =>
    index
      .comparison(running.file.path)
      .mismatchesOf.get(running.service.name)
      ?.some(
        ({ instead, withTarget }) =>
          !withTarget && instead.some(({ claim }) => claim.side === 'host' && claim.port === use.port),
      ),
  );
}

const TELLING: readonly PlacedUse['role'][] = ['target', 'exposed', 'command', 'label'];

/** Only variables tell the port, and those that many services share may be meant for another one. */
function isGuessed({ service, uses }: Running): boolean {
  return !uses.some((use) => use.service === service.name && TELLING.includes(use.role));
}

/** The target's own healthcheck, or its neighbours, reach it by the same port. */
function isAgreed(use: PlacedUse, targets: readonly Running[], index: Index): boolean {
  return targets.some(({ service, file }) =>
    index.usesIn(file.path).some((other) => {
      const meansIt = other.role === 'healthcheck' ? other.within === service.name : other.host === use.host;
      const isItself = other.path === use.path && other.span.start === use.span.start;
      return other.port === use.port && meansIt && !isItself && (other.role === 'url' || other.role === 'healthcheck');
    }),
  );
}

/** Of a service that listens on more ports, so many are offered. */
const MOST_REMEDIES = 10;

function first<T>(most: number, items: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === most) break;
    taken.push(item);
  }
  return taken;
}

/** The inner ports behind a published one. */
function innerPorts(running: Running, port: number): number[] {
  const published = usesOn(running, port).filter((use) => use.role === 'published');
  return [...new Set(published.flatMap((use) => targetOf(use, running)?.port ?? []))];
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
