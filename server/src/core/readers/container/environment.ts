import { findUrls, type HostPort, hostKind, parseHostPort, parseHostPortList } from '../../hostPort.ts';
import { type Expansion, mayHoldPort } from '../../interpolation.ts';
import { ownCopy } from '../../text.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import type { Findings, Owner } from './findings.ts';

/** What the key of the host is called when the key of the port is `…PORT`. */
const HOST_KEYS = ['HOST', 'HOSTNAME', 'SERVER', 'ADDRESS', 'ADDR', 'ENDPOINT', 'IP'];

/** Keys whose value, without a scheme, is one address or a list of them. In others `redis:7` may be an image. */
const ADDRESS_KEY =
  /HOST|ADDR|BROKER|BOOTSTRAP|SERVER|ENDPOINT|UR[IL]|NODE|UPSTREAM|TARGET|SEED|PEER|BACKEND|VOTERS|CONNECT|CLUSTER|LISTEN|BIND/;
const IMAGE_KEY = /IMAGE|TAG|VERSION/;

/** Keys that browsers or other clients outside are given: there `localhost` is the user's machine. */
const PUBLIC_KEY =
  /(?:^|_)(?:PUBLIC|VITE|REACT_APP|EXTERNAL|BROWSER|CORS|ORIGINS?|ADVERTISED|CALLBACK|REDIRECT)(?:_|$)/;

/** A variable in the environment of a container. */
export interface Variable {
  /** In upper case. */
  readonly key: string;
  readonly text: Expansion;
  /** The value's stretch of the text. */
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** Makes a variable of its name and the text that holds its value from an offset on. */
export function variableOf(name: string, text: Expansion, from = 0): Variable {
  const to = text.text.length;
  return { key: name.toUpperCase(), text, from, to, value: text.text.slice(from, to) };
}

/**
 * Reads the environment of a container: on which port it listens itself, and the addresses of others. Everything else
 * is passed over, and no value is kept.
 */
export function readEnvironment(findings: Findings, owner: Owner, variables: readonly Variable[]): void {
  const values = new Map<string, string>();
  for (const { key, value } of variables) values.set(key, value);
  for (const variable of variables) {
    const { key, text, from, to, value } = variable;
    if (!mayHoldPort(value)) continue;
    const port = () => findings.port(text, from, to);
    const host = hostOf(key, values);
    if (key === 'VIRTUAL_PORT') findings.own(owner, 'label', port(), { side: 'container' });
    else if (host !== undefined && hostKind(host) !== 'every') readPair(findings, owner, variable, host);
    else if (isOwnPort(key, owner) || (host !== undefined && key.endsWith('PORT'))) {
      findings.own(owner, 'environment', port(), { variable: ownCopy(key) });
    } else readAddresses(findings, owner, variable);
  }
}

function isOwnPort(key: string, owner: Owner): boolean {
  return (
    ownPortVariables.has(key) ||
    (key === 'API_PORT' && /(?:^|[^a-z])(?:api|backend|server)(?:[^a-z]|$)/i.test(owner.name ?? ''))
  );
}

/** The host that goes with a key such as `DB_PORT`, without scheme. Beside `PORT`, only a name can mean another host. */
function hostOf(key: string, values: ReadonlyMap<string, string>): string | undefined {
  if (!key.endsWith('PORT')) return undefined;
  if (key === 'PORT') return [values.get('HOST')].find((host) => host !== undefined && hostKind(host) === 'name');
  const prefix = key.slice(0, -'PORT'.length);
  const host = HOST_KEYS.map((word) => values.get(prefix + word)).find((value) => value !== undefined);
  return host?.replace(/^[a-z]+:\/\//i, '');
}

/** `DB_HOST` and `DB_PORT`: the port belongs to that host. */
function readPair(findings: Findings, owner: Owner, { key, text, from, to }: Variable, host: string): void {
  const isOwn = hostKind(host) === 'loopback' && isOwnPort(key, owner);
  if (isOwn) findings.own(owner, 'environment', findings.port(text, from, to), { host });
  else if (/^(?:[\w.-]+|\[[\da-f:]+\])$/i.test(host)) findings.reference(owner, 'url', { host, from, to }, text);
}

function readAddresses(findings: Findings, owner: Owner, { key, text, from, value }: Variable): void {
  for (const found of addressesIn(key, value)) {
    const address: HostPort = { host: found.host, from: from + found.from, to: from + found.to };
    if (hostKind(address.host) === 'every') {
      findings.own(owner, 'environment', findings.port(text, address.from, address.to));
    } else findings.reference(owner, 'url', address, text, PUBLIC_KEY.test(key));
  }
}

function addressesIn(key: string, value: string): HostPort[] {
  if (value.includes('://')) return findUrls(value);
  return ADDRESS_KEY.test(key) && !IMAGE_KEY.test(key) ? bareAddresses(value) : [];
}

/** Addresses without a scheme; the path after a single one is cut off. */
function bareAddresses(value: string): HostPort[] {
  const list = parseHostPortList(value);
  if (list.length > 0) return list;
  const single = parseHostPort(value.split('/', 1)[0]!);
  return single ? [single] : [];
}
