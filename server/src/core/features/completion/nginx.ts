import type { FileFacts } from '../../facts.ts';
import type { Statement } from '../../model/statement.ts';
import { hostKind } from '../../notation/hostPort.ts';
import type { Completion } from './completion.ts';
import { type Cursor, digitsAt } from './cursor.ts';
import {
  type Around,
  claimed,
  hostOffersOf,
  isOfHost,
  listeningOffers,
  type Offer,
  portCompletions,
  sure,
} from './offers.ts';

const HOST = String.raw`(\[[\da-f:.]+\]|[\w.-]+)`;
const LISTEN = /^\s*listen[ \t]+(?:(?:\[[\da-f:.]+\]|[\w.*-]+):)?$/i;
const PASS = new RegExp(
  String.raw`^\s*(?:(?:(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_)?pass|set[ \t]+\$\w+)[ \t]+["']?(?:[a-z]+://)?${HOST}:$`,
  'i',
);
const SERVER = new RegExp(String.raw`^\s*server[ \t]+${HOST}:$`, 'i');

/** How many ports of the host are listed. */
const MANY = 200;

/** The ports for `listen`, for what traffic is passed to, and for the servers of an upstream group. */
export function completeNginx(cursor: Cursor, file: FileFacts, around: Around): Completion[] {
  const { lead, span, rest } = digitsAt(cursor);
  if (/^[^\s;/"']/.test(rest) || /(?:^|[\s;{}])#/.test(lead)) return [];
  const directive = /(?<![^;{}])[^;{}]*$/.exec(lead)![0];
  return portCompletions(offersFor(directive, cursor, file, around), span);
}

function offersFor(directive: string, cursor: Cursor, file: FileFacts, around: Around): Offer[] {
  if (LISTEN.test(directive)) return listenOffers(file, around);
  const [, passed] = PASS.exec(directive) ?? [];
  if (passed !== undefined) return targetOffers(passed, locationAround(cursor), around);
  const [, server] = SERVER.exec(directive) ?? [];
  const [, group] = /^\s*upstream\s+(\S+)\s*$/.exec(blocksAround(cursor).next().value ?? '') ?? [];
  return server !== undefined && group !== undefined ? targetOffers(server, group, around) : [];
}

/**
 * What the registry gives to nginx. One that sends traffic to its own machine and to no container by its name runs on
 * the host, so that it may take a free port there.
 */
function listenOffers({ uses }: FileFacts, around: Around): Offer[] {
  const { index, path } = around;
  const statements = index.claims.about([{ name: 'nginx', by: 'directive' }], path);
  const hosts = uses.map(({ host }) => hostKind(host ?? ''));
  if (hosts.includes('loopback') && !hosts.includes('name')) return hostOffersOf(statements, around);
  const inside = index.servicesNamed('nginx', path).flatMap((running) => listeningOffers(running, around));
  return inside.length > 0 ? inside : sure(statements.filter(isOfHost).map(claimed));
}

/**
 * The ports on which a container listens, or those that the registry gives on the host: first to whom a name or a path
 * means.
 * @param meant the name of the upstream group, or the path of the location
 */
function targetOffers(host: string, meant: string | undefined, around: Around): Offer[] {
  const { index, path } = around;
  const kind = host.toLowerCase() === 'host.docker.internal' ? 'loopback' : hostKind(host);
  if (kind === 'name') {
    return sure(index.servicesNamed(host, path).flatMap((running) => listeningOffers(running, around)));
  }
  if (kind !== 'loopback') return [];
  const first = meant === undefined ? [] : meantBy(meant, around).filter(isOfHost);
  const all = index.claims
    .registriesFor(path)
    .flatMap((registry) => registry.claims.map((claim): Statement => ({ claim, file: registry })).filter(isOfHost));
  const ascending = all.sort((a, b) => a.claim.port - b.claim.port).slice(0, MANY);
  return [...sure(first.map(claimed)), ...ascending.map(claimed)];
}

function meantBy(meant: string, { index, path }: Around): readonly Statement[] {
  const [, route] = /^(\/[^*]*?)\/?\*?$/.exec(meant) ?? [];
  if (route !== undefined) return index.claims.at(route, path);
  return index.claims.about([{ name: meant, by: 'upstream group' }], path);
}

/** The path of the location around the cursor; none where a pattern stands instead. */
function locationAround(cursor: Cursor): string | undefined {
  for (const header of blocksAround(cursor)) {
    const [, path] = /^\s*location\s+(?:(?:=|\^~)\s*)?(\/\S*)\s*$/.exec(header) ?? [];
    if (path !== undefined) return path;
  }
  return undefined;
}

/** What stands in front of the braces around the cursor, innermost first. */
function* blocksAround({ text, line }: Cursor): Generator<string, undefined> {
  let depth = 0;
  for (let at = line.start - 1; at >= 0; at--) {
    if (text[at] === '}') depth++;
    else if (text[at] === '{' && depth > 0) depth--;
    else if (text[at] === '{') yield /(?<![^;{}\n])[^;{}\n]*$/.exec(text.slice(Math.max(0, at - 300), at))![0];
  }
  return undefined;
}
