import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Index } from '../../server/src/core/model/index.ts';

/** Whether the program is there to be asked. It is slow, so many cases are put to it at once. */
export const hasDockerCompose = spawnSync('docker-compose', ['version']).status === 0;

/** The ports of every service, each as `published:target/protocol` without address, sorted; `-` when not published. */
export type PortsOfServices = Readonly<Record<string, readonly string[]>>;

/**
 * The ports that `docker-compose config` makes of files, which are written to a folder of their own first.
 * @param stack the compose files in the order in which they are merged
 * @returns the ports, or what the program says against the files
 */
export function dockerPorts(files: ReadonlyMap<string, string>, ...stack: string[]): PortsOfServices | string {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-compose-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const run = spawnSync('docker-compose', [...stack.flatMap((path) => ['-f', join(folder, path)]), 'config'], {
      cwd: join(folder, dirname(stack[0]!)),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    });
    if (run.status !== 0) return run.stderr;
    const { services } = parse(run.stdout) as { services: Record<string, { ports?: (string | LongPort)[] }> };
    return byName(Object.entries(services).map(([name, { ports = [] }]) => [name, ports.flatMap(portsOf)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The ports of every service as the model resolves them. */
export function resolvedPorts(index: Index, path: string): PortsOfServices {
  return byName(
    index.projectOf(path).map(({ service, uses }) => {
      const targets = uses.filter(({ role }) => role === 'target');
      const ports = targets.flatMap((target) => {
        const published = uses.find(({ role, mapping }) => role === 'published' && mapping === target.mapping);
        return pairs(published && [published.port, published.endPort], [target.port, target.endPort], target.protocol);
      });
      return [service.name, ports];
    }),
  );
}

interface LongPort {
  readonly target: number;
  readonly published?: number | string;
  readonly protocol?: string;
}

type Range = readonly [first: number, last?: number | undefined];

/** One port as the program prints it, short where it has an address: `::1:6001:6001/tcp`. */
function portsOf(port: string | LongPort): string[] {
  if (typeof port !== 'string') {
    return pairs(port.published === undefined ? undefined : rangeOf(port.published), [port.target], port.protocol);
  }
  const [ports, protocol] = port.split('/') as [string, string | undefined];
  const [target, published] = ports.split(':').reverse() as [string, string | undefined];
  return pairs(published ? rangeOf(published) : undefined, rangeOf(target), protocol);
}

function rangeOf(text: number | string): Range {
  const [first, last] = String(text).split('-').map(Number);
  return [first!, last];
}

/** Ranges of one length port by port; one port behind a range stays together. */
function pairs(published: Range | undefined, [first, last = first]: Range, protocol = 'tcp'): string[] {
  const isPool = published?.[1] !== undefined && last === first;
  if (isPool) return [`${published[0]}-${published[1]}:${first}/${protocol}`];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    return `${published ? published[0] + i : '-'}:${first + i}/${protocol}`;
  });
}

function byName(entries: readonly (readonly [string, readonly string[]])[]): PortsOfServices {
  const sorted = entries.map(([name, ports]) => [name, [...ports].sort()] as const);
  return Object.fromEntries(sorted.sort(([a], [b]) => (a < b ? -1 : 1)));
}
