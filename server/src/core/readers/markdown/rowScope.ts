import type { Scope } from '../../facts.ts';
import { remembered } from '../../remembered.ts';
import { ownCopy } from '../../text.ts';
import { isPlace, namesEnvironment, namesMachine } from '../../vocabulary/environments.ts';
import type { Column } from './column.ts';
import { nameOf } from './names.ts';
import type { Row } from './row.ts';

/** Where a row says that its ports are used; where it does not, the headings say it. */
export function scopeOf(row: Row, column: Column, address: string | undefined): Scope {
  const { scope } = row.context;
  if (!row.layout.hasPlaces && column.environment === undefined && address === undefined) return scope;
  const environment =
    column.environment ??
    placeIn(row.said('environment')?.text) ??
    onlyPlaceIn(row.said('status')?.text ?? '') ??
    scope.environment;
  const machine = row.said('machine')?.text ?? scope.machine;
  const project = row.has('service') || row.has('container') ? row.said('project')?.text : undefined;
  const files = row.said('path')?.text.match(COMPOSE_FILE) ?? [];
  const path = files.length === 1 ? files[0]! : scope.path;
  const bound = address ?? row.said('address')?.text.match(/\d{1,3}(?:\.\d{1,3}){3}/)?.[0];
  const isOwn = environment !== scope.environment || machine !== scope.machine || path !== scope.path;
  // Headings name neither projects nor addresses, and most rows hold where all others of their section do.
  if (!isOwn && project === undefined && bound === undefined) return scope;
  return {
    ...(environment !== undefined && { environment: ownCopy(environment) }),
    ...(machine !== undefined && { machine: ownCopy(machine) }),
    ...(project !== undefined && { project: ownCopy(project) }),
    ...(path !== undefined && { path: ownCopy(path) }),
    ...(bound !== undefined && { address: ownCopy(bound) }),
  };
}

/** Rows that name other folders only say where their code lies; a compose file limits what the row can speak of. */
const COMPOSE_FILE = /(?<![\w./-])[\w./-]+\.ya?ml\b/g;

/** The folder that a row names; a path that begins with a slash may be one of a URL. */
export function folderOf(row: Row): string | undefined {
  const path = row.said('path')?.text.replace(/^\.\/|\/$/g, '');
  return path !== undefined && FOLDER.test(path) && !/\.\w{1,4}$/.test(path) ? path : undefined;
}

const FOLDER = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

function placeIn(text: string | undefined): string | undefined {
  const place = text === undefined || text.length > 40 ? undefined : nameOf(text);
  return place !== undefined && (namesEnvironment(place) || namesMachine(place)) ? place : undefined;
}

/** A status such as `Local dev` or `Demo Server` names a place; `In development` tells how far the work is. */
const onlyPlaceIn = remembered((text): string | undefined => {
  const place = placeIn(text);
  return place !== undefined && isPlace(place) ? place : undefined;
});
