import type { Claim, FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import { givenNames, ownerKey, ownerOf, type Statement } from '../model/statement.ts';
import type { Arrival } from '../model/traffic/traffic.ts';
import type { Destination } from '../nginxFacts.ts';
import { hostKind } from '../notation/hostPort.ts';
import type { Span } from '../text.ts';
import { proxies } from '../vocabulary/names.ts';

/** Requests for a registered address that arrive at a port of nobody, or of somebody else. */
export interface Astray {
  readonly span: Span;
  readonly port: number | null;
  /** The domain or path that is registered. */
  readonly address: string;
  /** What the registry says of those to whom the address belongs. */
  readonly instead: readonly Statement[];
  /** Those to whom the requests go, where the registry knows them. */
  readonly actual?: Statement;
  /** They go to a container by its name, so that a port alone sets nothing right. */
  readonly isNamed?: boolean;
}

/** What is wrong with one arrival, and `undefined` where nothing certainly is. */
export type Judgement = Omit<Astray, 'span' | 'port'> | undefined;

/** Several locations may share one place, by an upstream group or a variable: it is wrong where it is wrong for all. */
export function unanimous(
  file: FileFacts,
  index: Index,
  place: (arrival: Arrival) => Span | undefined,
  judge: (arrival: Arrival, file: FileFacts, index: Index) => Judgement,
): Astray[] {
  // Who is registered under no address is judged by none, and most registries tell none.
  if (!index.claims.tellAddresses(file.path)) return [];
  const places = new Map<number, { span: Span; arrivals: Arrival[] }>();
  for (const arrival of index.traffic.into(file.path)) {
    const span = place(arrival);
    if (!span) continue;
    const known = places.get(span.start);
    if (known) known.arrivals.push(arrival);
    else places.set(span.start, { span, arrivals: [arrival] });
  }
  return [...places.values()].flatMap(({ span, arrivals }) => {
    const judged = arrivals.map((arrival) => judge(arrival, file, index));
    const [first] = judged;
    const port = arrivals[0]!.to.port ?? null;
    return first && judged.every((other) => other && isOneOwner([...first.instead, ...other.instead]))
      ? [{ span, port, ...first }]
      : [];
  });
}

/** All that the registries say of the ports of an owner. */
export function ownedBy(statements: readonly Statement[], index: Index, { path }: FileFacts): Statement[] {
  const [{ claim, file }] = statements as [Statement];
  const beside = index.claims.ownedBy(ownerKey(claim), file, path);
  const elsewhere = index.claims.about([{ name: ownerOf(claim), by: 'owner' }], path);
  return [...beside, ...elsewhere.filter((match) => match.file !== file)];
}

/** Whether all of these speak of the same owner. */
export function isOneOwner(statements: readonly Statement[]): boolean {
  return new Set(statements.map(({ claim }) => ownerKey(claim))).size === 1;
}

/** The owner in words, and the names that the claim itself gives it. */
export function ownerNames(claim: Claim): string[] {
  return [ownerOf(claim), ...givenNames(claim)];
}

/** Whether the owner stands in front of others, so that what is asked of them rightly arrives there. */
export function isProxy({ claim }: Statement): boolean {
  return ownerNames(claim).some((name) => wordsOf(name).some((word) => proxies.has(word) || word === 'gateway'));
}

/** A machine, or the one on which nginx runs: a port there is a port of the host. */
export function isMachine({ host }: Destination): boolean {
  const kind = hostKind(host);
  return kind === 'loopback' || kind === 'machine';
}
