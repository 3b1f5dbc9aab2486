import type { Claim, FileFacts } from '../facts.ts';
import { ownerOf } from '../model/statement.ts';
import type { NginxBlock } from '../nginxFacts.ts';
import type { Span } from '../text.ts';
import { portText } from '../words.ts';

/** An entry of a file's outline. */
export interface Entry {
  readonly kind: 'section' | 'claim' | 'range' | 'server' | 'upstream' | 'member';
  readonly name: string;
  readonly detail?: string;
  /** All that belongs to it. */
  readonly span: Span;
  /** What to select when it is gone to. */
  readonly selection: Span;
  readonly children: readonly Entry[];
}

/**
 * The outline of a file: the claims of a registry under its headings or keys, and the servers and upstream groups of
 * nginx. Editors that outline markdown, YAML or JSON themselves show that beside this one, and theirs holds no claims;
 * so documents that merely mention ports (a README) have none, nor have compose files, whose outline YAML gives in full.
 */
export function outlineOf(file: FileFacts): Entry[] {
  if (file.nginx) return file.nginx.blocks.map((block) => entryOfBlock(block, file));
  if (file.document?.authority !== 'registry') return [];
  return grouped(
    [...file.claims].sort((a, b) => a.span.start - b.span.start),
    0,
  );
}

/** Claims that follow each other under the same heading, under an entry for that heading. */
function grouped(claims: readonly Claim[], depth: number): Entry[] {
  const runs: { heading: string | undefined; claims: Claim[] }[] = [];
  for (const claim of claims) {
    const heading = claim.section[depth];
    const last = runs.at(-1);
    if (last && last.heading === heading) last.claims.push(claim);
    else runs.push({ heading, claims: [claim] });
  }
  return runs.flatMap(({ heading, claims: inside }) => {
    if (heading === undefined) return inside.map(entryOfClaim);
    const children = depth < DEEPEST ? grouped(inside, depth + 1) : inside.map(entryOfClaim);
    const [first] = children as [Entry];
    const span = { start: first.span.start, end: Math.max(...children.map((child) => child.span.end)) };
    return [{ kind: 'section', name: heading, span, selection: first.selection, children } satisfies Entry];
  });
}

/** Headings deeper than markdown has are left out. */
const DEEPEST = 6;

function entryOfClaim(claim: Claim): Entry {
  const { span, serviceSpan = span } = claim;
  const whole = { start: Math.min(span.start, serviceSpan.start), end: Math.max(span.end, serviceSpan.end) };
  const details = [claim.role === 'assignment' ? '' : claim.role, claim.side === 'any' ? '' : `${claim.side} side`];
  const told = [...details, ...Object.values(claim.scope)].filter(Boolean).join(', ');
  const kind = claim.role === 'range' || claim.endPort !== undefined ? 'range' : 'claim';
  return { kind, name: claimName(claim), ...(told && { detail: told }), span: whole, selection: span, children: [] };
}

/** A claim as a name in lists: `9006 · Berth API`. */
export function claimName(claim: Claim): string {
  const owner = ownerOf(claim);
  return owner === '' ? portText(claim) : `${portText(claim)} · ${owner}`;
}

function entryOfBlock({ kind, name, span, nameSpan }: NginxBlock, { nginx, uses }: FileFacts): Entry {
  const isInside = (inner: Span | undefined) =>
    inner !== undefined && span.start <= inner.start && inner.end <= span.end;
  const ports = uses.filter((use) => use.role === 'listen' && use.port !== null && isInside(use.span));
  const detail = kind === 'server' ? [...new Set(ports.map(({ port }) => `:${port}`))].join(' ') : '';
  const members = kind === 'upstream' ? nginx!.members.filter(({ hostSpan }) => isInside(hostSpan)) : [];
  const children = members.map(({ host, port, hostSpan, portSpan }): Entry => {
    const whole = { start: hostSpan.start, end: Math.max(hostSpan.end, portSpan?.end ?? 0) };
    const told = port === undefined ? host : `${host}:${port}`;
    return { kind: 'member', name: told, span: isInside(whole) ? whole : hostSpan, selection: hostSpan, children: [] };
  });
  return { kind, name: name || kind, ...(detail && { detail }), span, selection: nameSpan, children };
}
