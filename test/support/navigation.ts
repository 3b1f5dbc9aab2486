import { expect } from 'vitest';
import { type Spot, spotAt } from '../../server/src/core/features/spot.ts';
import type { Place } from '../../server/src/core/finding.ts';
import type { Index } from '../../server/src/core/model/index.ts';
import { draw, plain } from './fixture.ts';
import { filesOf, indexOf } from './workspace.ts';

/** Stands right in front of what is under the cursor. */
const CURSOR = '‸';

/** A place that an answer names, and in a word what it is. */
export interface Noted extends Place {
  readonly note: string;
}

/** A workspace with a cursor in it. */
export interface Scene {
  readonly index: Index;
  readonly files: ReadonlyMap<string, string>;
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  /** What stands under the cursor. */
  readonly spot: Spot | undefined;
}

/** Reads a workspace drawn in one string, `--- path` above each file, with a cursor in one of them. */
export function scene(picture: string): Scene {
  const drawn = new Map([...filesOf(picture)].map(([path, text]) => [path, plain(text)]));
  const [path, marked] = [...drawn].find(([, text]) => text.includes(CURSOR))!;
  const files = new Map([...drawn].map(([name, text]) => [name, text.replace(CURSOR, '')]));
  const index = indexOf(files);
  const [text, offset] = [files.get(path)!, marked.indexOf(CURSOR)];
  return { index, files, path, text, offset, spot: spotAt(index, path, offset, text) };
}

/** Asks something at the cursor of a picture, and expects exactly the places that its carets mark: `^^^^ use`. */
export function leadsTo(picture: string, ask: (scene: Scene & { spot: Spot }) => readonly Noted[]): void {
  const { spot, ...rest } = scene(picture);
  expect(spot, 'nothing is known of what is under the cursor').toBeDefined();
  const found = ask({ ...rest, spot: spot! });
  const drawn = [...rest.files].map(([path, text]) => {
    const notes = found.filter((place) => place.path === path);
    return `--- ${path}\n${draw(text, notes)}`;
  });
  const expected = [...filesOf(picture)].map(([path, text]) => `--- ${path}\n${text.replace(CURSOR, '')}`);
  expect(drawn.join('')).toBe(expected.join(''));
}
