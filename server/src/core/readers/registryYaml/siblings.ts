import type { Side } from '../../facts.ts';
import { isPort } from '../../notation/portText.ts';
import { containerKeys, containerWords, hostKeys, hostWords } from '../../vocabulary/keys.ts';
import type { YamlDocument } from '../../yaml.ts';
import type { Item } from './descend.ts';
import { keyMeaning, keyWords } from './keyMeaning.ts';
import { readPorts } from './values.ts';

/** The side of a port under a key that tells none, by the name in the key and the port. */
export type SideBySiblings = (name: string | undefined, port: number) => Side;

/**
 * What the other keys of a map leave to a key that tells no side: beside `internal_port`, `port` is the host's; beside
 * `mapping: "5433:5432"`, `port: 5432` is the container's.
 */
export function sidesBySiblings(document: YamlDocument, items: readonly Item[]): SideBySiblings {
  const sides = new Map<string, Set<Side>>();
  const mappings = new Map<string, { host: number; container: number }>();
  for (const { key, means, value } of items) {
    const scalar = document.scalar(value);
    const read = scalar && readPorts(scalar);
    const name = 'name' in means && means.name !== undefined ? means.name : '';
    if (read?.is === 'mapping') mappings.set(name, { host: read.host.port, container: read.container.port });
    const side = sideOfKey(key);
    if (read && side) sides.set(name, (sides.get(name) ?? new Set()).add(side));
  }
  return (name = '', port) => {
    const beside = sides.get(name);
    if (beside?.size === 1) return beside.has('host') ? 'container' : 'host';
    const mapping = mappings.get(name);
    if (!mapping || mapping.host === mapping.container) return 'any';
    return port === mapping.host ? 'host' : port === mapping.container ? 'container' : 'any';
  };
}

/** Whether a map tells ports of both sides: `{host: 8080, container: 80}`. */
export function haveBothSides(document: YamlDocument, items: readonly Item[]): boolean {
  const isPortOf = (side: Side) => (item: Item) =>
    sideOfKey(item.key) === side && isPort(Number(document.scalar(item.value)?.value));
  return items.some(isPortOf('host')) && items.some(isPortOf('container'));
}

/** The side that a key tells, be it without a word for ports: `host_port`, `{host: 8080, listens_on: 80}`. */
export function sideOfKey(key: string): Side | undefined {
  const means = keyMeaning(key);
  if (means.is === 'port') return means.side === 'any' ? undefined : means.side;
  const phrase = keyWords(key).join(' ');
  if (hostWords.has(phrase) || hostKeys.has(phrase)) return 'host';
  return containerWords.has(phrase) || containerKeys.has(phrase) ? 'container' : undefined;
}
