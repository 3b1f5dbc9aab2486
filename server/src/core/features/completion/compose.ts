import type { FileFacts } from '../../facts.ts';
import type { Running } from '../../model/services/services.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import type { Completion } from './completion.ts';
import { type Cursor, digitsAt } from './cursor.ts';
import { type Around, hostOffers, listeningOffers, portCompletions } from './offers.ts';
import { type YamlPlace, yamlPlace } from './yamlPlace.ts';

/** An address in front of a published port. A variable counts as one when its default does. */
const ADDRESS = String.raw`(?:(?:\d+\.[\d.]+|localhost|\[[\da-f:.]+\]|\$\{\w+:?-(?:\d+\.[\d.]+|localhost)\}):)?`;
/** A variable whose default is being written. */
const DEFAULT = String.raw`(?:\$\{\w+:?-)?`;
const PUBLISHED = String.raw`(?:\d+|\$\{\w*PORT\w*\}|\$\{\w+:?-\d*\})?`;

/** https://docs.docker.com/reference/compose-file/services/#short-syntax-3 */
const HOST_PART = new RegExp(`^${ADDRESS}${DEFAULT}$`, 'i');
const TARGET_PART = new RegExp(`^${ADDRESS}${PUBLISHED}:${DEFAULT}$`, 'i');
const DEFAULT_PART = new RegExp(`^${DEFAULT}$`);

/** What may follow upon a port: nothing, the end of a variable, the rest of the mapping, a protocol. */
const REST = /^(?:\}?(?::[^:]*(?::[^:]*)?)?(?:\/\w*)?)$/;

/** The ports for a place in a compose file where a port of one of its services is to be written. */
export function completeCompose(cursor: Cursor, file: FileFacts, around: Around): Completion[] {
  const place = yamlPlace(cursor);
  const [top, service, ...keys] = place?.path ?? [];
  if (!place || top !== 'services' || service === undefined || keys.length === 0) return [];
  const side = sideAt(keys.join(' '), place, cursor);
  if (side === undefined) return [];
  const running = runningOf(service, file, around);
  const isOfHost = side === 'host' || running.service.networkMode === 'host';
  const offers = isOfHost ? hostOffers(running, around) : listeningOffers(running, around);
  return portCompletions(offers, digitsAt(cursor).span);
}

/** Whether a port of the host or one of the container is to be written, if any. */
function sideAt(keys: string, { value, rest }: YamlPlace, cursor: Cursor): 'host' | 'container' | undefined {
  const { span } = digitsAt(cursor);
  const lead = value.slice(0, value.length - (cursor.offset - span.start));
  const behind = rest.slice(span.end - cursor.offset);
  if (!REST.test(behind)) return undefined;
  switch (keys) {
    case 'ports -':
      if (HOST_PART.test(lead)) return 'host';
      return TARGET_PART.test(lead) && !behind.includes(':') ? 'container' : undefined;
    case 'ports - published':
      return DEFAULT_PART.test(lead) ? 'host' : undefined;
    case 'ports - target':
    case 'expose -':
      return DEFAULT_PART.test(lead) ? 'container' : undefined;
    default:
      return isOwnPort(keys, lead) ? 'container' : undefined;
  }
}

/** `PORT: …` and `- PORT=…`, under `environment`. */
function isOwnPort(keys: string, lead: string): boolean {
  const [, key] = /^environment (\S+)$/.exec(keys) ?? [];
  if (key === undefined) return false;
  const [, name = '', value = ''] = key === '-' ? (/^(\w+)=(.*)$/.exec(lead) ?? []) : ['', key, lead];
  return ownPortVariables.has(name.toUpperCase()) && DEFAULT_PART.test(value);
}

/** The service of that name; what is typed may have broken its facts. */
function runningOf(name: string, file: FileFacts, { index }: Around): Running {
  const known = index.runningIn(file.path).find(({ service }) => service.name === name);
  const nowhere = { start: 0, end: 0 };
  return known ?? { service: { name, span: nowhere, aliases: [], profiles: [] }, file, uses: [], image: [] };
}
