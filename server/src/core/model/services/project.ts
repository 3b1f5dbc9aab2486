import type { FileFacts, Service } from '../../facts.ts';
import { type Running, servicesOfName } from './services.ts';
import type { PlacedUse } from './uses.ts';

/** What has to be known of the compose files to put them together. */
export interface ComposeFiles {
  file(path: string): FileFacts | undefined;
  /** The services of a file with what the file itself says of them. */
  alone(path: string): readonly Running[];
  /** The files that are merged in front of a file, in their order. */
  mergedBefore(path: string): readonly string[];
}

/**
 * The services of a compose file as Docker runs them: in front of what the file says stands what they extend and what
 * the files merged before say of them. Each port keeps the place where its digits stand.
 * https://docs.docker.com/reference/compose-file/merge/
 */
export function servicesInEffect(path: string, files: ComposeFiles): Running[] {
  const earlier = files.mergedBefore(path).map((other) => extended(other, files));
  if (earlier.length === 0) return extended(path, files);
  return extended(path, files).map((running) => {
    const same = earlier.flatMap((services) => servicesOfName(services, running.service.name));
    return [...same, running].reduce(merged);
  });
}

/**
 * All services that run when Docker is given a file: those of the files that it includes, those of the files merged
 * before it, and its own. https://docs.docker.com/reference/compose-file/include/
 * @param own the services of the file itself, as they are in effect
 */
export function projectServices(path: string, own: readonly Running[], files: ComposeFiles): readonly Running[] {
  const earlier = files.mergedBefore(path);
  if (earlier.length === 0 && !files.file(path)?.includes?.length) return own;
  const names = new Set(own.map(({ service }) => service.name));
  const before = earlier.map((other) => servicesInEffect(other, files));
  const latest = new Map(before.flat().map((running) => [running.service.name, running]));
  const others = [...latest.values()].filter(({ service }) => !names.has(service.name));
  const included = [...includedFrom(path, files)].flatMap((other) => servicesInEffect(other, files));
  return [...included, ...others, ...own];
}

/** Of what a file includes, and that includes, no more is followed. */
const DEEPEST = 20;

/** The files that a file includes, and those that they include; each once, so that circles end. */
function includedFrom(path: string, files: ComposeFiles): Set<string> {
  const found = new Set([path]);
  const follow = (from: string, depth: number) => {
    const sources = [...files.mergedBefore(from), from];
    for (const other of sources.flatMap((source) => files.file(source)?.includes ?? [])) {
      if (found.has(other)) continue;
      found.add(other);
      if (depth < DEEPEST) follow(other, depth + 1);
    }
  };
  follow(path, 1);
  found.delete(path);
  return found;
}

/** Of what a service extends, and what that extends, no more is followed. */
const MOST_BASES = 20;
/** Over so many files, at most, one follows from another: each that includes, a file merged with it, and each base. */
export const FARTHEST = 2 * DEEPEST + MOST_BASES;
/** As many uses, all in all, are taken over from other services by those of one file; all that go beyond are left out. */
const MOST_TAKEN_OVER = 100_000;

function extended(path: string, files: ComposeFiles): Running[] {
  const purse = { left: MOST_TAKEN_OVER };
  return files.alone(path).map((running) => {
    const seen = new Set([`${running.file.path}\n${running.service.name}`]);
    return withBases(running, files, seen, purse);
  });
}

/**
 * A service behind the one that it extends, and so on; a circle ends where it closes. The container's name is not passed
 * on in practice: two containers cannot bear it.
 */
function withBases(running: Running, files: ComposeFiles, seen: Set<string>, purse: { left: number }): Running {
  const { service, file } = running;
  const path = service.extends?.path ?? file.path;
  const key = `${path}\n${service.extends?.service}`;
  if (!service.extends || seen.has(key) || seen.size > MOST_BASES) return running;
  seen.add(key);
  const [base] = servicesOfName(files.alone(path), service.extends.service);
  if (!base || base.service === service) return running;
  const whole = withBases(base, files, seen, purse);
  purse.left -= whole.uses.length + whole.image.length;
  if (purse.left < 0) return running;
  const { container: _, ...description } = whole.service;
  return merged(renamed({ ...whole, service: description }, service.name), running);
}

function renamed(running: Running, name: string): Running {
  const was = running.service.name;
  const uses = running.uses.map((use) => ({
    ...use,
    ...(use.service === was && { service: name }),
    ...(use.within === was && { within: name }),
  }));
  return { ...running, service: { ...running.service, name }, uses };
}

/** What two files say of one service: the later one adds, or replaces what there can be only one of. */
function merged(earlier: Running, later: Running): Running {
  const added = entriesOf(later);
  const shift = 1 + [...added.keys()].reduce((a, b) => Math.max(a, b), -1);
  const repeated = new Set(added.values());
  const entries = entriesOf(earlier);
  const isRepeated = ({ mapping }: PlacedUse) => mapping !== undefined && repeated.has(entries.get(mapping)!);
  const variables = new Set(later.uses.map(({ variable }) => variable));
  const isReplaced = ({ role, variable }: PlacedUse) =>
    later.service.replaces?.includes(role) || (variable !== undefined && variables.has(variable));
  const kept = earlier.uses.filter((use) => !isReplaced(use) && !isRepeated(use));
  const uses = kept.map((use) => (use.mapping === undefined ? use : { ...use, mapping: use.mapping + shift }));
  const image = later.image.length > 0 ? later.image : earlier.image.filter((use) => !isReplaced(use));
  const service = mergedService(earlier.service, later.service);
  return { service, file: later.file, uses: [...uses, ...later.uses], image };
}

/** What each entry of `ports` says, by its number in the service; entries that say the same are one. */
function entriesOf({ uses }: Running): Map<number, string> {
  const entries = new Map<number, string>();
  for (const { mapping, role, port, endPort, address, protocol } of uses) {
    if (mapping === undefined) continue;
    const side = [role, port, endPort, address, protocol].join(' ');
    entries.set(mapping, `${entries.get(mapping) ?? ''},${side}`);
  }
  return entries;
}

function mergedService(earlier: Service, later: Service): Service {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  const profiles = union(earlier.profiles, later.profiles);
  return { ...earlier, ...later, aliases: union(earlier.aliases, later.aliases), profiles };
}
