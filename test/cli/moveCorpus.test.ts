import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findingsIn, openWorkspace, type Workspace } from '../../server/src/cli/workspace.ts';
import { apply } from '../../server/src/core/edits.ts';
import { freePorts } from '../../server/src/core/features/freePorts.ts';
import { movables } from '../../server/src/core/features/relocation/movables.ts';
import { relocate } from '../../server/src/core/features/relocation.ts';
import type { Edit } from '../../server/src/core/finding.ts';
import { placeAfter } from '../support/moves.ts';

/** Real repositories, where they lie beside the project. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/dev', import.meta.url));
const names = existsSync(corpus) ? readdirSync(corpus).sort() : [];

/** How many moves of one repository are tried. */
const SAMPLE = 3;
/** What refuses the way back is a row or a service that was there before, so that the port was no one's alone. */
const SHARED = / is (?:given to|kept for|not to be used|published by|used by) /;

/** Some of the services that are on a port by themselves, spread over the list. */
function sample(workspace: Workspace) {
  const troubled = new Set(findingsIn(workspace.asked, workspace).flatMap(({ port }) => port ?? []));
  const all = movables(workspace.index);
  const alone = all.filter(
    ({ port }) => !troubled.has(port) && all.filter((other) => other.port === port).length === 1,
  );
  return alone.filter((_, i) => i % Math.ceil(alone.length / SAMPLE) === 0);
}

function change(edits: readonly Edit[], workspace: Workspace): void {
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path);
    workspace.put(path, apply(workspace.texts.get(path)!, own));
  }
}

/** The findings by rule, file and number there: a move changes where they stand. */
function kinds(workspace: Workspace): string[] {
  return findingsIn(workspace.asked, workspace)
    .map(({ rule, path }) => `${path} ${rule}`)
    .sort();
}

describe.skipIf(names.length === 0)('moves in real repositories', () => {
  test.each(names)(
    '%s: bring up nothing new, and can be taken back',
    async (name) => {
      const workspace = await openWorkspace([join(corpus, name)], corpus);
      const { index, texts } = workspace;
      const trial = { ...workspace, text: (path: string) => texts.get(path) };
      const before = kinds(workspace);
      for (const { place, port } of sample(workspace)) {
        index.settings = workspace.settingsOf(place.path);
        const [block] = freePorts(index, place.path, 2, port);
        const free = block?.free[0];
        const moved =
          free === undefined ? undefined : relocate({ path: place.path, offset: place.span.start }, free, trial);
        if (!moved || 'refused' in moved) continue;
        const digits = moved.edits.map(({ path, span }) => texts.get(path)!.slice(span.start, span.end));
        // A service that had drifted from its row is on one port afterwards.
        if (digits.some((was) => was !== String(port))) continue;
        const old = new Map(moved.edits.map(({ path }) => [path, texts.get(path)!]));
        change(moved.edits, workspace);
        const after = kinds(workspace);
        const more = after.filter((kind, i) => after.indexOf(kind) === i && count(kind, after) > count(kind, before));
        expect(more, `${port} to ${free}`).toEqual([]);
        index.settings = workspace.settingsOf(place.path);
        const back = relocate(placeAfter(moved), moved.from, trial);
        if ('refused' in back) expect(back.refused).toMatch(SHARED);
        else change(back.edits, workspace);
        for (const [path, text] of old) {
          if (!('refused' in back)) expect(texts.get(path), `${port} to ${free} and back in ${path}`).toBe(text);
          workspace.put(path, text);
        }
      }
    },
    120_000,
  );
});

function count<T>(one: T, all: readonly T[]): number {
  return all.filter((other) => other === one).length;
}
