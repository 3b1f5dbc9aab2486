import type { Place } from '../../finding.ts';
import type { Index } from '../../model/index.ts';
import { hostUses } from '../../model/services/services.ts';
import { ownerOf } from '../../model/statement.ts';
import { isMovable } from './subject.ts';

/** A service with a port that can be moved. */
export interface Movable {
  readonly service: string;
  readonly port: number;
  /** Where the port is written: in a registry if one tells it. */
  readonly place: Place;
}

/** Every service with each of its ports on the host, by name. Registries come first, and what repeats them is left out. */
export function movables(index: Index): Movable[] {
  const found = new Map<string, Movable>();
  const add = (service: string, port: number, place: Place) => {
    const key = `${service.toLowerCase()}\n${port}`;
    if (!found.has(key)) found.set(key, { service, port, place });
  };
  const documents = [...index.files()].filter(({ document }) => document !== undefined);
  const told = new Set<string>();
  for (const file of documents.sort((a, b) => standing(a.document) - standing(b.document))) {
    for (const claim of file.claims) {
      if (!isMovable(claim) || claim.side === 'container') continue;
      add(ownerOf(claim), claim.port, { path: file.path, span: claim.span });
    }
  }
  for (const file of index.files()) {
    if (file.kind !== 'compose') continue;
    const { services, matches } = index.comparison(file.path);
    for (const running of services) {
      const known = matches.get(running.service.name) ?? [];
      for (const { port, endPort, path, span } of hostUses(running)) {
        const isTold = endPort !== undefined || known.some(({ claim }) => claim.port === port && isMovable(claim));
        const key = `${path}\n${span.start}`;
        if (!isTold && !told.has(key)) add(running.service.name, port, { path, span });
        told.add(key);
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : a.port - b.port));
}

function standing(document: { authority: string } | undefined): number {
  return document?.authority === 'registry' ? 0 : 1;
}
