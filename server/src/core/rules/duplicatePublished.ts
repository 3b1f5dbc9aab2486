import type { Contradiction } from '../finding.ts';
import { kept, push } from '../grouped.ts';
import type { Comparison } from '../model/comparison/comparison.ts';
import type { Index } from '../model/index.ts';
import { PortRanges } from '../model/portRanges.ts';
import { isWildcard } from '../model/scope.ts';
import { activeTogether, type Running, targetOf } from '../model/services/services.ts';
import { isInEffect, type PlacedUse } from '../model/services/uses.ts';
import { lastOf, type Ports } from '../ports.ts';
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
    for (const clash of heads.flatMap((path) => clashesOf(index.projectOf(path)).get(file.path) ?? [])) {
      const { guilty, other } = judged(clash, index);
      if (guilty.use.path !== file.path || seen.has(guilty.use.span.start)) continue;
      seen.add(guilty.use.span.start);
      yield contradiction(guilty, other);
    }
  },
};

/** Two publications of which only one can be. */
interface Clash {
  readonly earlier: Published;
  readonly later: Published;
}

/** The clashes in a project by the files in which they stand; each file of the project asks for its own. */
function clashesOf(services: readonly Running[]): ReadonlyMap<string, readonly Clash[]> {
  return kept(clashes, services, () => {
    const byFile = new Map<string, Clash[]>();
    for (const clash of clashesAmong(meetingIn(services))) {
      for (const path of new Set([clash.earlier.use.path, clash.later.use.path])) push(byFile, path, clash);
    }
    return byFile;
  });
}

const clashes = new WeakMap<readonly Running[], ReadonlyMap<string, readonly Clash[]>>();

/** So many pairs are looked at in a project: no port has thousands of addresses or profiles. */
const MOST_PAIRS = 200_000;

function* clashesAmong(all: readonly Published[]): Iterable<Clash> {
  const seen = new PortRanges<Seen>((a, b) => a.place - b.place);
  const entries = new Set<string>();
  let left = MOST_PAIRS;
  for (const [place, later] of all.entries()) {
    const meets = (other: Seen) => left-- > 0 && clash(other.published, later);
    const earlier = seen.firstNear(later.use, meets)?.published;
    const entry = entryOf(later);
    if (!entries.has(entry)) seen.add({ claim: later.use, place, published: later });
    entries.add(entry);
    if (earlier) yield { earlier, later };
  }
}

/** The one that the registry wants elsewhere is to blame, else the later one. */
function judged({ earlier, later }: Clash, index: Index): { guilty: Published; other: Published } {
  const files = [...new Set([earlier, later].map(({ running }) => running.file.path))];
  const isWrong = ({ use }: Published) => files.some((path) => wrongPlaces(index.comparison(path)).has(keyOf(use)));
  const isEarlier = isWrong(earlier) && !isWrong(later);
  return isEarlier ? { guilty: earlier, other: later } : { guilty: later, other: earlier };
}

function wrongPlaces(comparison: Comparison): ReadonlySet<string> {
  return kept(wrong, comparison, () => new Set(comparison.mismatches.map(({ use }) => keyOf(use))));
}

const wrong = new WeakMap<Comparison, ReadonlySet<string>>();

function keyOf({ path, span }: PlacedUse): string {
  return `${path}\n${span.start}`;
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

/** Those of the published ports that meet others: none in most projects. */
function meetingIn(services: readonly Running[]): readonly Published[] {
  const all = publishedIn(services);
  const found = new Set<Published>();
  let farthest: Published | undefined;
  for (const one of [...all].sort((a, b) => a.use.port - b.use.port)) {
    if (farthest && one.use.port <= lastOf(farthest.use)) found.add(farthest).add(one);
    if (!farthest || lastOf(one.use) > lastOf(farthest.use)) farthest = one;
  }
  return all.filter((one) => found.has(one));
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
  if (a.use.port > lastOf(b.use) || b.use.port > lastOf(a.use)) return false;
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
