import type { Claim, ClaimRole, Protocol, Scope, Side } from '../../facts.ts';
import type { AddressText } from '../../notation/webAddress.ts';
import { withoutSecrets } from '../../secrets.ts';
import type { Span } from '../../text.ts';
import { addressTitle } from '../../vocabulary/addresses.ts';
import { fieldKeys, flagRoles } from '../../vocabulary/keys.ts';
import { anyPhrase } from '../../vocabulary/phrases.ts';
import { FORBIDDEN, INTERNAL, saysItClashes } from '../../vocabulary/roles.ts';
import type { YamlDocument, YamlEntry, YamlScalar } from '../../yaml.ts';
import { isEnvironment, keyWords, roleOf } from './keyMeaning.ts';

/** Who owns a port, and where that name is written. */
export interface Owner {
  readonly name: string;
  readonly span?: Span;
}

/** What the keys and fields around a place say about the ports that stand there. */
export interface Context {
  readonly role: ClaimRole;
  /** The side of which a key above speaks: `host_ports`. */
  readonly side?: Side;
  readonly scope: Scope;
  readonly section: readonly string[];
  readonly owner?: Owner;
  /** What the keys of this map name, where the key above tells. */
  readonly below?: 'services' | 'environments' | 'projects' | 'machines' | 'ranges';
  /** Below a key that promises ports, so that any number is one. */
  readonly listed?: true;
  /** The keys of this map tell the ports of one service apart. */
  readonly roles?: true;
  /** In a part that tells of the past. */
  readonly history?: true;
  readonly about: About;
  /** The text in which an entry says that it clashes with others. */
  readonly clash?: string;
}

/** What the fields of an entry say of all its ports. */
interface About
  extends Pick<Claim, 'container' | 'aliases' | 'protocol' | 'internal' | 'excused' | 'clashes' | 'note'> {
  /** Under which addresses the owner is reached. */
  readonly addresses?: readonly AddressText[];
}

/** Longer texts are neither names nor notes, and would be carried along by every claim. */
const MAX_FIELD = 500;

/** The scalar fields of a map by the words of their keys. Empty, `null` and very long ones are left out. */
export function readFields(document: YamlDocument, entries: readonly YamlEntry[]): Map<string, YamlScalar> {
  const fields = new Map<string, YamlScalar>();
  for (const { key, value } of entries) {
    const scalar = document.scalar(value);
    if (scalar && scalar.value.length < MAX_FIELD && !/^(null|~|\s*)$/i.test(scalar.value))
      fields.set(keyWords(key).join(' '), scalar);
  }
  return fields;
}

/**
 * The context inside an entry: what its own fields add to what stands above it.
 * @param isItem the entry is one of a list and has no key that names it
 */
export function describe(context: Context, fields: ReadonlyMap<string, YamlScalar>, isItem: boolean): Context {
  const group = pick(fields, 'group')?.value;
  const role = fieldRole(context, fields, isItem);
  const clash = clashIn(fields);
  return {
    ...context,
    scope: { ...context.scope, ...readScope(fields) },
    section: group === undefined || context.section.at(-1) === group ? context.section : [...context.section, group],
    role: role ?? context.role,
    about: { ...context.about, ...readAbout(fields) },
    ...(clash !== undefined && { clash }),
  };
}

/** The fields of an entry, single texts and lists of them, that tell under which addresses its owner is reached. */
export function readAddresses(document: YamlDocument, entries: readonly YamlEntry[]): AddressText[] {
  return entries.flatMap(({ key, value }) => {
    const title = addressTitle(keyWords(key).join(' '));
    if (!title) return [];
    const scalars = [document.scalar(value), ...document.items(value).map((item) => document.scalar(item))];
    return scalars.flatMap((scalar) => (scalar ? [{ ...title, text: scalar.value }] : []));
  });
}

/** The owner that an item of a list names in its fields, and be it by its purpose. */
export function nameOfItem(fields: ReadonlyMap<string, YamlScalar>): Owner | undefined {
  return nameOf(fields) ?? asOwner(pick(fields, 'purpose'));
}

/** The owner that a map names, by its name or by what it runs in or comes from. */
export function nameOf(fields: ReadonlyMap<string, YamlScalar>): Owner | undefined {
  return ownName(fields) ?? asOwner(pick(fields, 'product'));
}

/** The owner that a map names in a field for names. */
export function ownName(fields: ReadonlyMap<string, YamlScalar>): Owner | undefined {
  return asOwner(pick(fields, 'name'));
}

function asOwner(scalar: YamlScalar | undefined): Owner | undefined {
  return scalar && { name: scalar.value.trim(), span: scalar.span };
}

/** The first of the keys for a kind of field that stands over a text; numbers and booleans are no texts. */
function pick(fields: ReadonlyMap<string, YamlScalar>, kind: keyof typeof fieldKeys): YamlScalar | undefined {
  for (const key of fieldKeys[kind]) {
    const scalar = fields.get(key);
    if (scalar && !/^(true|false|yes|no|\d+)$/i.test(scalar.value)) return scalar;
  }
  return undefined;
}

const INTERNAL_PATTERN = anyPhrase(INTERNAL);

function readAbout(fields: ReadonlyMap<string, YamlScalar>): About {
  const container = pick(fields, 'container')?.value;
  const protocol = pick(fields, 'protocol')?.value.toLowerCase();
  const note = pick(fields, 'note')?.value.trim();
  const aliases = [...fieldKeys.aliases].flatMap((key) => {
    const value = fields.get(key)?.value;
    return value === undefined || value === container || !/\p{L}/u.test(value) ? [] : [value];
  });
  const internal =
    isFlag(fields, 'internal', true) ||
    isFlag(fields, 'published', false) ||
    (note !== undefined && INTERNAL_PATTERN.test(note));
  const clashes = clashIn(fields) !== undefined;
  return {
    ...(container !== undefined && { container }),
    ...(aliases.length > 0 && { aliases }),
    ...(isProtocol(protocol) && { protocol }),
    ...(note !== undefined && { note: withoutSecrets(note) }),
    ...(internal && { internal }),
    ...(clashes && { excused: true, clashes }),
  };
}

/** What an entry says of its clash with others, in a field for that or in its note. */
function clashIn(fields: ReadonlyMap<string, YamlScalar>): string | undefined {
  const own = pick(fields, 'excused')?.value;
  if (own !== undefined && !/^(?:none|-+)$/i.test(own)) return own;
  const note = pick(fields, 'note')?.value;
  return note !== undefined && saysItClashes(note) ? note : undefined;
}

const ADDRESS = /^(?:localhost|\*|\[?[\da-f]*:[\da-f:]*\]?|\d{1,3}(?:\.\d{1,3}){3})$/i;

function readScope(fields: ReadonlyMap<string, YamlScalar>): Scope {
  const server = pick(fields, 'machine')?.value;
  const machine = server !== undefined && !ADDRESS.test(server) ? server : undefined;
  const told = pick(fields, 'environment')?.value;
  const environment = told !== undefined && isStage(told) ? told : isEnvironment(machine ?? '') ? machine : undefined;
  const address = [...fieldKeys.address]
    .map((key) => fields.get(key)?.value)
    .find((value) => value !== undefined && ADDRESS.test(value));
  const project = pick(fields, 'project')?.value;
  const path = pick(fields, 'path')?.value;
  return {
    ...(environment !== undefined && { environment }),
    ...(machine !== undefined && machine !== environment && { machine }),
    ...(project !== undefined && { project }),
    ...(path !== undefined && /\.ya?ml$/i.test(path) && { path }),
    ...(address !== undefined && { address }),
  };
}

/** `env: prod`, `env: blue`; not `env: WEB_PORT` nor `env: "A=1 B=2"`, which are variables. */
function isStage(text: string): boolean {
  return isEnvironment(text) || (/^[\p{L}\d][\p{L}\d -]{0,30}$/u.test(text) && /\p{Ll}|\p{Lo}/u.test(text));
}

const DEFAULT_OF_OTHERS = anyPhrase([...FORBIDDEN, 'default', 'defaults', 'system', 'conflict', 'conflicts', 'in use']);

/**
 * The role that an entry's own fields give it. A port that is "reserved" because it is the default of some product is
 * kept for nobody: it is to be avoided.
 */
function fieldRole(context: Context, fields: ReadonlyMap<string, YamlScalar>, isItem: boolean): ClaimRole | undefined {
  for (const [key, role] of flagRoles) if (/^(true|yes)$/i.test(fields.get(key)?.value ?? '')) return role;
  const named = (context.owner !== undefined && !isItem) || pick(fields, 'name') !== undefined;
  const status = pick(fields, 'status')?.value;
  const role =
    status !== undefined && !/deprecat|occupied|blocked/i.test(status) ? roleOf(keyWords(status)) : undefined;
  if (role !== undefined && !(role === 'free' && named)) return role;
  const reason = fields.get('reason')?.value;
  if (context.role === 'reserved' && !named && reason !== undefined && DEFAULT_OF_OTHERS.test(reason))
    return 'forbidden';
  return undefined;
}

function isFlag(fields: ReadonlyMap<string, YamlScalar>, kind: 'internal' | 'published', flag: boolean): boolean {
  const pattern = flag ? /^(true|yes)$/i : /^(false|no)$/i;
  return [...fieldKeys[kind]].some((key) => pattern.test(fields.get(key)?.value ?? ''));
}

function isProtocol(text: string | undefined): text is Protocol {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

/** The sides of keys as the comments of a file explain them: `# prod: host port on the production server`. */
export type Legend = ReadonlyMap<string, Side>;
