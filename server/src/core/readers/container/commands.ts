import { findUrls, hostKind, parseHostPort } from '../../notation/hostPort.ts';
import { type Expansion, mayHoldPort, UNKNOWN } from '../../notation/interpolation.ts';
import type { Findings, Owner } from './findings.ts';

/** Options that tell a server, whatever it is, on which port to listen. */
const PORT_OPTION =
  /^(?:--?|-D)(?:port|https?[-_.]port|server[-_.]port|listen[-_.]port|web[-_.]port|api[-_.]port|app[-_.]port|serverapp\.port)$/i;
/** Options that take an address to listen on. */
const LISTEN_OPTION = /^--?(?=[\w.-]*$)[\w.-]*(?:listen|bind|addr)/i;
/** Options whose value may be `:80`, which after any other word would be no address. */
const ADDRESS_OPTION = /^--?(?=[\w.-]*$)[\w.-]*(?:listen|bind|addr|http|endpoint)/i;

/** Programs that take the port to listen on with `-p`. */
const SHORT_PORT = new Set(
  'daphne flask http-server json-server live-server memcached mlflow mosquitto next nuxi nuxt postgres puma rackup rails serve start-storybook storybook ttyd'.split(
    ' ',
  ),
);
/** Programs that take the address to listen on with `-b`. */
const SHORT_BIND = new Set(['gunicorn', 'hypercorn', 'rails']);

/** Programs whose options name the port of something else. */
const CLIENTS = new Set(
  `curl wget nc ncat netcat telnet ssh psql pg_isready pg_dump redis-cli mysql mysqladmin mariadb mariadb-admin mongo
  mongosh cqlsh clickhouse-client rabbitmqadmin wait-for wait-for-it wait-for-it.sh dockerize`.split(/\s+/),
);

/** Clients that are told the port with `-p`. */
const SHORT_LOWER = new Set(['psql', 'pg_isready', 'pg_dump', 'redis-cli']);
/** Clients that are told the port with `-P`; what follows their `-p` is a password. */
const SHORT_UPPER = new Set(['mysql', 'mysqladmin', 'mariadb', 'mariadb-admin']);

const BARE_PORT = new RegExp(`^[\\d${UNKNOWN}]{1,6}$`);
const SEPARATOR = /^(?:&&|\|\|?|;|&)$/;
const LOOPBACK = new RegExp(
  `(?<![\\w.@/-])(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1?\\])(?::|["'],\\s?|\\s)([\\d${UNKNOWN}]{1,6})(?![\\w.])`,
  'g',
);
/** Found far more quickly, and not where a URL begins. */
const LOOPBACK_HOST = /(?:^|[^/])(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])/;
const DEVICE = new RegExp(`/dev/tcp/([\\w.-]+)/([\\d${UNKNOWN}]{1,6})(?!\\w)`, 'g');

interface Word {
  readonly text: string;
  readonly from: number;
}

/** Reads the command line that a container runs: the ports on which it is told to listen, and the URLs it is given. */
export function readCommand(findings: Findings, owner: Owner, text: Expansion): void {
  if (!mayHoldPort(text.text)) return;
  for (const command of simpleCommands(text.text)) {
    const programs = command.map((word) => programName(word.text));
    if (programs.some((name) => CLIENTS.has(name))) continue;
    const shortOptions = [
      ...(programs.some((name) => SHORT_PORT.has(name)) ? ['-p'] : []),
      ...(programs.some((name) => SHORT_BIND.has(name)) ? ['-b'] : []),
    ];
    command.forEach((word, index) => {
      const port = listeningPort(word, command[index - 1]?.text ?? '', shortOptions);
      if (port) findings.own(owner, 'command', findings.port(text, port.from, port.to));
    });
  }
  for (const address of findUrls(text.text)) {
    const kind = hostKind(address.host);
    if (kind === 'every') findings.own(owner, 'command', findings.port(text, address.from, address.to));
    else if (kind !== 'loopback') findings.reference(owner, 'url', address, text);
  }
}

/** Reads the command that checks on a container. It runs inside, so `localhost` is the container itself. */
export function readHealthcheck(findings: Findings, owner: Owner, text: Expansion): void {
  if (!mayHoldPort(text.text)) return;
  const seen = new Set<number>();
  const own = (from: number, to: number, host?: string) => {
    if (seen.has(from)) return;
    seen.add(from);
    const use = findings.own(owner, 'healthcheck', findings.port(text, from, to));
    if (use && host !== undefined) use.host = host;
  };
  for (const address of findUrls(text.text)) {
    const kind = hostKind(address.host);
    if (kind === 'every' || kind === 'loopback' || address.host === owner.name)
      own(address.from, address.to, address.host);
    else findings.reference(owner, 'healthcheck', address, text);
  }
  for (const match of LOOPBACK_HOST.test(text.text) ? text.text.matchAll(LOOPBACK) : []) {
    const to = match.index + match[0].length;
    own(to - match[1]!.length, to, /^(?:localhost|[\d.]+|\[.*?\])/.exec(match[0])?.[0]);
  }
  for (const match of text.text.includes('/dev/tcp/') ? text.text.matchAll(DEVICE) : []) {
    const to = match.index + match[0].length;
    if (hostKind(match[1]!) === 'loopback') own(to - match[2]!.length, to, match[1]);
  }
  // No client is told a port without one of these.
  const hasOption = text.text.includes('-p') || text.text.includes('-P');
  for (const command of hasOption ? simpleCommands(text.text) : []) {
    const port = clientPort(owner, command);
    if (port) own(port.from, port.from + port.text.length);
  }
}

/** The port that a client such as `pg_isready -p 5432` asks, if it asks its own container. */
function clientPort(owner: Owner, command: readonly Word[]): Word | undefined {
  const programs = command.map((word) => programName(word.text));
  if (!programs.some((name) => CLIENTS.has(name))) return undefined;
  const hostOption = command.findIndex((word) => word.text === '-h' || word.text === '--host');
  const host = hostOption < 0 ? 'localhost' : (command[hostOption + 1]?.text ?? '');
  if (host !== owner.name && hostKind(host) !== 'loopback') return undefined;
  const short = programs.some((name) => SHORT_UPPER.has(name)) ? '-P' : '-p';
  const knowsShort = short === '-P' || programs.some((name) => SHORT_LOWER.has(name));
  for (const [index, { text, from }] of command.entries()) {
    if (text === '--port' || (knowsShort && text === short)) return command[index + 1];
    const option = knowsShort && text.startsWith(short) ? short : '--port=';
    const value = text.slice(option.length);
    if (text.startsWith(option) && BARE_PORT.test(value)) return { text: value, from: from + option.length };
  }
  return undefined;
}

/**
 * Where in a word the port stands on which the command is told to listen. Takes the word before it too, and which of
 * the options `-p` and `-b` the program understands in this sense.
 */
function listeningPort({ text, from }: Word, previous: string, shortOptions: readonly string[]) {
  const equals = text.startsWith('-') ? text.indexOf('=') : -1;
  const option = equals > 0 ? text.slice(0, equals) : previous;
  const at = from + equals + 1;
  const value = text.slice(equals + 1).replace(/\/(?:tcp|udp)?$/, '');
  const isShort = shortOptions.includes(option);
  if (PORT_OPTION.test(option) || isShort || /^(?:http\.server|runserver)$/.test(option)) {
    if (BARE_PORT.test(value)) return { from: at, to: at + value.length };
  }
  const address = parseHostPort(value, at);
  if (!address) return undefined;
  const isListening = isShort || LISTEN_OPTION.test(option);
  const kind = hostKind(address.host);
  if (kind === 'loopback') return isListening ? address : undefined;
  if (kind !== 'every') return undefined;
  return address.host !== '' || isListening || ADDRESS_OPTION.test(option) ? address : undefined;
}

/** The words of a shell line, cut where one command ends and the next begins. Quotes around words are taken off. */
function simpleCommands(text: string): Word[][] {
  const commands: Word[][] = [[]];
  for (const match of text.matchAll(/[^\s"'`]+/g)) {
    const [written] = match;
    const isPlain = /[\w/.-]$/.test(written);
    const word = isPlain ? written : written.replace(/(?<![;)])[;)]+$/, '');
    if (!isPlain && SEPARATOR.test(written)) commands.push([]);
    else if (word !== '') commands.at(-1)!.push({ text: word, from: match.index });
    if (written.endsWith(';')) commands.push([]);
  }
  return commands;
}

/** `/usr/bin/psql` is `psql`. */
function programName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
