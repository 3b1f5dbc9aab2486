import type { Claim, ClaimRole, FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import { isGeneric, type Rank, wordsOf } from './names.ts';

/** A claim and the document in which it stands. */
export interface Statement {
  readonly claim: Claim;
  readonly file: FileFacts;
}

/** A name by which something is known, and where that name comes from (`container_name`, `service key`, …). */
export interface KnownAs {
  readonly name: string;
  readonly by: string;
  readonly rank?: Rank;
}

/** A statement about the asked service, with the evidence that it is about it. */
export interface Match extends Statement {
  readonly rank: Rank;
  readonly by: string;
  /** The statement speaks of this port inside the container alone. */
  readonly inside?: number;
}

/** A statement about an owner whose name goes on where the asked one ends: `quay-web`, asked for `quay`. */
export interface Part extends Statement {
  readonly by: string;
  readonly more: readonly string[];
}

/** The roles by which a registry takes note of a port, other than giving it to a whole group. */
export const ROLES_THAT_MENTION: readonly ClaimRole[] = ['assignment', 'reserved', 'forbidden', 'former', 'free'];

/** Where a statement is written. */
export function placeOf({ claim, file }: Statement): Place {
  return { path: file.path, span: claim.span };
}

/** The owner in words: the service, made clear by container or section where the bare name is a mere kind (`API`). */
export function ownerOf(claim: Claim): string {
  const { service, container } = claim;
  if (service === undefined) return container ?? claim.section.at(-1) ?? '';
  if (!isGeneric(service) || wordsOf(service).length > 1) return service;
  return container ?? [plainHeading(claim), service].filter(Boolean).join(' ');
}

/** The same for all claims of one owner. */
export function ownerKey(claim: Claim): string {
  return wordsOf(ownerOf(claim)).join(' ');
}

function plainHeading(claim: Claim): string {
  return (claim.section.at(-1) ?? '').replace(/[（(].*/su, '').trim();
}

/** The names that a claim itself gives its owner. */
export function givenNames({ service, container, aliases = [] }: Claim): string[] {
  return [service, container, ...aliases].filter((name) => name !== undefined);
}

/** A name without what stands in parentheses. */
export function withoutRemarks(name: string): string {
  return /[（(]/.test(name) ? name.replace(/(?<!\s)\s*[（(][^)）\n]{0,200}[)）]/gu, '') : name;
}

/** Every name under which a claim's owner may appear in a configuration file. */
export function namesOf(claim: Claim): string[] {
  const names = givenNames(claim);
  const { service, scope } = claim;
  if (service === undefined) return names;
  const bare = withoutRemarks(service);
  if (bare !== service) names.push(bare);
  if (!isGeneric(service)) return names;
  names.push(`${plainHeading(claim)} ${service}`);
  if (scope.project !== undefined) names.push(`${scope.project} ${service}`);
  return names;
}
