import { type HostPort, parseHostPort } from '../notation/hostPort.ts';
import { Expansion } from '../notation/interpolation.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { readShort } from './compose/ports.ts';
import { readCommand, readHealthcheck } from './container/commands.ts';
import { readEnvironment, variableOf } from './container/environment.ts';
import { Findings, type Owner, type PlacedText } from './container/findings.ts';
import { readScript } from './shell/script.ts';

/** `quay.service`, `quay@.service`, `quay.service.d/override.conf`, templates of them, and containers of Podman. */
const UNIT =
  /(?:^|\/)([^/@]+)(?:@[^/]*)?\.(?:service|socket|container)(?:\.d\/[^/]+\.conf|\.(?:j2|tmpl|template|in|example|sample))?$/i;
/** Found far more quickly, in what is asked of every file of a workspace. */
const UNIT_WORD = /\.(?:service|socket|container)/i;
const SECTION = /^\[(?:Service|Socket|Container)\]/m;
const ENTRY = /^[ \t]*([A-Za-z]+)[ \t]*=[ \t]*/;

/**
 * Reads units of systemd, https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html, and those that
 * Podman makes of containers: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html
 */
export const systemd: Reader = {
  kind: 'systemd',
  globs: [
    '**/*.{service,socket,container}',
    '**/*.{service,socket,container}.d/*.conf',
    '**/*.{service,socket,container}.{j2,tmpl,template,in,example,sample}',
  ],
  wants: (path) => UNIT_WORD.test(path) && UNIT.test(path),
  read(text, path) {
    if (!SECTION.test(text)) return undefined;
    const entries = entriesOf(text);
    const name = ownCopy(UNIT.exec(path)?.[1] ?? '');
    const isContainer = entries.some(({ section }) => section === 'Container');
    const findings = new Findings('systemd');
    const owner: Owner = { name, side: isContainer ? 'container' : 'host' };
    for (const entry of entries) read(findings, owner, entry);
    const variables = entries.filter(({ key }) => key === 'Environment').flatMap(({ value }) => assignmentsIn(value));
    readEnvironment(findings, owner, variables);
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};

interface Entry {
  readonly section: string;
  readonly key: string;
  readonly value: PlacedText;
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
function entriesOf(text: string): Entry[] {
  const entries: Entry[] = [];
  let section = '';
  // A line that goes on becomes one, and all signs keep their places.
  const joined = text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  for (const { 0: line, index } of joined.matchAll(/[^\r\n]+/g)) {
    if (line.startsWith('[')) section = line.slice(1).split(']', 1)[0]!;
    const match = ENTRY.exec(line);
    if (!match) continue;
    const source = line.slice(match[0].length).trimEnd();
    const start = index + match[0].length;
    entries.push({ section, key: match[1]!, value: { source, span: { start, end: start + source.length } } });
  }
  return entries;
}

function read(findings: Findings, owner: Owner, { key, value }: Entry): void {
  if (key === 'ListenStream' || key === 'ListenDatagram') readListen(findings, owner, key, value);
  else if (key === 'ExecStart') readScript(findings, owner, value, true);
  else if (key === 'Exec') readCommand(findings, owner, findings.expand(value, false));
  else if (key === 'HealthCmd') readHealthcheck(findings, owner, findings.expand(value, false));
  else if (key === 'PublishPort') readShort(findings, owner, findings.expand(value, true));
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#ListenStream= */
function readListen(findings: Findings, owner: Owner, key: string, { source, span }: PlacedText): void {
  const text = Expansion.plain(source, span.start);
  const isAlone = /^\d+$/.test(source);
  const place: HostPort | undefined = isAlone ? { host: '', from: 0, to: source.length } : parseHostPort(source);
  if (!place) return;
  const protocol = key === 'ListenStream' ? 'tcp' : 'udp';
  const address = place.host.replace(/^\[(.*)\]$/, '$1');
  const port = findings.port(text, place.from, place.to);
  findings.own(owner, 'listen', port, { protocol, ...(address !== '' && { address: ownCopy(address) }) });
}

/** `Environment=PORT=3000 "NAME=two words"`; nothing is put into it. */
function assignmentsIn({ source, span }: PlacedText) {
  return [...source.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].flatMap((match) => {
    const word = match[1] ?? match[2] ?? match[3]!;
    const equals = word.indexOf('=');
    if (equals < 1) return [];
    const start = span.start + match.index + (match[3] === undefined ? 1 : 0) + equals + 1;
    return [variableOf(word.slice(0, equals), Expansion.plain(word.slice(equals + 1), start))];
  });
}
