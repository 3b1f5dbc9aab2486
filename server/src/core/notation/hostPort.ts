import { UNKNOWN } from './interpolation.ts';

/** A host and a port in a text. `from` and `to` are the offsets of the port. */
export interface HostPort {
  /** In lower case, without `://`. */
  readonly scheme?: string;
  /** As written, `''` when it is left out as in `:8080`. */
  readonly host: string;
  readonly from: number;
  readonly to: number;
}

/** What stands in front of the port's colon. It may hold variables without a value; `+` and `*` are listening addresses. */
const HOST = new RegExp(`^(?:\\[[0-9a-f:.]+\\]|[\\w${UNKNOWN}][\\w.${UNKNOWN}-]*|[*+])?$`, 'i');
const LONGEST_PORT = 6;
const UNKNOWN_CODE = UNKNOWN.charCodeAt(0);
/** Longer schemes are none. */
const LONGEST_SCHEME = 30;
/** What ends the part of a URL in which the host stands: https://www.rfc-editor.org/rfc/rfc3986#section-3.2 */
const AUTHORITY_END = /[\s/?#"'`<>\\|;(){}$]/g;
/** How far after the authority an `@` still means that a password with a slash was cut in two. */
const PASSWORD_REACH = 200;
/** What stands in schemes besides letters, though never first. */
const SCHEME_MARK = /[\d+.-]/;

/** Reads a text that is nothing but `host:port`. */
export function parseHostPort(text: string, base = 0): HostPort | undefined {
  const colon = text.length - 1 - portLength(text);
  if (colon < 0 || colon === text.length - 1 || text[colon] !== ':') return undefined;
  const host = text.slice(0, colon);
  return HOST.test(host) ? { host, from: base + colon + 1, to: base + text.length } : undefined;
}

/** How much of the end of a text may be a port, or what a variable turns into one; 0 where it is too long for that. */
function portLength(text: string): number {
  let length = 0;
  while (length < text.length && isPortCharacter(text.charCodeAt(text.length - 1 - length))) {
    if (++length > LONGEST_PORT) return 0;
  }
  return length;
}

function isPortCharacter(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === UNKNOWN_CODE;
}

/**
 * The hosts with ports of all URLs in a text, several of one URL included: `mongodb://a:27017,b:27017`. User names and
 * passwords are passed over.
 */
export function findUrls(text: string): HostPort[] {
  const found: HostPort[] = [];
  const lastSign = text.lastIndexOf('@');
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = schemeBefore(text, at);
    if (scheme === '') continue;
    AUTHORITY_END.lastIndex = at + 3;
    const end = AUTHORITY_END.test(text) ? AUTHORITY_END.lastIndex - 1 : text.length;
    if (lastSign >= end && /^[^\s"'`]*@/.test(text.slice(end, end + PASSWORD_REACH))) continue;
    const authority = text.slice(at + 3, end);
    if (!authority.includes(':')) continue;
    const user = authority.lastIndexOf('@') + 1;
    const hosts = user === 0 ? authority : authority.slice(user);
    const from = at + 3 + user;
    for (let next = 0; next <= hosts.length; ) {
      const comma = hosts.indexOf(',', next);
      const part = comma < 0 ? hosts.slice(next) : hosts.slice(next, comma);
      const address = parseHostPort(part, from + next);
      if (address) found.push({ scheme, host: address.host, from: address.from, to: address.to });
      next += part.length + 1;
    }
  }
  return found;
}

/** The scheme of the URL whose `://` stands at an offset, in lower case; `''` where none stands there. */
function schemeBefore(text: string, colon: number): string {
  let start = colon;
  for (let at = colon - 1; at >= 0 && at >= colon - LONGEST_SCHEME; at--) {
    const code = text.charCodeAt(at) | 0x20;
    if (code >= 0x61 && code <= 0x7a) start = at;
    else if (!SCHEME_MARK.test(text[at]!)) break;
  }
  return text.slice(start, colon).toLowerCase();
}

/** The items of a list such as `kafka1:9092,kafka2:9092`; nothing unless every item is `host:port`. */
export function parseHostPortList(text: string): HostPort[] {
  const found: HostPort[] = [];
  for (const item of text.matchAll(/[^\s,;]+/g)) {
    // Kafka's quorum voters have an id: `1@kafka:9093`.
    const id = /^\d+@/.exec(item[0])?.[0].length ?? 0;
    const address = parseHostPort(item[0].slice(id), item.index + id);
    if (!address) return [];
    found.push(address);
  }
  return found;
}

/** What a host in a reference means to the program that holds it. */
export type HostKind =
  /** `0.0.0.0`, `*`, nothing: every address of the program's own machine; it listens there */
  | 'every'
  /** `localhost`: the program's own machine, or the user's when a browser reads it */
  | 'loopback'
  /** the machine that runs the containers, or any machine by its address */
  | 'machine'
  /** one word, such as a compose service */
  | 'name'
  /** a name with dots, in some other network */
  | 'domain'
  /** left to a variable */
  | 'unknown';

/** What is no name, or one that has a meaning of its own. */
const ADDRESS = /^(?:$|[^a-z]|localhost$|(?:host|gateway)\.docker\.internal$)/i;

/** Tells what kind of host a name is, by its looks alone. */
export function hostKind(host: string): HostKind {
  if (host.includes(UNKNOWN)) return 'unknown';
  if (!ADDRESS.test(host)) return host.includes('.') ? 'domain' : 'name';
  if (/^(?:0\.0\.0\.0|\[::\]|[*+])?$/.test(host)) return 'every';
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host)) return 'loopback';
  if (/^(?:\d+\.\d+\.\d+\.\d+|\[.*\]|(?:host|gateway)\.docker\.internal)$/i.test(host)) return 'machine';
  return host.includes('.') ? 'domain' : 'name';
}
