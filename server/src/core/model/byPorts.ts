import type { Ports } from '../ports.ts';
import { PortRanges } from './portRanges.ts';

/** So many are looked through as quickly as they are sorted. */
export const FEW = 50;

interface Filed<T> {
  readonly claim: Ports;
  readonly place: number;
  readonly item: T;
}

/** Things that have ports, of which those are found quickly that share one with others, however many there are. */
export class ByPorts<T> {
  readonly #items: readonly T[];
  readonly #ranges: PortRanges<Filed<T>> | undefined;

  /**
   * @param portsOf by what ports a thing is found
   * @param keyOf the same for things of which the first stands for all
   */
  constructor(items: readonly T[], portsOf: (item: T) => readonly (Ports | undefined)[], keyOf: (item: T) => string) {
    this.#items = items;
    if (items.length <= FEW) return;
    this.#ranges = new PortRanges((a, b) => a.place - b.place);
    const seen = new Set<string>();
    for (const [place, item] of items.entries()) {
      const key = keyOf(item);
      for (const claim of seen.has(key) ? [] : portsOf(item)) if (claim) this.#ranges.add({ claim, place, item });
      seen.add(key);
    }
  }

  /** The first that is meant. @param isMeant holds only for what shares a port with these */
  find(ports: Ports, isMeant: (item: T) => boolean): T | undefined {
    if (!this.#ranges) return this.#items.find(isMeant);
    return this.#ranges.firstNear(ports, ({ item }) => isMeant(item))?.item;
  }
}
