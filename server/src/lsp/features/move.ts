import type { Position, WorkspaceEdit } from 'vscode-languageserver';
import { type FreeBlock, freePorts } from '../../core/features/freePorts.ts';
import { askedSubject } from '../../core/features/relocation/asked.ts';
import { type Movable, movables } from '../../core/features/relocation/movables.ts';
import { type Asked, plan } from '../../core/features/relocation.ts';
import { basename } from '../../core/path.ts';
import { feature } from '../feature.ts';
import { moved, toMoveEdit } from '../move.ts';
import { pathOf, toOffset, toRange } from '../toLsp.ts';
import { heed } from '../workspace/slices.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A place in a document. */
export interface At {
  readonly uri: string;
  readonly position: Position;
}

/** A service that can be moved, at one of the places where its port is written. */
export interface Service extends Omit<Movable, 'place'> {
  readonly at: At;
  /** The name of the file in which it stands. */
  readonly file: string;
}

/** The services that can be moved, for a list to choose from. */
export const servicesFeature = feature({
  method: 'portolan/services',
  async answer(_: unknown, { workspace }, cancel): Promise<Service[]> {
    await workspace.settled();
    heed(cancel);
    return movables(workspace.indexFor('')).flatMap(({ place, ...service }) => {
      const lines = workspace.lines(place.path);
      const at = lines && { uri: workspace.uri(place.path), position: toRange(lines, place.span).start };
      return at ? [{ ...service, at, file: basename(place.path) }] : [];
    });
  },
});

/** What is free beside the port at a place, or in the blocks around a document. */
export interface Free {
  /** The service at the place and its port; absent where none stands there. */
  readonly service?: string;
  readonly port?: number;
  /** Why what stands at the place cannot be moved. */
  readonly refused?: string;
  readonly blocks: readonly FreeBlock[];
}

/** The next free ports: for the service at a position, or without one for something new. */
export const freeFeature = feature({
  method: 'portolan/free',
  async answer({ uri, position, count = 5 }: Partial<At> & { count?: number }, { workspace }): Promise<Free> {
    await workspace.settled();
    const path = uri === undefined ? '' : pathOf(uri);
    const index = workspace.indexFor(path);
    if (position === undefined) return { blocks: freePorts(index, path, count) };
    const subject = askedSubject(askedAt({ uri: uri!, position }, workspace), index, basename);
    if ('refused' in subject) return { refused: subject.refused, blocks: [] };
    const { name: service, port } = subject;
    return { service, port, blocks: freePorts(index, path, count, port) };
  },
});

/** The answer to a move: what is to be changed, or why nothing is. */
export interface Moved {
  readonly edit?: WorkspaceEdit;
  readonly refused?: string;
  /** The new port, when it was only asked whether it can be had. */
  readonly to?: number;
}

/** Moves the service at a place to another port. With `dry` it only tells whether that can be done. */
export const moveFeature = feature({
  method: 'portolan/move',
  async answer({ port, dry, ...at }: At & { port: number; dry?: boolean }, session): Promise<Moved> {
    const { workspace } = session;
    const path = pathOf(at.uri);
    const asked = askedAt(at, workspace);
    const found = dry ? plan(asked, port, workspace.trial(path), basename) : await moved(asked, port, path, workspace);
    if ('refused' in found) return found;
    return dry ? { to: port } : { edit: toMoveEdit(found, session) };
  },
});

function askedAt({ uri, position }: At, workspace: Workspace): Asked {
  const path = pathOf(uri);
  const lines = workspace.look(path)?.file.lines;
  return { path, offset: lines ? toOffset(lines, position) : -1 };
}
