import type { FileFacts, Protocol } from '../facts.ts';
import { harmless } from '../harmless.ts';
import type { Index } from '../model/index.ts';
import { BESIDE } from '../model/scope.ts';
import { hostUses, type Running } from '../model/services/services.ts';
import { isInEffect, type PlacedUse } from '../model/services/uses.ts';
import { hostKind } from '../notation/hostPort.ts';
import { basename, isWithin } from '../path.ts';
import { listText } from '../words.ts';

/** A port of the host and the service that has it. */
interface Taken {
  readonly service: string;
  readonly container?: string;
  readonly port: number;
  readonly endPort?: number;
  readonly protocol: Protocol;
  readonly address?: string;
  /** The sample of an environment in which alone the port stands. */
  readonly sample?: string;
}

const INTRODUCTION = `# Port registry

Drafted by Portolan from the ports that the files below take on their host. From here on it is yours: what you
write here holds, and the files are checked against it.
`;

/**
 * A registry of the ports that a workspace takes on its hosts, in markdown: a table for every compose file and for
 * every nginx file that plainly runs on the host. A heading names the file, so that a port of one stack is never held
 * against another one.
 * @param folder the one that the registry will govern; only files in it are listed
 * @returns `undefined` when nothing in the folder takes a port
 */
export function draft(index: Index, folder: string): string | undefined {
  const depth = (path: string) => path.split('/').length;
  const tables = [...index.files()]
    .filter(({ path }) => isWithin(path, folder))
    .sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1))
    .map((file) => ({ path: file.path, taken: takenIn(file, index) }))
    .filter(({ taken }) => taken.length > 0)
    .map(({ path, taken }) => `\n## ${span(seenFrom(folder, path))}\n\n${table(taken)}`);
  return tables.length > 0 ? INTRODUCTION + tables.join('') : undefined;
}

function seenFrom(folder: string, path: string): string {
  return BESIDE + (folder === '' ? path : path.slice(folder.length + 1));
}

/** The ports that a file takes on its host, each once, in ascending order. */
function takenIn(file: FileFacts, index: Index): Taken[] {
  const all = file.kind === 'compose' ? takenByServices(file, index) : file.kind === 'nginx' ? takenByNginx(file) : [];
  const seen = new Set<string>();
  const isNew = ({ service, port, endPort, protocol }: Taken) => {
    const key = `${service}\n${port}-${endPort}/${protocol}`;
    return !seen.has(key) && seen.add(key);
  };
  return all.filter(isNew).sort((a, b) => a.port - b.port || (a.service < b.service ? -1 : 1));
}

/** With the environment in effect, and with every sample of one that stands beside the file. */
function takenByServices(file: FileFacts, index: Index): Taken[] {
  const samples = [...index.files()].filter(
    ({ kind, path }) => kind === 'dotenv' && !isInEffect(path) && index.servedBy(path).includes(file),
  );
  return [
    ...takenBy(index.runningIn(file.path)),
    ...samples.flatMap((sample) => takenBy(index.comparison(file.path, sample).services, basename(sample.path))),
  ];
}

function takenBy(services: readonly Running[], sample?: string): Taken[] {
  return services.flatMap((running) => hostUses(running).map((use) => taken(use, running, sample)));
}

function taken(use: PlacedUse, { service: { name, container } }: Running, sample: string | undefined): Taken {
  const { port, endPort, protocol = 'tcp', address } = use;
  return {
    service: name,
    ...(isPlain(container) && container !== name && { container }),
    port,
    ...(endPort !== undefined && { endPort }),
    protocol,
    ...(isPlain(address) && { address }),
    ...(sample !== undefined && { sample }),
  };
}

/** Whether a word is told without variables. */
function isPlain(word: string | undefined): word is string {
  return word !== undefined && !/[${}]/.test(word);
}

/** Where nginx sends traffic to its own machine and to no container by its name, it runs on the host. */
function takenByNginx({ uses }: FileFacts): Taken[] {
  const hosts = uses.filter(({ role }) => role !== 'listen').map(({ host }) => hostKind(host ?? ''));
  if (!hosts.includes('loopback') || hosts.includes('name')) return [];
  return uses.flatMap(({ role, port, endPort, protocol = 'tcp', address }) =>
    role !== 'listen' || port === null
      ? []
      : [
          {
            service: 'nginx',
            port,
            ...(endPort !== undefined && { endPort }),
            protocol,
            ...(isPlain(address) && { address }),
          },
        ],
  );
}

/** The columns in their order; those that would be empty are left out. */
const COLUMNS: Readonly<Record<string, (taken: Taken, all: readonly Taken[]) => string>> = {
  'Host port': ({ port, endPort }) => (endPort === undefined ? String(port) : `${port}-${endPort}`),
  Service: ({ service }) => code(service),
  Container: ({ container }) => (container === undefined ? '' : code(container)),
  Protocol: ({ protocol }, all) => (all.every((other) => other.protocol === 'tcp') ? '' : protocol),
  'Bind address': ({ address }) => address ?? '',
  Notes: notes,
};

function table(all: readonly Taken[]): string {
  const columns = Object.entries(COLUMNS)
    .map(([header, cell]) => ({ header, cells: all.map((taken) => cell(taken, all)) }))
    .filter(({ cells }) => cells.some((text) => text !== ''))
    .map(({ header, cells }) => {
      const width = Math.max(...[header, ...cells].map(({ length }) => length));
      return [header, '-'.repeat(width), ...cells].map((text) => text.padEnd(width));
    });
  return columns[0]!.map((_, row) => `| ${columns.map((column) => column[row]).join(' | ')} |\n`).join('');
}

/** Services that are never up together may share a port, and those of one file that do so are told by `check`. */
function notes(taken: Taken, all: readonly Taken[]): string {
  const { port, protocol, service, sample } = taken;
  const sharing = all.filter(
    (other) => other.port === port && other.protocol === protocol && other.service !== service,
  );
  const names = [...new Set(sharing.map((other) => code(other.service)))];
  return [names.length > 0 ? `shared with ${listText(names)}` : '', sample === undefined ? '' : `as in ${code(sample)}`]
    .filter(Boolean)
    .join(', ');
}

/** A name in a cell, as text whatever stands in it: https://spec.commonmark.org/0.31.2/#code-spans */
function code(name: string): string {
  return span(name.replaceAll('|', '\\|'));
}

function span(name: string): string {
  const text = harmless(name);
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length)));
  return text.includes('`') ? `${fence} ${text} ${fence}` : fence + text + fence;
}
