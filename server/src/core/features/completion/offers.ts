import type { Claim } from '../../facts.ts';
import type { Place } from '../../finding.ts';
import type { Index } from '../../model/index.ts';
import { takesHostPort } from '../../model/portCounts.ts';
import { hostUses, namesOfService, type Running, tellingUses } from '../../model/services/services.ts';
import type { PlacedUse } from '../../model/services/uses.ts';
import { type Match, ownerOf, type Statement } from '../../model/statement.ts';
import { basename } from '../../path.ts';
import { type Interval, Occupancy } from '../../queries/occupancy.ts';
import type { Span } from '../../text.ts';
import { defaultPorts } from '../../vocabulary/images.ts';
import { documentText, placeText, portText, whereText } from '../../words.ts';
import type { Completion } from './completion.ts';

/** A port that could be written, and what speaks for it. */
export interface Offer {
  readonly port: number;
  readonly detail: string;
  readonly documentation: string;
  readonly preselect?: true;
}

/** Where ports are to be offered. */
export interface Around {
  readonly index: Index;
  readonly path: string;
  /** The line that is being written: what it says now does not count. */
  readonly here: Span;
  /** The variable that is being set: what it decides over does not count, either. */
  readonly variable?: string;
}

/** How many blocks are looked into for a port of somebody whose neighbours are known, and of anybody else. */
const NEAREST_BLOCKS = 3;
const ALL_BLOCKS = 12;

/** Makes completions of offers, the first for each port, in their order. */
export function portCompletions(offers: readonly Offer[], span: Span): Completion[] {
  const seen = new Set<number>();
  return offers
    .filter(({ port }) => !seen.has(port) && seen.add(port))
    .map(({ port, ...words }) => ({ label: String(port), ...words, span, newText: String(port) }));
}

/**
 * The ports of the host for a service: those that its registry gives it and that it does not use yet, then free ones in
 * the blocks around these, or around what stands nearest in the file.
 */
export function hostOffers(running: Running, around: Around): Offer[] {
  const known = canonical(running, around);
  const used = new Set(hostUses(running).flatMap((use) => (isHere(use, around) ? [] : [use.port])));
  const own = known.filter(({ claim }) => !used.has(claim.port)).map((statement) => claimed(statement));
  const near = known.length > 0 ? known.map(({ claim }) => claim.port) : nearest(around);
  return [...sure(own), ...freeOffers(around, near)];
}

/** What the registries give to somebody who is known by name alone, then free ports beside that. */
export function hostOffersOf(statements: readonly Statement[], around: Around): Offer[] {
  const known = statements.filter(isOfHost);
  const own = known.map((statement) => claimed(statement));
  return [
    ...sure(own),
    ...freeOffers(around, known.length > 0 ? known.map(({ claim }) => claim.port) : nearest(around)),
  ];
}

/** The next free port of each block, the smallest block around the ports at hand first. */
export function freeOffers({ index, path, here }: Around, near: readonly number[]): Offer[] {
  const occupancy = new Occupancy(index, path, { path, span: here });
  const intervals = occupancy.intervals({ near }).slice(0, near.length > 0 ? NEAREST_BLOCKS : ALL_BLOCKS);
  return intervals.flatMap((interval) =>
    occupancy.free([interval], 1).map((port) => ({
      port,
      detail: `next free${blockText(interval)}`,
      documentation: 'No registry mentions it, and no file here takes it.',
    })),
  );
}

function blockText({ block }: Interval): string {
  if (!block) return ' port';
  const owner = ownerOf(block);
  return owner === '' ? ` in ${portText(block)}` : ` in ${owner} (${portText(block)})`;
}

/** The ports on which a service listens, by its registry, by what its files tell it and by what its image is. */
export function listeningOffers(running: Running, around: Around): Offer[] {
  const { service, image } = running;
  const documentation = `A port on which ${service.name} listens inside its container.`;
  const told = [...tellingUses(running), ...image].filter((use) => !isHere(use, around));
  const inside = matchesFor(running, around).filter(({ claim }) => claim.side === 'container' && isOnePort(claim));
  const byName = defaultPorts(service.image);
  return [
    ...inside.map((statement) => claimed(statement)),
    ...told.map((use) => ({ port: use.port, detail: useText(use, service.name, around.index), documentation })),
    ...byName.map((port) => ({
      port,
      detail: `${service.name} · usual for ${service.image}`,
      documentation,
    })),
  ];
}

/** Preselects the first. */
export function sure(offers: readonly Offer[]): Offer[] {
  return offers.map((offer, i) => (i === 0 ? { ...offer, preselect: true } : offer));
}

/** The port that a statement gives, in the words of its registry. */
export function claimed({ claim, file }: Statement): Offer {
  return {
    port: claim.port,
    detail: `${ownerOf(claim)} · ${whereText({ claim, file })}`,
    documentation: `${documentText(file)} gives ${claim.port} to ${ownerOf(claim)}.`,
  };
}

/** Whether a statement gives somebody one port that people outside reach. */
export function isOfHost({ claim }: Statement): boolean {
  const isGiven = claim.role === 'assignment' || claim.role === 'reserved';
  return isGiven && claim.side !== 'container' && !claim.internal && isOnePort(claim);
}

function isOnePort({ endPort }: Claim): boolean {
  return endPort === undefined;
}

function canonical(running: Running, around: Around): readonly Match[] {
  const { unsettled } = around.index.comparison(running.file.path);
  return unsettled.has(running.service.name) ? [] : matchesFor(running, around).filter(isOfHost);
}

function matchesFor(running: Running, { index }: Around): readonly Match[] {
  const { path } = running.file;
  return index.comparison(path).matches.get(running.service.name) ?? index.claims.about(namesOfService(running), path);
}

/** The published port that is written nearest to the cursor. */
function nearest({ index, path, here }: Around): number[] {
  const published = index.usesIn(path).filter(takesHostPort);
  const distance = ({ span }: PlacedUse) => (span.start < here.start ? here.start - span.end : span.start - here.end);
  const others = published.filter((use) => !isHere(use, { path, here }));
  return others
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 1)
    .map(({ port }) => port);
}

/** Whether a use is written on the line of the cursor, be it by a variable that stands or is set there. */
function isHere({ path, span, readAt, via }: PlacedUse, { path: own, here, variable }: Omit<Around, 'index'>): boolean {
  const isInLine = (place: Place) => place.path === own && here.start <= place.span.start && place.span.end <= here.end;
  if (variable !== undefined && via?.includes(variable)) return true;
  return isInLine({ path, span }) || (readAt !== undefined && isInLine(readAt));
}

/** `api · target in compose.yaml:5` */
function useText(use: PlacedUse, service: string, index: Index): string {
  return `${service} · ${use.role} in ${placeText(index, use, basename)}`;
}
