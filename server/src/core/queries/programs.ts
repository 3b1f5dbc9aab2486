import type { FileFacts, FileKind } from '../facts.ts';
import { grouped } from '../grouped.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, Rank, wordsOf } from '../model/names.ts';
import { stageOf } from '../model/scope.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import type { Match } from '../model/statement.ts';
import { dirname } from '../path.ts';
import { hasPort } from '../ports.ts';
import type { Stray } from './strays.ts';

/** The kinds of files that start programs by themselves, without a compose file. */
export const STARTERS: ReadonlySet<FileKind> = new Set<FileKind>(['package', 'procfile', 'systemd']);

/** Files that may tell a program another port, or that it runs in a container. */
const BESIDE = ['.env', '.env.local', '.env.development', '.env.example', '.env.sample'];

/**
 * The programs that a file starts on another port than their registry gives them. Only what leaves no doubt: the file
 * names the program and one port of it, and nothing else is known to serve the registry's port.
 */
export function startedElsewhere(file: FileFacts, index: Index): Stray[] {
  const own = index.usesIn(file.path).filter(isOwnPort);
  return [...grouped(own, ({ service }) => service!)].flatMap(([name, uses]) => {
    if (new Set(uses.map(({ port }) => port)).size > 1) return [];
    const instead = insteadOf(name, uses[0]!, file.path, index);
    return instead.length > 0 ? uses.map((use) => ({ use, instead })) : [];
  });
}

function isOwnPort({ service, host, side, endPort }: PlacedUse): boolean {
  return service !== undefined && host === undefined && side !== 'container' && endPort === undefined;
}

function insteadOf(name: string, use: PlacedUse, path: string, index: Index): readonly Match[] {
  const instead = saidOtherwise(name, use.port, path, index);
  const [first] = instead;
  return first && !isServedOtherwise(use, first.claim.port, path, index) ? instead : [];
}

/**
 * What the registry says of a name and leaves no doubt: one other port, on the host, for whoever works at the project.
 * Empty where it knows this port too.
 */
export function saidOtherwise(name: string, port: number, path: string, index: Index): readonly Match[] {
  const known = index.claims.about([{ name, by: 'name' }], path);
  if (known.length === 0 || !known.every((match) => isMeant(name, match, path))) return [];
  if (known.some(({ claim }) => claim.role !== 'former' && hasPort(claim, port))) return [];
  const instead = known.filter(({ claim }) => claim.role === 'assignment' && claim.side !== 'container');
  const isSettled = instead.every(({ claim }) => claim.port === instead[0]!.claim.port && isPlain(claim));
  return isSettled ? instead : [];
}

/** A name of kinds of things only must be the registry's very own, and of several words or beside the file's folder. */
function isMeant(name: string, { rank, claim }: Match, path: string): boolean {
  if (!isGeneric(name)) return rank <= Rank.emptyWordsOff;
  return rank <= Rank.same && (wordsOf(name).length > 1 || isIn(claim.folder, path));
}

/** Whether a file lies in the folder that a row names. */
function isIn(folder: string | undefined, path: string): boolean {
  return folder !== undefined && `/${dirname(path)}`.endsWith(`/${folder}`);
}

/** One port, wherever the program runs that somebody starts by hand. */
function isPlain({ endPort, internal, excused, protocol, scope }: Match['claim']): boolean {
  const stage = stageOf(scope.environment);
  const isHere = scope.machine === undefined && (scope.environment === undefined || stage === 'development');
  return endPort === undefined && !internal && !excused && protocol !== 'udp' && isHere;
}

/** Whether Docker has the registry's port, so that the program runs beside it, or the program may run in a container. */
function isServedOtherwise(use: PlacedUse, registered: number, path: string, index: Index): boolean {
  // In this order, so that it is known on what the answer rests while files are still being read.
  if (index.publishes(registered) || index.isPartial) return true;
  if (index.servicesNamed(use.service!, path).length > 0) return true;
  const folder = dirname(path);
  const beside = (name: string) => index.file(folder === '' ? name : `${folder}/${name}`);
  if (use.side === 'any' && beside('Dockerfile')) return true;
  return BESIDE.some((name) => beside(name)?.uses.some(({ port }) => port === registered));
}
