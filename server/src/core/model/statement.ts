import type { Claim, ClaimRole, FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import { remembered } from '../remembered.ts';
import { defaultPorts } from '../vocabulary/images.ts';
import { kindsOfProducts } from '../vocabulary/names.ts';
import { anyPhrase } from '../vocabulary/phrases.ts';
import { PORT } from '../vocabulary/portColumns.ts';
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
  return container ?? [claim.scope.project ?? plainHeading(claim), service].filter(Boolean).join(' ');
}

/** The same for all claims of one owner. */
export function ownerKey(claim: Claim): string {
  return wordsOf(ownerOf(claim)).join(' ');
}

function plainHeading({ section }: Claim): string {
  return headingWords(section.at(-1) ?? '');
}

/** What a heading says of the services below it: “Port registry” says nothing. */
const headingWords = remembered((heading) => (portWord.test(heading) ? '' : heading.replace(/[（(].*/su, '').trim()));
const portWord = anyPhrase(PORT);

/** The names that a claim itself gives its owner. */
export function givenNames({ service, container, aliases = [] }: Claim): string[] {
  return [service, container, ...aliases].filter((name) => name !== undefined);
}

/** A name without what stands in parentheses. */
export function withoutRemarks(name: string): string {
  return /[（(]/.test(name) ? name.replace(/(?<!\s)\s*[（(][^)）\n]{0,200}[)）]/gu, '') : name;
}

/** `Orders (order-service)`, `管理画面 (admin)`: the name that files use behind the one that people use. */
function nameInFiles(name: string): string | undefined {
  const [, plain, inFiles] = IN_FILES.exec(name) ?? [];
  if (plain === undefined || inFiles === undefined) return undefined;
  const isOther = !/[a-z]/i.test(plain) || (/[-_]/.test(inFiles) && !isGeneric(inFiles));
  return isOther ? inFiles : undefined;
}

const IN_FILES = /^([^()（）]{1,80})[(（]([a-z][a-z\d]{0,40}(?:[-_][a-z\d]{1,40}){0,6})[)）]$/;

/** `apps/tracker`, `climate/greenhouse-api`: what lies in a folder or a namespace; not `postgres/redis`, which are two. */
function nameInPath(name: string): string | undefined {
  if (!IN_PATH.test(name)) return undefined;
  const around = name.split('/');
  const last = around.pop()!;
  return isGeneric(last) || around.some((folder) => defaultPorts(folder).length > 0) ? undefined : last;
}

const IN_PATH = /^@?[a-z][a-z\d_.-]{0,60}(?:\/[a-z][a-z\d_.-]{0,60}){1,3}$/;

/** Words with blanks between them; `redis-cache` is the key of a service of its own. */
const NAME_OF_PEOPLE = /^[\p{L}\d]+(?: [\p{L}\d]+){1,3}$/u;

/** `Redis Cache` and `Qdrant Vector DB` are Redis and Qdrant, with words for what that is. */
function productOf(name: string): string | undefined {
  if (!NAME_OF_PEOPLE.test(name)) return undefined;
  const [product, ...kinds] = wordsOf(name);
  if (product === undefined || kinds.length === 0 || !kinds.every((word) => kindsOfProducts.has(word)))
    return undefined;
  return defaultPorts(product).length > 0 ? product : undefined;
}

/** Every name under which a claim's owner may appear in a configuration file. */
export function namesOf(claim: Claim): string[] {
  const names = givenNames(claim);
  const { service, scope } = claim;
  if (service === undefined) return names;
  const bare = withoutRemarks(service);
  if (bare !== service) names.push(bare);
  const inFiles = bare === service ? undefined : nameInFiles(service);
  if (inFiles !== undefined) names.push(inFiles);
  const inPath = nameInPath(bare);
  if (inPath !== undefined) names.push(inPath);
  const product = productOf(service);
  if (product !== undefined) names.push(product);
  if (!isGeneric(service)) return names;
  names.push(`${plainHeading(claim)} ${service}`);
  if (scope.project !== undefined) names.push(`${scope.project} ${service}`);
  return names;
}
