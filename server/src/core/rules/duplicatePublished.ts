import type { Contradiction } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { PortRanges } from '../model/portRanges.ts';
import { isWildcard } from '../model/scope.ts';
import { activeTogether, type Running, targetOf } from '../model/services.ts';
import { isInEffect, type PlacedUse } from '../model/uses.ts';
import type { Ports } from '../ports.ts';
import type { Rule } from '../rule.ts';
import { portText } from '../words.ts';

export const duplicatePublished: Rule = {
  id: 'duplicate-published',
  level: 'error',
  finds: 'one host port published twice in one compose project',
  in: ['compose', 'dotenv'],
  *check(file, index) {
    const composeFiles =
      file.kind === 'compose'
        ? [file]
        : file.kind === 'dotenv' && isInEffect(file.path)
          ? index.readersOf(file.path)
          : [];
    const seen = new Set<number>();
    const heads = composeFiles.flatMap(({ path }) => [path, ...index.dependentsOf(path)]);
    for (const { guilty, other } of heads.flatMap((path) => [...clashesIn(path, index)])) {
      if (guilty.use.path !== file.path || seen.has(guilty.use.span.start)) continue;
      seen.add(guilty.use.span.start);
      yield contradiction(guilty, other);
    }
  },
};

/** The clashes among the services that run when Docker is given a compose file. */
function* clashesIn(path: string, index: Index): Iterable<{ guilty: Published; other: Published }> {
  const services = index.projectOf(path);
  const all = publishedIn(services);
  if (areApart(all)) return;
  const files = new Set(services.map((running) => running.file.path));
  const wrong = new Set(
    [...files].flatMap((of) => index.comparison(of).mismatches.map(({ use }) => `${use.path}\n${use.span.start}`)),
  );
  const isWrong = ({ use }: Published) => wrong.has(`${use.path}\n${use.span.start}`);
  const seen = new PortRanges<Seen>((a, b) => a.place - b.place);
  const entries = new Set<string>();
  for (const [place, published] of all.entries()) {
    const earlier = seen.firstNear(published.use, (other) => clash(other.published, published))?.published;
    const entry = entryOf(published);
    if (!entries.has(entry)) seen.add({ claim: published.use, place, published });
    entries.add(entry);
    // The one that the registry wants elsewhere is to blame, else the later one.
    if (earlier && isWrong(earlier) && !isWrong(published)) yield { guilty: earlier, other: published };
    else if (earlier) yield { guilty: published, other: earlier };
  }
}

function contradiction({ running, use }: Published, other: Published): Contradiction {
  const name = running.service.name;
  const port = portText({ ...use, endPort: use.endPort! });
  const message = areOne(other.running, running)
    ? `${name} publishes ${port} twice, so it cannot start.`
    : `${name} publishes ${port}, which is published by ${other.running.service.name} as well; only one of them can start.`;
  return {
    path: use.path,
    span: use.span,
    message,
    port: use.port,
    service: name,
    expected: [],
    related: [
      { path: other.use.path, span: other.use.span, message: `Published here by ${other.running.service.name}` },
    ],
    fixes: [],
  };
}

/** A published port that has been looked at, with its place among them. */
interface Seen {
  readonly claim: Ports;
  readonly place: number;
  readonly published: Published;
}

interface Published {
  readonly running: Running;
  readonly use: PlacedUse;
}

function publishedIn(services: readonly Running[]): Published[] {
  return services.flatMap((running) =>
    running.uses.filter((use) => use.role === 'published' && !isPool(use, running)).map((use) => ({ running, use })),
  );
}

/** Whether no port is published twice, told by a look: so it is in most projects. */
function areApart(all: readonly Published[]): boolean {
  const ports = new Set<number>();
  for (const { use } of all) {
    if (use.endPort !== undefined || ports.has(use.port)) return false;
    ports.add(use.port);
  }
  return true;
}

/** Files that are merged define one service by the same name. */
function areOne(a: Running, b: Running): boolean {
  return a.service.name === b.service.name;
}

/** `8000-9000:80` takes any free port of the range. https://docs.docker.com/reference/compose-file/services/#ports */
function isPool(use: PlacedUse, running: Running): boolean {
  return use.endPort !== undefined && targetOf(use, running)?.endPort === undefined;
}

function clash(a: Published, b: Published): boolean {
  if (a.use.port > (b.use.endPort ?? b.use.port) || b.use.port > (a.use.endPort ?? a.use.port)) return false;
  if (a.use.protocol !== b.use.protocol || !addressesMeet(a.use.address, b.use.address)) return false;
  return areOne(a.running, b.running) ? !isSameEntry(a, b) : activeTogether(a.running.service, b.running.service);
}

/** Compose merges entries that are equal. */
function isSameEntry(a: Published, b: Published): boolean {
  return entryOf(a) === entryOf(b);
}

/** What an entry of `ports` says, and of which service. */
function entryOf({ running, use }: Published): string {
  const { port, endPort, protocol, address } = use;
  return [running.service.name, port, endPort, protocol, address, targetOf(use, running)?.port].join(' ');
}

function addressesMeet(a = '', b = ''): boolean {
  if (a === b) return true;
  const family = (address: string) => (address === '' || address === '*' ? 'any' : address.includes(':') ? 6 : 4);
  const meets = family(a) === family(b) || family(a) === 'any' || family(b) === 'any';
  return meets && (isWildcard(a) || isWildcard(b));
}
