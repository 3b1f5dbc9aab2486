import { lookup as resolveName } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './publicAddress.ts';

/** How far a download may go. */
export interface Limits {
  /** In bytes. */
  readonly size: number;
  /** For all of it, in milliseconds. */
  readonly time: number;
  readonly redirects: number;
}

/** What differs in tests. */
export interface Reach {
  /** Whether an IP address may be connected to. */
  readonly mayReach: (address: string) => boolean;
  /** Certificates that are trusted instead of the usual ones. */
  readonly ca?: string;
}

/** The internet, as everybody sees it. */
export const internet: Reach = { mayReach: isPublic };

/** Why there is no file, in a sentence without its subject: "because …". */
export class Refused extends Error {}

/** What a server has sent; `undefined` when the file is still the one that the tag stands for. */
export type Download = { readonly body: Buffer; readonly etag: string | undefined } | undefined;

/**
 * Downloads a file over TLS. Redirects are followed to `https:` alone, and each address is checked when it is known by
 * its number and connected to by that number, so that no name can mean another one meanwhile.
 * @param etag of the file that is known: https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
 * @throws {Refused}
 */
export async function download(url: string, etag: string | undefined, limits: Limits, reach: Reach): Promise<Download> {
  const end = new AbortController();
  const seconds = limits.time / 1000;
  const timer = setTimeout(() => end.abort(), limits.time);
  let at = new URL(url);
  try {
    for (let redirects = 0; redirects <= limits.redirects; redirects++) {
      const response = await ask(at, etag, reach, end.signal);
      const next = redirectOf(response, at);
      if (!next) return await received(response, at, limits.size, etag !== undefined);
      response.destroy();
      at = next;
    }
    throw new Refused(`it is redirected more than ${limits.redirects} times; name the address to which it leads.`);
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (end.signal.aborted) throw new Refused(`${at.host} has not sent it within ${seconds} seconds; try again later.`);
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new Refused(`${at.host} cannot be reached (${why}); check the address and the network.`);
  } finally {
    clearTimeout(timer);
  }
}

function ask(url: URL, etag: string | undefined, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A number is not looked up, and so not checked by that.
  if (isIP(host) && !reach.mayReach(host)) throw new Refused(notPublic(url.host, host));
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'portolan',
    ...(etag !== undefined && { 'if-none-match': etag }),
  };
  const options: RequestOptions = { agent: false, headers, signal, lookup: checkedLookup(url.host, reach) };
  return new Promise((resolve, reject) => {
    request(url, { ...options, ...(reach.ca !== undefined && { ca: reach.ca }) }, resolve)
      .on('error', reject)
      .end();
  });
}

/** Looks a name up, and gives no address that may not be reached: what is connected to is what was checked. */
function checkedLookup(host: string, { mayReach }: Reach): LookupFunction {
  return (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const wrong = found.find(({ address }) => !mayReach(address));
      const [first] = found;
      if (wrong || !first) return done(new Refused(notPublic(host, wrong?.address ?? 'nowhere')), '', 0);
      return options.all ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

function notPublic(host: string, address: string): string {
  return `${host} is at ${address}, which is not a public address; share it by npm, git or a path instead.`;
}

/** Where a response sends to, if it does. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  let to: URL;
  try {
    to = new URL(headers.location, from);
  } catch {
    throw new Refused(`${from.host} redirects it to something that is not an address.`);
  }
  if (to.protocol === 'https:' && to.username === '' && to.password === '') return to;
  throw new Refused(`${from.host} redirects it to ${to.protocol}//${to.host}, and only https: is followed.`);
}

/** @param isKnown there is a file that may be the same still */
async function received(response: IncomingMessage, { host }: URL, size: number, isKnown: boolean): Promise<Download> {
  const { statusCode, statusMessage, headers } = response;
  const refuse = (why: string) => {
    response.destroy();
    return new Refused(why);
  };
  if (statusCode === 304 && isKnown) {
    response.destroy();
    return undefined;
  }
  if (statusCode !== 200)
    throw refuse(`${host} answers ${`${statusCode} ${statusMessage}`.trim()}; check the address.`);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw refuse(`${host} sends it as ${encoding}, though it was asked for as it is.`);
  const tooLarge = `it is larger than ${size / 1024} KB; name a smaller file.`;
  if (Number(headers['content-length'] ?? 0) > size) throw refuse(tooLarge);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > size) throw refuse(tooLarge);
    parts.push(part);
  }
  return { body: Buffer.concat(parts), etag: headers.etag };
}
