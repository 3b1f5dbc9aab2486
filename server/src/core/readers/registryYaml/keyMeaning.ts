import type { ClaimRole, Side } from '../../facts.ts';
import { remembered } from '../../remembered.ts';
import { namesEnvironment } from '../../vocabulary/environments.ts';
import * as keys from '../../vocabulary/keys.ts';
import { type Phrases, wholePhrase } from '../../vocabulary/phrases.ts';
import { FORBIDDEN, FREE, PLANNED, RESERVED } from '../../vocabulary/roles.ts';

/** What stands under a key of a registry, as far as the key alone tells. */
export type KeyMeaning =
  /** A port of the entry around it: `http_port`, `host_port`, `prod_port`, `old_port`. */
  | {
      readonly is: 'port';
      readonly side: Side;
      readonly name?: string;
      readonly environment?: string;
      readonly former?: true;
      readonly fallback?: true;
    }
  /** A host and a container port in one string: `api_mapping`. */
  | { readonly is: 'mapping'; readonly name?: string }
  /** A block of ports: `port_range`, `udp_range`. */
  | { readonly is: 'range'; readonly name?: string }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'environment' }
  | { readonly is: 'group'; readonly of: 'services' | 'environments' | 'projects' | 'machines' }
  /** `reserved`, `excluded_ports`, `deprecated` */
  | { readonly is: 'role'; readonly role: ClaimRole }
  /** The key itself is a port or a range: `8080: nginx`. */
  | { readonly is: 'number' }
  /** No part of the registry: `metadata`, `healthcheck`. */
  | { readonly is: 'foreign' }
  /** Tells what was, or how a quarrel ended. */
  | { readonly is: 'history' }
  /** Counts something; no number under it is a port. */
  | { readonly is: 'measure' }
  /** Any other key: the name of a service, a group, a field. */
  | { readonly is: 'name' };

/** The words of a key, in lower case: `httpPort` and `HTTP_PORT` give http, port. */
export const keyWords = remembered((key): readonly string[] =>
  key
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean),
);

/** Tells what a key means. Depends on the key alone, so that the same key means the same in every place. */
export const keyMeaning = remembered(meaningOf);

function meaningOf(key: string): KeyMeaning {
  if (/^\s*\d{1,5}(\s*[-–~]\s*\d{1,5})?(\/(tcp|udp|sctp))?\s*$/i.test(key)) return { is: 'number' };
  const words = keyWords(key);
  const phrase = words.join(' ');
  if (words.length === 0) return { is: 'name' };
  if (keys.foreignKeys.has(phrase) || words.some((word) => keys.firewallWords.has(word))) return { is: 'foreign' };
  if (words.some((word) => keys.countWords.has(word))) return { is: 'measure' };
  const telling = words.filter((word) => !keys.portWords.has(word));
  if (telling.length > 0 && telling.every((word) => keys.historyWords.has(word))) return { is: 'history' };
  const bound = boundMeaning(words);
  if (bound) return bound;
  const role = roleOf(words);
  if (role) return { is: 'role', role };
  const of = keys.groupKeys.get(phrase);
  if (of) return { is: 'group', of };
  const last = words.at(-1)!;
  if (keys.rangeWords.has(last) || (keys.rangeWords.has(words[0]!) && words.every(isRangeOrPort))) {
    return { is: 'range', ...named(words.filter((word) => !isRangeOrPort(word))) };
  }
  if (keys.portWords.has(last) || keys.portWords.has(words[0]!)) return portMeaning(words);
  if (keys.mappingWords.has(last)) {
    return { is: 'mapping', ...named(words.filter((word) => !keys.mappingWords.has(word))) };
  }
  return isEnvironment(phrase) ? { is: 'environment' } : { is: 'name' };
}

/** Whether a key that says nothing about ports ends in a measure: `release_year`. */
export function endsInMeasure(key: string): boolean {
  return keys.measureWords.has(keyWords(key).at(-1) ?? '');
}

/** Whether a list under this key tells what is let through, whoever may own it: `open_ports`, `allowed_tcp_ports`. */
export function letsThrough(key: string): boolean {
  const words = keyWords(key).filter((word) => !keys.portWords.has(word) && !keys.roleWords.has(word));
  return words.length > 0 && words.every((word) => keys.openWords.has(word));
}

/** Whether a key names one port of a service: `redis`, `neo4j_http`. */
export function isRoleKey(key: string): boolean {
  const words = keyWords(key);
  return words.length > 0 && words.every((word) => keys.roleWords.has(word));
}

/** Whether a text is the name of an environment and nothing more. */
export function isEnvironment(text: string): boolean {
  const words = keyWords(text);
  return words.length > 0 && words.length < 3 && words.every((word) => namesEnvironment(word));
}

/** A key with a port word and others: each of the others tells a side, an environment, or what the port is for. */
function portMeaning(words: readonly string[]): KeyMeaning {
  if (keys.mappingWords.has(words.at(-1)!) && words.length > 1) {
    return {
      is: 'mapping',
      ...named(words.filter((word) => !keys.mappingWords.has(word) && !keys.portWords.has(word))),
    };
  }
  let side: Side = 'any';
  let environment: string | undefined;
  let former = false;
  const rest: string[] = [];
  for (const word of words) {
    if (keys.hostWords.has(word)) side = 'host';
    else if (keys.containerWords.has(word)) side = 'container';
    else if (keys.formerWords.has(word)) former = true;
    else if (isEnvironment(word)) environment = word;
    else if (!keys.portWords.has(word) && !keys.plainWords.has(word)) rest.push(word);
  }
  return {
    is: 'port',
    side,
    ...named(rest),
    ...(environment !== undefined && { environment }),
    ...(former && { former }),
    ...(words.includes('base') && { fallback: true }),
  };
}

/** `start`, `min_port`, `port_range_end` */
function boundMeaning(words: readonly string[]): KeyMeaning | undefined {
  const telling = words.filter((word) => !isRangeOrPort(word));
  if (telling.length !== 1) return undefined;
  if (keys.startWords.has(telling[0]!)) return { is: 'start' };
  return keys.endWords.has(telling[0]!) ? { is: 'end' } : undefined;
}

const ROLES: readonly (readonly [ClaimRole, Phrases])[] = [
  ['forbidden', wholePhrase([...FORBIDDEN, 'exclude', 'exclusions', 'system', 'blocked'])],
  ['reserved', wholePhrase([...RESERVED, ...PLANNED, 'reservations', 'upcoming'])],
  ['free', wholePhrase(FREE)],
];

/** The role that the words of a key or of a status speak of. */
export function roleOf(words: readonly string[]): ClaimRole | undefined {
  const telling = words.filter((word) => !keys.roleFillers.has(word));
  if (telling.length === 0) return words.includes('future') ? 'reserved' : undefined;
  if (telling.every((word) => keys.retiredWords.has(word))) return 'former';
  return ROLES.find(([, pattern]) => pattern.test(telling.join(' ')) || pattern.test(words.join(' ')))?.[0];
}

function isRangeOrPort(word: string): boolean {
  return keys.rangeWords.has(word) || keys.portWords.has(word);
}

function named(words: readonly string[]): { name?: string } {
  return words.length > 0 ? { name: words.join(' ') } : {};
}
