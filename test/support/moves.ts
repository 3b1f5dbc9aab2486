import { expect } from 'vitest';
import { check } from '../../server/src/core/analyze.ts';
import {
  type Asked,
  type Refusal,
  type Relocation,
  relocate,
  type Trial,
} from '../../server/src/core/features/relocation.ts';
import { defaults } from '../../server/src/core/settings/settings.ts';
import { applied, filesOf, indexOf } from './workspace.ts';

/** A workspace in which moves can be tried. */
export function trialOf(files: ReadonlyMap<string, string>): Trial {
  const text = (path: string) => files.get(path);
  return { index: indexOf(files), text, settingsOf: () => defaults, isNamed: () => false };
}

/** What is asked to move in files: a service's name, `SERVICE from PORT`, or a place as `path: a piece of text`. */
function asked(what: string, files: ReadonlyMap<string, string>): Asked {
  const [, path = '', piece = ''] = /^([^ ]+): (.*)$/.exec(what) ?? [];
  if (files.has(path)) {
    const at = files.get(path)!.indexOf(piece);
    expect(at, `${piece} in ${path}`).toBeGreaterThanOrEqual(0);
    return { path, offset: at + piece.length };
  }
  const [, service, from] = /^(.*) from (\d+)$/.exec(what) ?? [];
  return service === undefined ? { service: what } : { service, from: Number(from) };
}

/** Moves what is asked in a workspace drawn in one string. */
function moved(
  picture: string,
  what: string,
  port: number,
): { files: Map<string, string>; result: Relocation | Refusal } {
  const files = filesOf(picture);
  const result = relocate(asked(what, files), port, trialOf(files));
  return { files, result };
}

/** Moves a port and expects these texts; and that moving back gives the old ones again. */
export function moves(before: string, what: string, port: number, after: string): void {
  const { files, result } = moved(before, what, port);
  if ('refused' in result) expect.fail(result.refused);
  const there = applied(files, result.edits);
  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(filesOf(after)));
  const back = relocate(placeAfter(result), result.from, trialOf(there));
  if ('refused' in back) expect.fail(`back: ${back.refused}`);
  expect(Object.fromEntries(applied(there, back.edits))).toEqual(Object.fromEntries(files));
}

/** The place of the first edit of a move, once the move is made. */
export function placeAfter({ edits }: Relocation): { path: string; offset: number } {
  const first = edits[0]!;
  const before = edits.filter(({ path, span }) => path === first.path && span.start < first.span.start);
  const shift = before.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
  return { path: first.path, offset: first.span.start + shift };
}

/** Expects a move to be refused with this sentence. */
export function refuses(picture: string, what: string, port: number, sentence: string): void {
  const { result } = moved(picture, what, port);
  expect('refused' in result ? result.refused : `makes ${result.edits.length} edits`).toBe(sentence);
}

/** The findings of files, each as its rule and file, sorted: where they stand may change with a move. */
export function kindsOfFindings(files: ReadonlyMap<string, string>): string[] {
  const index = indexOf(files);
  return [...files.keys()].flatMap((path) => check(path, index).map(({ rule }) => `${path} ${rule}`)).sort();
}
