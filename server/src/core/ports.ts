/** A port, or a range of ports with its last one. */
export interface Ports {
  readonly port: number;
  /** Inclusive. */
  readonly endPort?: number;
}

/** The last port of a range; of a single port that port. */
export function lastOf({ port, endPort = port }: Ports): number {
  return endPort;
}

/** Whether a port is among these. */
export function hasPort({ port, endPort = port }: Ports, asked: number): boolean {
  return port <= asked && asked <= endPort;
}

/** Whether all ports of one lie in the other. */
export function holds(outer: Ports, inner: Ports): boolean {
  return outer.port <= inner.port && lastOf(inner) <= lastOf(outer);
}

/** Whether some ports hold all of the others, whichever of the two. */
export function covers(some: Ports, others: Ports): boolean {
  return holds(some, others) || holds(others, some);
}

/** What is left of a range when these are taken, in ascending order. */
export function gapsIn(range: Ports, taken: readonly Ports[]): Ports[] {
  const gaps: Ports[] = [];
  let next = range.port;
  const upTo = (last: number) => {
    if (next <= last) gaps.push(next === last ? { port: next } : { port: next, endPort: last });
  };
  for (const one of [...taken].sort((a, b) => a.port - b.port)) {
    upTo(Math.min(one.port - 1, lastOf(range)));
    next = Math.max(next, lastOf(one) + 1);
  }
  upTo(lastOf(range));
  return gaps;
}
