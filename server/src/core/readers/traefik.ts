import { findUrls, parseHostPort } from '../notation/hostPort.ts';
import { isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy, type Span } from '../text.ts';
import { parseUncommented } from '../yaml.ts';
import { splitProtocol } from './container/ports.ts';
import { PortCollector } from './portCollector.ts';
import { tomlSettings, yamlSettings } from './traefik/settings.ts';

/** Keys below which ports stand; they spare the parsing of all other YAML files. */
const SETTINGS = /entry[pP]oints|load[bB]alancer|forward[aA]uth|backends/;
const TOP_KEY = /^["']?(?:entrypoints|http|tcp|udp)["']?[ \t]*:/im;

const ENTRY_POINT = ['entrypoints', '*', 'address'];
const FORWARD = ['http', 'middlewares', '*', 'forwardauth', 'address'];
const SERVERS = [
  ['http', 'services', '*', 'loadbalancer', 'servers', 'url'],
  ['tcp', 'services', '*', 'loadbalancer', 'servers', 'address'],
  ['udp', 'services', '*', 'loadbalancer', 'servers', 'address'],
  // Version 1: https://doc.traefik.io/traefik/v1.7/configuration/backends/file/
  ['backends', '*', 'servers', '*', 'url'],
];

/**
 * Reads the files of Traefik: on which entry points it listens, and to which servers and authentication it sends requests.
 * https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/,
 * https://doc.traefik.io/traefik/reference/routing-configuration/http/load-balancing/service/
 */
export const traefik: Reader = {
  kind: 'traefik',
  globs: ['**/*.yml', '**/*.yaml', '**/*traefik*.toml', '**/*traefik*/**/*.toml'],
  wants: (path) => isYaml(path) || (/\.toml$/i.test(path) && /traefik/i.test(path)),
  read(text, path) {
    if (!SETTINGS.test(text)) return undefined;
    const isToml = /\.toml$/i.test(path);
    if (!isToml && !TOP_KEY.test(text)) return undefined;
    const parsed = isToml ? undefined : parseUncommented(text);
    if (parsed?.refused) return undefined;
    const found = new PortCollector('traefik');
    let isMine = false;
    for (const { keys, source, span } of parsed ? parsed.documents.flatMap(yamlSettings) : tomlSettings(text)) {
      const server = SERVERS.find((path) => isAt(keys, path));
      const isListening = isAt(keys, ENTRY_POINT);
      if (!server && !isListening && !isAt(keys, FORWARD)) continue;
      isMine = true;
      if (isListening) listen(found, source, span);
      else send(found, source, span, server && keys[server.indexOf('*')]);
    }
    const { uses, problems } = found;
    return isMine ? { ...nothing, uses, problems } : undefined;
  },
};

/** Whether a value lies at a path; keys may be written in any case. */
function isAt(keys: readonly string[], path: readonly string[]): boolean {
  return keys.length === path.length && path.every((key, i) => key === '*' || key === keys[i]!.toLowerCase());
}

/** `[host]:port[/tcp|/udp]` */
function listen(found: PortCollector, source: string, span: Span): void {
  const { end, protocol } = splitProtocol(source);
  const address = parseHostPort(source.slice(0, end));
  if (!address || !protocol) return;
  const port = found.port(source.slice(address.from, address.to), span.start + address.from);
  const host = address.host.replace(/^\[(.*)\]$/, '$1');
  const isBound = host !== '' && host !== '0.0.0.0' && host !== '::';
  found.add(port, { role: 'listen', side: 'any', protocol, ...(isBound && { address: ownCopy(host) }) });
}

/** The address of a server, which belongs to a service that the file names; of anything else where it names none. */
function send(found: PortCollector, source: string, span: Span, service: string | undefined): void {
  const isUrl = source.includes('://');
  const address = isUrl ? findUrls(source)[0] : parseHostPort(source);
  if (!address) return;
  const port = found.port(source.slice(address.from, address.to), span.start + address.from);
  found.send(service === undefined ? 'url' : 'proxy', address.host, port, service);
}
