import type { Claim, ClaimRole, FileFacts, Scope, Side } from '../facts.ts';
import type { Finding, Place, Severity } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { disjoint } from '../model/scope.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf } from '../model/statement.ts';
import { gapsIn, holds, lastOf, type Ports } from '../ports.ts';
import { partitionPoint } from '../sorted.ts';
import { auditOf } from './audit.ts';
import { isAssignment, isOutside, type Line, linesOf, type Status } from './overview/lines.ts';

/**
 * A registry and what became of it, as a tree or a map shows them.
 * @template P how the caller writes places
 */
export interface RegistryOverview<P> {
  readonly at: P;
  /** The blocks by their ports, then the sections with what lies in no block. */
  readonly groups: readonly Group<P>[];
  /** Published ports that no registry mentions, in the files of which this one is the nearest. */
  readonly unregistered: readonly Problem<P>[];
}

/** A block of ports, or a section of the document, with what is told of the ports in it. */
export interface Group<P> {
  readonly title: string;
  /** A section has none. */
  readonly block?: Ports;
  /** Where the block holds. */
  readonly scope?: string;
  readonly at?: P;
  /** By their ports. */
  readonly rows: readonly Row<P>[];
  /** The ports of a block that nobody has, on paper or in fact. */
  readonly free: readonly Ports[];
}

/** What a registry says of one port, or of a range of them. */
export interface Row<P> extends Ports {
  readonly owner: string;
  readonly role: ClaimRole;
  readonly side: Side;
  /** The port inside the container, where the same line tells it. */
  readonly inside?: number;
  /** Where it holds. */
  readonly scope?: string;
  /** Only of assignments. */
  readonly status?: Status;
  /** The port on which the service is instead. */
  readonly instead?: number;
  /** What is wrong, in a sentence. */
  readonly why?: string;
  /** What the registry says of a port that it gives to nobody. */
  readonly note?: string;
  readonly at: P;
  /** What is used instead, and where it is used. */
  readonly uses: readonly P[];
}

/** A finding, as far as a list of them shows it. */
export interface Problem<P> {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly port: number | null;
  readonly service?: string;
  readonly at: P;
}

/**
 * What a registry says, against what is there.
 * @param findings of the whole workspace
 * @param at writes a place down
 * @returns `undefined` for a document that is no registry
 */
export function overviewOf<P>(
  registry: FileFacts,
  index: Index,
  findings: readonly Finding[],
  at: (place: Place) => P,
): RegistryOverview<P> | undefined {
  if (registry.document?.authority !== 'registry') return undefined;
  const { path, document } = registry;
  const audit = auditOf(registry, index, findings);
  const lines = linesOf(registry, new Map(audit?.assignments.map((audited) => [audited.claim, audited])), findings);
  const taken = (audit?.uses ?? []).filter(isTaking).sort((a, b) => a.port - b.port);
  return {
    at: at({ path, span: document.titleSpan ?? { start: 0, end: 0 } }),
    groups: grouped(lines, registry, taken, at),
    unregistered: problemsOf(audit?.unregistered ?? [], at),
  };
}

/** Findings for a list, the gravest first. */
export function problemsOf<P>(findings: readonly Finding[], at: (place: Place) => P): Problem<P>[] {
  const gravity: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
  return [...findings]
    .sort(
      (a, b) =>
        gravity.indexOf(a.severity) - gravity.indexOf(b.severity) ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start),
    )
    .map(({ rule, severity, message, port, service, path, span }) => ({
      ...{ rule, severity, message, port },
      ...(service !== undefined && { service }),
      at: at({ path, span }),
    }));
}

/** Whether a use takes a port of the host away from others. */
function isTaking({ side, role }: PlacedUse): boolean {
  return side === 'host' && (role === 'published' || role === 'listen');
}

/** The blocks of a registry by size, each once, although a table of blocks is often followed by a heading for each. */
function blocksOf({ claims }: FileFacts): (Claim & Ports)[] {
  const blocks = new Map<string, Claim>();
  for (const claim of claims) {
    if (claim.role !== 'range' || claim.endPort === undefined || !isOutside(claim)) continue;
    const key = [claim.port, claim.endPort, scopeText(claim.scope)].join('\n');
    if (!blocks.has(key)) blocks.set(key, claim);
  }
  const size = (block: Ports) => lastOf(block) - block.port;
  return [...blocks.values()].sort((a, b) => size(a) - size(b));
}

function grouped<P>(
  lines: readonly Line[],
  registry: FileFacts,
  taken: readonly PlacedUse[],
  at: (place: Place) => P,
): Group<P>[] {
  const { path } = registry;
  const blocks = blocksOf(registry);
  const inBlocks = new Map<Claim, Line[]>(blocks.map((block) => [block, []]));
  const inSections = new Map<string, Line[]>();
  for (const line of lines) {
    const { claim } = line;
    const block = isOutside(claim)
      ? blocks.find((one) => holds(one, claim) && !disjoint(one.scope, claim.scope))
      : undefined;
    const section = claim.section.at(-1) ?? '';
    const own = block ? inBlocks.get(block)! : (inSections.get(section) ?? []);
    own.push(line);
    if (!block) inSections.set(section, own);
  }
  const byPort = blocks.toSorted((a, b) => a.port - b.port || lastOf(b) - lastOf(a));
  return [
    ...byPort.map((block, n) => {
      const inner = innerBlocks(byPort, n);
      const own = inBlocks.get(block)!.filter(({ claim }) => claim.role !== 'free');
      return {
        title: ownerOf(block),
        block: portsOf(block),
        ...scoped(block.scope),
        at: at({ path, span: block.span }),
        rows: rowsOf(own, path, at),
        free: gapsIn(block, [...own.map(({ claim }) => claim), ...inner, ...within(taken, block)]),
      };
    }),
    ...[...inSections].map(([title, own]) => ({ title, rows: rowsOf(own, path, at), free: [] })),
  ];
}

/** The blocks that lie in one of a sorted list: they follow it. */
function innerBlocks(byPort: readonly Claim[], n: number): Claim[] {
  const outer = byPort[n]!;
  const inner: Claim[] = [];
  for (let i = n + 1; i < byPort.length && byPort[i]!.port <= lastOf(outer); i++) {
    if (!disjoint(byPort[i]!.scope, outer.scope)) inner.push(byPort[i]!);
  }
  return inner;
}

/** Those of a sorted list that begin in a block. */
function within(sorted: readonly PlacedUse[], block: Ports): Ports[] {
  const first = partitionPoint(sorted, ({ port }) => port < block.port);
  const last = partitionPoint(sorted, ({ port }) => port <= lastOf(block));
  return sorted.slice(first, last).map(portsOf);
}

function rowsOf<P>(lines: readonly Line[], path: string, at: (place: Place) => P): Row<P>[] {
  return lines
    .map(({ claim, inside, status, instead, why, uses }) => ({
      ...portsOf(claim),
      owner: ownerOf(claim),
      role: claim.role,
      side: claim.side,
      ...(inside && { inside: inside.port }),
      ...scoped(claim.scope),
      ...(status && { status }),
      ...(instead !== undefined && { instead }),
      ...(why !== undefined && { why }),
      ...(!isAssignment(claim) && claim.note !== undefined && { note: claim.note }),
      at: at({ path, span: claim.span }),
      uses: distinct(uses).map(at),
    }))
    .sort((a, b) => a.port - b.port);
}

/** A service and its environment often tell of one place twice. */
function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}\n${place.span.start}`, place])).values()];
}

function portsOf({ port, endPort }: { port: number; endPort?: number | undefined }): Ports {
  return endPort === undefined ? { port } : { port, endPort };
}

function scoped(scope: Scope): { scope?: string } {
  const text = scopeText(scope);
  return text === '' ? {} : { scope: text };
}

function scopeText(scope: Scope): string {
  return Object.values(scope).filter(Boolean).join(', ');
}
