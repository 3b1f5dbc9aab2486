import { check, read } from '../../analyze.ts';
import { apply } from '../../edits.ts';
import type { Edit, Finding } from '../../finding.ts';
import type { Index } from '../../model/index.ts';
import type { Settings } from '../../settings/settings.ts';

/** What has to be known of a workspace to try out edits in it. */
export interface Trial {
  readonly index: Index;
  /** The text of a file of the index, without a byte order mark. */
  text(path: string): string | undefined;
  settingsOf(path: string): Settings;
  /** Whether the settings call a file a registry. */
  isNamed(path: string): boolean;
}

/** The settings of each file. */
export type SettingsOf = Trial['settingsOf'];

/**
 * The findings that edits would bring up: those of a fresh check of all files which were not there before, at places
 * counted as the edits move them. The index stays as it is.
 * @param after the settings that count once the edits are made
 */
export function newFindings(edits: readonly Edit[], trial: Trial, after: SettingsOf = trial.settingsOf): Finding[] {
  const found = findingsIn(trial.index, trial.settingsOf);
  const known = new Set(found.map((finding) => keyOf(finding, shiftAt(finding, edits))));
  return findingsIn(changed(edits, trial), after).filter((finding) => !known.has(keyOf(finding, 0)));
}

/** The index as edits would make it. The one that is tried out stays as it is. */
export function changed(edits: readonly Edit[], { index, text, isNamed }: Trial): Index {
  const copy = index.copy();
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const of = edits.filter((edit) => edit.path === path);
    const facts = read(path, apply(text(path) ?? '', of), isNamed(path));
    if (facts) copy.put(facts);
  }
  return copy;
}

/** What is found in all files, each under its own settings. */
export function inEachFile<T>(index: Index, settingsOf: SettingsOf, find: (path: string) => readonly T[]): T[] {
  const paths = [...index.files()].map(({ path }) => path);
  const before = index.settings;
  const found: T[] = [];
  for (const settings of new Set(paths.map(settingsOf))) {
    if (index.settings !== settings) index.settings = settings;
    for (const path of paths) if (settingsOf(path) === settings) found.push(...find(path));
  }
  if (index.settings !== before) index.settings = before;
  return found;
}

function findingsIn(index: Index, settingsOf: SettingsOf): Finding[] {
  return inEachFile(index, settingsOf, (path) => check(path, index, () => {}));
}

/** How far edits of its file move the beginning of a finding. */
function shiftAt({ path, span }: Finding, edits: readonly Edit[]): number {
  return edits
    .filter((edit) => edit.path === path && edit.span.end <= span.start)
    .reduce((sum, edit) => sum + edit.newText.length - (edit.span.end - edit.span.start), 0);
}

function keyOf({ path, rule, span }: Finding, shift: number): string {
  return `${path}\n${rule}\n${span.start + shift}`;
}
