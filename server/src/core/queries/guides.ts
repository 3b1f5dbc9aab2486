import type { FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { dirname } from '../path.ts';
import { hasPort } from '../ports.ts';
import { saidOtherwise } from './programs.ts';
import type { Stray } from './strays.ts';

/** Ports that servers for development take by themselves, beside whatever a service has. */
const DEVELOPMENT = new Set([4173, 4200, 5173, 5174, 6006]);

/** Files that tell how what lies in a folder is started. */
const BESIDE = (
  'package.json Procfile Procfile.dev Makefile Dockerfile .env .env.example .env.sample .env.local ' +
  'compose.yaml compose.yml docker-compose.yml docker-compose.yaml docker-compose.dev.yml'
).split(' ');

/**
 * The addresses in a document for people or agents that lead to another port than the registry gives the service that is
 * named beside them, and of which nothing else knows.
 */
export function wrongAddressesIn(file: FileFacts, index: Index): Stray[] {
  if (file.uses.length === 0 || (file.kind !== 'guide' && !file.document)) return [];
  return index.usesIn(file.path).flatMap((use) => {
    const instead = use.service === undefined ? [] : saidOtherwise(use.service, use.port, file.path, index);
    return instead.length > 0 && !isElsewhere(use, file.path, index) ? [{ use, instead }] : [];
  });
}

/** Whether the port is known for something, such as the gateway through which the service is reached. */
function isElsewhere({ port }: PlacedUse, path: string, index: Index): boolean {
  // In this order, so that it is known on what the answer rests while files are still being read.
  if (index.publishes(port) || index.isPartial || DEVELOPMENT.has(port)) return true;
  if (index.claims.on(port, path, ['assignment', 'reserved', 'free']).length > 0) return true;
  const folder = dirname(path);
  return BESIDE.some((name) => {
    const uses = index.file(folder === '' ? name : `${folder}/${name}`)?.uses ?? [];
    return uses.some((use) => use.port !== null && hasPort({ ...use, port: use.port }, port));
  });
}
