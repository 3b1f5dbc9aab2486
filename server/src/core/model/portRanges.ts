import { hasPort, lastOf, type Ports } from '../ports.ts';

/** How many ports share a drawer. Most blocks are given by the hundred. */
const WIDTH = 64;

/** Ranges of ports, looked up by a port that they hold. */
export class PortRanges<T extends { readonly claim: Ports }> {
  readonly #drawers = new Map<number, T[]>();
  readonly #order: (a: T, b: T) => number;

  /** @param order in which order ranges are given back */
  constructor(order: (a: T, b: T) => number) {
    this.#order = order;
  }

  add(range: T): void {
    for (const drawer of drawersOf(range.claim)) {
      const others = this.#drawers.get(drawer);
      if (others === undefined) this.#drawers.set(drawer, [range]);
      else {
        others.push(range);
        if (this.#order(others.at(-2)!, range) > 0) others.sort(this.#order);
      }
    }
  }

  /** Takes back what was added, while its ports are still the same. */
  remove(range: T): void {
    for (const drawer of drawersOf(range.claim)) {
      const others = this.#drawers.get(drawer)!.filter((other) => other !== range);
      if (others.length > 0) this.#drawers.set(drawer, others);
      else this.#drawers.delete(drawer);
    }
  }

  /** The first of the ranges near some ports that is meant. Ranges which share a port with these are always near. */
  firstNear(ports: Ports, isMeant: (range: T) => boolean): T | undefined {
    const near = [...drawersOf(ports)].map((drawer) => this.#drawers.get(drawer)?.find(isMeant));
    return near.flatMap((range) => range ?? []).sort(this.#order)[0];
  }

  /** The ranges that hold a port. */
  on(port: number): readonly T[] {
    return this.#drawers.get(Math.floor(port / WIDTH))?.filter(({ claim }) => hasPort(claim, port)) ?? [];
  }
}

function* drawersOf(ports: Ports): Iterable<number> {
  for (let at = Math.floor(ports.port / WIDTH); at <= Math.floor(lastOf(ports) / WIDTH); at++) yield at;
}
