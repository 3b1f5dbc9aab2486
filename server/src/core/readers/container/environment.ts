import { findUrls, type HostPort, hostKind, parseHostPort, parseHostPortList } from '../../notation/hostPort.ts';
import { type Expansion, mayHoldPort } from '../../notation/interpolation.ts';
import { remembered } from '../../remembered.ts';
import { ownCopy } from '../../text.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import type { Findings, Owner } from './findings.ts';

/** What the key of the host is called when the key of the port is `…PORT`. */
const HOST_KEYS = ['HOST', 'HOSTNAME', 'SERVER', 'ADDRESS', 'ADDR', 'ENDPOINT', 'IP'];

/** Keys whose value, without a scheme, is one address or a list of them. In others `redis:7` may be an image. */
const ADDRESS_KEY =
  /HOST|ADDR|BROKER|BOOTSTRAP|SERVER|ENDPOINT|UR[IL]|NODE|UPSTREAM|TARGET|SEED|PEER|BACKEND|VOTERS|CONNECT|CLUSTER|LISTEN|BIND/;
const NONE: readonly never[] = [];
const IMAGE_KEY = /IMAGE|TAG|VERSION/;

/** Keys that browsers or other clients outside are given: there `localhost` is the user's machine. */
const PUBLIC_KEY =
  /(?:^|_)(?:PUBLIC|VITE|REACT_APP|EXTERNAL|BROWSER|CORS|ORIGINS?|ADVERTISED|CALLBACK|REDIRECT)(?:_|$)/;

/** A variable in the environment of a container. */
export interface Variable {
  readonly name: Name;
  readonly text: Expansion;
  /** The value's stretch of the text. */
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** What the name of a variable tells. */
interface Name {
  /** In upper case. */
  readonly key: string;
  /** Whose port it is: its program's, the port of what another variable names, or nothing of the kind. */
  readonly isOwnPort: boolean;
  readonly isPort: boolean;
  readonly isHost: boolean;
  readonly isAddress: boolean;
  readonly isPublic: boolean;
}

/** The same names stand in most files of a workspace. */
const nameOf = remembered((name): Name => {
  const key = ownCopy(name.toUpperCase());
  return {
    key,
    isOwnPort: ownPortVariables.has(key),
    isPort: key.endsWith('PORT'),
    isHost: HOST_KEYS.some((word) => key.endsWith(word)),
    isAddress: ADDRESS_KEY.test(key) && !IMAGE_KEY.test(key),
    isPublic: PUBLIC_KEY.test(key),
  };
});

/** Makes a variable of its name and the text that holds its value from an offset on. */
export function variableOf(name: string, text: Expansion, from = 0): Variable {
  const to = text.text.length;
  return { name: nameOf(name), text, from, to, value: from === 0 ? text.text : text.text.slice(from) };
}

/**
 * Reads the environment of a container: on which port it listens itself, and the addresses of others. Everything else
 * is passed over, and no value is kept.
 */
export function readEnvironment(findings: Findings, owner: Owner, variables: readonly Variable[]): void {
  let hosts: ReadonlyMap<string, string> | undefined;
  for (const variable of variables) {
    const { name, text, from, to, value } = variable;
    if (!mayHoldPort(value)) continue;
    const port = () => findings.port(text, from, to);
    if (name.isPort) hosts ??= hostsOf(variables);
    const host = hosts && hostOf(name, hosts);
    if (name.key === 'VIRTUAL_PORT') findings.own(owner, 'label', port(), { side: 'container' });
    else if (host !== undefined && hostKind(host) !== 'every') readPair(findings, owner, variable, host);
    else if (isOwnPort(name, owner) || host !== undefined) {
      const use = findings.own(owner, 'environment', port());
      if (use) use.variable = name.key;
    } else readAddresses(findings, owner, variable);
  }
}

function isOwnPort({ isOwnPort, key }: Name, owner: Owner): boolean {
  return isOwnPort || (key === 'API_PORT' && /(?:^|[^a-z])(?:api|backend|server)(?:[^a-z]|$)/i.test(owner.name ?? ''));
}

/** What the variables hold that may be the host for another one, by their keys. */
function hostsOf(variables: readonly Variable[]): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const { name, value } of variables) if (name.isHost) hosts.set(name.key, value);
  return hosts;
}

/** The host that goes with a key such as `DB_PORT`, without scheme. Beside `PORT`, only a name can mean another host. */
function hostOf({ key, isPort }: Name, values: ReadonlyMap<string, string>): string | undefined {
  if (!isPort || values.size === 0) return undefined;
  if (key === 'PORT') return [values.get('HOST')].find((host) => host !== undefined && hostKind(host) === 'name');
  const prefix = key.slice(0, -'PORT'.length);
  const host = HOST_KEYS.map((word) => values.get(prefix + word)).find((value) => value !== undefined);
  return host?.replace(/^[a-z]+:\/\//i, '');
}

/** `DB_HOST` and `DB_PORT`: the port belongs to that host. */
function readPair(findings: Findings, owner: Owner, { name, text, from, to }: Variable, host: string): void {
  const isOwn = hostKind(host) === 'loopback' && isOwnPort(name, owner);
  if (isOwn) findings.own(owner, 'environment', findings.port(text, from, to), { host });
  else if (/^(?:[\w.-]+|\[[\da-f:]+\])$/i.test(host)) findings.reference(owner, 'url', { host, from, to }, text);
}

function readAddresses(findings: Findings, owner: Owner, { name, text, from, value }: Variable): void {
  for (const found of addressesIn(name, value)) {
    const address: HostPort = { host: found.host, from: from + found.from, to: from + found.to };
    if (hostKind(address.host) === 'every') {
      findings.own(owner, 'environment', findings.port(text, address.from, address.to));
    } else findings.reference(owner, 'url', address, text, name.isPublic);
  }
}

function addressesIn({ isAddress }: Name, value: string): readonly HostPort[] {
  if (value.includes('://')) return findUrls(value);
  return isAddress ? bareAddresses(value) : NONE;
}

/** Addresses without a scheme; the path after a single one is cut off. */
function bareAddresses(value: string): HostPort[] {
  const list = parseHostPortList(value);
  if (list.length > 0) return list;
  const single = parseHostPort(value.split('/', 1)[0]!);
  return single ? [single] : [];
}
