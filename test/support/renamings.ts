import { expect } from 'vitest';
import type { Refusal } from '../../server/src/core/features/relocation/asked.ts';
import { withAlias } from '../../server/src/core/features/renaming/alias.ts';
import { type NamePlace, type Renaming, rename } from '../../server/src/core/features/renaming.ts';
import type { Edit } from '../../server/src/core/finding.ts';
import { defaults, type Settings } from '../../server/src/core/settings/settings.ts';
import { trialOf } from './moves.ts';
import { applied, filesOf, indexOf } from './workspace.ts';

/** The place right behind the first such text of a file. */
export function placeOf(files: ReadonlyMap<string, string>, path: string, piece: string): NamePlace {
  const at = files.get(path)!.indexOf(piece);
  expect(at, `${piece} in ${path}`).toBeGreaterThanOrEqual(0);
  return { path, offset: at + piece.length };
}

/** Gives another name at a place, under settings. */
export function renamedAt(
  files: ReadonlyMap<string, string>,
  place: NamePlace,
  to: string,
  settings: Settings = defaults,
): Renaming | Refusal {
  return rename(place, to, { ...trialOf(files), index: indexOf(files, settings), settingsOf: () => settings });
}

/** The settings once the alias of a renaming is set. */
export function settingsAfter({ alias }: Renaming, settings: Settings = defaults): Settings {
  return alias ? withAlias(alias.setting, () => settings)('') : settings;
}

/** Where the text stands once all edits are made that was replaced at a place. */
export function placeAfter(edits: readonly Edit[], { path, offset }: NamePlace): NamePlace {
  const before = edits.filter((edit) => edit.path === path && edit.span.end < offset);
  return {
    path,
    offset: before.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), offset),
  };
}

/**
 * Renames at `path: a piece of text` in a workspace drawn in one string, and expects these texts, and this alias as
 * `name → other name`; then renames back and expects the old texts.
 */
export function renames(before: string, what: string, to: string, after: string, alias?: string): void {
  const files = filesOf(before);
  const [, path = '', piece = ''] = /^([^ ]+): (.*)$/.exec(what) ?? [];
  const place = placeOf(files, path, piece);
  const result = renamedAt(files, place, to);
  if ('refused' in result) expect.fail(result.refused);
  const there = applied(files, result.edits);
  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(filesOf(after)));
  expect(result.alias && `${result.alias.setting.service} → ${result.alias.setting.name}`).toBe(alias);
  const own = result.edits.find((edit) => edit.path === path && edit.span.start <= place.offset)!;
  const back = renamedAt(
    there,
    placeAfter(result.edits, { path, offset: own.span.start }),
    result.from,
    settingsAfter(result),
  );
  if ('refused' in back) expect.fail(`back: ${back.refused}`);
  expect(Object.fromEntries(applied(there, back.edits))).toEqual(Object.fromEntries(files));
}

/** Expects a renaming to be refused with this sentence. */
export function keepsName(picture: string, what: string, to: string, sentence: string, settings?: Settings): void {
  const files = filesOf(picture);
  const [, path = '', piece = ''] = /^([^ ]+): (.*)$/.exec(what) ?? [];
  const result = renamedAt(files, placeOf(files, path, piece), to, settings);
  expect('refused' in result ? result.refused : `makes ${result.edits.length} edits`).toBe(sentence);
}
