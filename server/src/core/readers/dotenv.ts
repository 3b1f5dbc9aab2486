import type { Problem, Use, Variable } from '../facts.ts';
import { destination } from '../notation/destination.ts';
import { findUrls, hostKind, parseHostPortList } from '../notation/hostPort.ts';
import { Expansion, expand, mayExpandToPort, UNKNOWN } from '../notation/interpolation.ts';
import { isPort } from '../notation/portText.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { remembered } from '../remembered.ts';
import { ownCopy } from '../text.ts';
import { type Entry, parseEntries } from './dotenv/entries.ts';
import { inEffect } from './dotenv/inEffect.ts';

/** `.env`, `.env.local`, `api.env`, `api.env.example`, `env.template`; `.envrc` is a shell script. */
const NAMES =
  /^(?:(?:.*\.)?env|\.env[.-].+|.+\.env\.(?:example|sample|template|dist|defaults?|local|dev|development|test|staging|prod|production)|\.?env[._-](?:example|sample|template|dist|defaults?|local))$/i;

/** Programs, documents and copies that are named after a dotenv file. */
const OTHERS =
  /(?:^env|\.(?:md|txt|ya?ml|json|toml|sh|py|[cm]?[jt]sx?|bak|backup|old|orig|swp|enc|gpg|age|vault|asc)|~)$/i;

/** Words by which a variable with PORT in its name counts or switches something. */
const QUANTITIES: ReadonlySet<string> = new Set(
  (
    'COUNT OFFSET SIZE TIMEOUT RETRY RETRIES ATTEMPTS STEP INCREMENT INTERVAL LIMIT LENGTH DELAY ' +
    'ENABLE ENABLED DISABLE DISABLED USE ALLOW CHECK SCAN FORWARDING'
  ).split(' '),
);

/** Words that say where a port counts, and nothing about the service. */
const SIDES: ReadonlySet<string> = new Set(
  'HOST CONTAINER EXTERNAL INTERNAL PUBLIC PUBLISHED EXPOSED LISTEN BIND'.split(' '),
);

/** Words that alone name no service. */
const ANONYMOUS: ReadonlySet<string> = new Set('HTTP HTTPS TCP UDP WS SSL TLS SERVER SERVICE DEFAULT'.split(' '));

/** Names of variables that hold `host:port` without a scheme. */
const ADDRESS = /(?:^|_)(?:URLS?|URI|ADDR(?:ESS)?(?:ES)?|ENDPOINTS?|HOSTS?|SERVERS?|BROKERS?|UPSTREAMS?|TARGETS?)$/i;

/** Values of these are not looked at, whatever they look like. */
const SECRET = /SECRET|PASS|TOKEN|KEY|SALT|CREDENTIAL/i;

/**
 * Reads dotenv files and samples of them. Keeps the values of ports alone, and of URLs the host.
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export const dotenv: Reader = {
  kind: 'dotenv',
  globs: [
    '**/.env',
    '**/.env.*',
    '**/.env-*',
    '**/.env_*',
    '**/*.env',
    '**/*.env.*',
    '**/env.*',
    '**/env-*',
    '**/env_*',
  ],

  wants(path) {
    const name = basename(path);
    return NAMES.test(name) && !OTHERS.test(name);
  },

  read(text) {
    const found: Found = { uses: [], variables: [], problems: [] };
    for (const entry of parseEntries(text)) {
      const name = nameOf(entry.name);
      if (name.isPort) readPort(entry, name, found);
      else if (!name.isSecret) readAddresses(entry, name, found);
    }
    return { ...nothing, ...inEffect(found, text), problems: found.problems };
  },
};

/** What is found in one file. */
interface Found {
  readonly uses: Use[];
  readonly variables: Variable[];
  readonly problems: Problem[];
}

/** What the name of a variable tells. */
interface Name {
  readonly name: string;
  readonly isPort: boolean;
  readonly owner: string | undefined;
  readonly isAddress: boolean;
  readonly isSecret: boolean;
}

/** The same names stand in most files of a workspace. */
const nameOf = remembered((name): Name => {
  const own = ownCopy(name);
  const isPort = isPortName(own);
  const owner = isPort ? ownerOf(own) : undefined;
  return { name: own, isPort, owner, isAddress: ADDRESS.test(own), isSecret: SECRET.test(own) };
});

/** Whether PORT is a word of the name: `API_PORT`, `PORT_API`, `PORT2`, but not `SUPPORT` or `PORT_COUNT`. */
export function isPortName(name: string): boolean {
  if (!/port/i.test(name)) return false;
  const words = wordsOfName(name);
  return words.some((word) => /^PORT\d*$/.test(word)) && !words.some((word) => QUANTITIES.has(word));
}

function wordsOfName(name: string): string[] {
  return name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
}

/** `API_GATEWAY_PORT` and `API_GATEWAY_HOST_PORT` are the API gateway's; `PORT` and `HTTP_PORT` do not say whose they are. */
export function ownerOf(name: string): string | undefined {
  const words = wordsOfName(name).filter((word) => !/^PORT\d*$/.test(word) && !SIDES.has(word));
  return words.every((word) => ANONYMOUS.has(word)) ? undefined : words.join(' ').toLowerCase();
}

/** Filled in step by step, which is far cheaper than to spread one object into the other. */
type Draft = { -readonly [Key in keyof Use]: Use[Key] };

/** Reads a variable that is named after a port. It may hold no number, or 0, which means none or any. */
function readPort({ value, start, literal }: Entry, { name, owner }: Name, { uses, variables, problems }: Found): void {
  const expansion = literal ? Expansion.plain(value, start) : expand(value, start);
  const digits = expansion.text;
  const port = Number(digits);
  if (!/^\d+$/.test(digits) || port === 0 || !expansion.isWritten(0, digits.length)) return;
  const span = expansion.span(0, digits.length);
  if (!isPort(port)) {
    problems.push({ span, message: `${digits} is not a port: ports go from 1 to 65535.` });
    return;
  }
  const via = expansion.via(0, digits.length);
  const use: Draft = { kind: 'use', role: 'environment', port, side: 'any', form: 'dotenv', span };
  if (owner) use.service = owner;
  if (via.length > 0) use.via = via;
  else variables.push({ name, port, span });
  uses.push(use);
}

/** Reads the ports of the URLs in a value, and of the addresses in a variable that is named after addresses. */
function readAddresses({ value, start, literal }: Entry, { isAddress }: Name, { uses }: Found): void {
  if (!mayExpandToPort(value)) return;
  const expansion = expand(literal ? value.replaceAll('$', ' ') : value, start);
  const urls = findUrls(expansion.text);
  const found = urls.length === 0 && isAddress ? parseHostPortList(expansion.text) : urls;
  for (const { host, from, to } of found) {
    const digits = expansion.text.slice(from, to);
    if (digits !== UNKNOWN && !expansion.isWritten(from, to)) continue;
    const via = expansion.via(from, to);
    const port = /^\d+$/.test(digits) ? Number(digits) : null;
    if (hostKind(host) === 'every' || (port === null ? digits !== UNKNOWN : !isPort(port))) continue;
    const { side, host: named, service } = destination(host);
    const use: Draft = { kind: 'use', role: 'url', port, side, form: 'dotenv', span: expansion.span(from, to) };
    if (named !== undefined) use.host = named;
    if (service !== undefined) use.service = service;
    if (via.length > 0) use.via = via;
    uses.push(use);
  }
}
