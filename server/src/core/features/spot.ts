import type { Claim, FileFacts, Service } from '../facts.ts';
import type { Index } from '../model/index.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import type { NginxBlock } from '../nginxFacts.ts';
import type { Span } from '../text.ts';

/** Something of which the index knows more, where it stands in a file. */
export type Spot = ClaimSpot | UseSpot | NameSpot;

interface Standing {
  readonly file: FileFacts;
  readonly span: Span;
}

/** A claim, at its port or at the name of its service. */
export interface ClaimSpot extends Standing {
  readonly kind: 'claim';
  readonly claim: Claim;
}

/** A used port, where its digits stand or where a compose file reads them out of `.env`. */
export interface UseSpot extends Standing {
  readonly kind: 'use';
  readonly use: PlacedUse;
}

/** A name that something is sent to. */
export interface NamedHost {
  readonly host: string;
  readonly span: Span;
  /** No port follows, so that it may be the name of an upstream group. */
  readonly isBare?: true;
}

/** The name of a service or of something that requests are sent to. */
export type NameSpot =
  | (Standing & { readonly kind: 'service'; readonly service: Service })
  | (Standing & NamedHost & { readonly kind: 'host' })
  /** An upstream group of nginx, where it is defined. */
  | (Standing & { readonly kind: 'group'; readonly block: NginxBlock });

/**
 * What stands at an offset; the place right behind a text belongs to it.
 * @param text the file's text, without which a host is only found where nginx names one
 */
export function spotAt(index: Index, path: string, offset: number, text?: string): Spot | undefined {
  const file = index.file(path);
  if (!file) return undefined;
  const holds = (span: Span | undefined) => isIn(span, offset);
  const claim =
    file.claims.find(({ span }) => holds(span)) ?? file.claims.find(({ serviceSpan }) => holds(serviceSpan));
  if (claim) return { kind: 'claim', file, claim, span: holds(claim.span) ? claim.span : claim.serviceSpan! };
  const uses = index.usesIn(path);
  const use = uses.find(({ span }) => holds(span));
  if (use) return { kind: 'use', file, use, span: use.span };
  const read = usesReadIn(file, index).find(({ readAt }) => holds(readAt!.span));
  if (read) return { kind: 'use', file, use: read, span: read.readAt!.span };
  const service = file.services.find(({ span }) => holds(span));
  if (service) return { kind: 'service', file, service, span: service.span };
  const block = file.nginx?.blocks.find(({ kind, nameSpan }) => kind === 'upstream' && holds(nameSpan));
  if (block) return { kind: 'group', file, block, span: block.nameSpan };
  const host = hostsIn(file, uses, text).find(({ span }) => holds(span));
  return host && { kind: 'host', file, ...host };
}

function isIn(span: Span | undefined, offset: number): boolean {
  return span !== undefined && span.start <= offset && offset <= span.end;
}

/** The uses whose digits stand in `.env`, as a compose file reads them. */
function usesReadIn(file: FileFacts, index: Index): PlacedUse[] {
  const all = file.kind === 'compose' ? index.runningIn(file.path).flatMap(({ uses }) => uses) : [];
  return all.filter(({ readAt }) => readAt?.path === file.path);
}

/** The names of hosts that something in a file is sent to. */
export function hostsIn({ nginx }: FileFacts, uses: readonly PlacedUse[], text: string | undefined): NamedHost[] {
  const hosts = new Map<number, NamedHost>();
  for (const { host, hostSpan, port } of [...(nginx?.routes ?? []), ...(nginx?.members ?? [])]) {
    hosts.set(hostSpan.start, { host, span: hostSpan, ...(port === undefined && { isBare: true }) });
  }
  for (const use of uses) {
    const span = text === undefined ? undefined : hostSpanOf(use, text);
    if (span) hosts.set(span.start, { host: use.host!, span });
  }
  return [...hosts.values()];
}

/** Where the host of a use is written, if it stands in front of the digits as it is and comes out of no variable. */
export function hostSpanOf({ host, span }: PlacedUse, text: string): Span | undefined {
  if (host === undefined) return undefined;
  const end = span.start - 1;
  const start = end - host.length;
  return start >= 0 && text.slice(start, span.start) === `${host}:` ? { start, end } : undefined;
}
