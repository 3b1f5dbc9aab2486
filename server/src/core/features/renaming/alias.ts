import type { Edit } from '../../finding.ts';
import type { Index } from '../../model/index.ts';
import { PROXIES } from '../../model/mentions.ts';
import type { Statement } from '../../model/statement.ts';
import { upstreamName } from '../../queries/strays.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Setting, withSetting } from '../../settings/settingsEdits.ts';
import type { Refusal } from '../relocation/asked.ts';
import { changed, inEachFile, type SettingsOf, type Trial } from '../relocation/trial.ts';
import { hostsIn } from '../spot.ts';

/** Another name of a service that has to be set, and the files in which it is called so. */
export interface Alias {
  readonly setting: Extract<Setting, { key: 'aliases' }>;
  readonly paths: readonly string[];
}

/** A name in a compose file or one of a proxy, and the rows that are about it. */
interface Known {
  readonly path: string;
  readonly name: string;
  readonly rows: ReadonlySet<string>;
}

/**
 * The other name that has to be set after a renaming: the old one, else the one by which a service was known by the rows.
 * @returns `undefined` where everybody is known as before; a refusal where one name more does not do
 */
export function aliasFor(
  { from, to }: { readonly from: string; readonly to: string },
  edits: readonly Edit[],
  trial: Trial,
  shown: (path: string) => string,
): Alias | Refusal | undefined {
  const before = knownIn(trial.index, trial.settingsOf);
  const index = changed(edits, trial);
  const lost = lostIn(before, knownIn(index, trial.settingsOf));
  if (lost.length === 0) return undefined;
  const paths = [...new Set(lost.map(({ path }) => path))];
  for (const name of new Set([from, ...lost.map((known) => known.name)])) {
    const setting = { key: 'aliases', service: to, name } as const;
    if (lostIn(before, knownIn(index, withAlias(setting, trial.settingsOf))).length === 0) return { setting, paths };
  }
  const { name, path } = lost[0]!;
  return { refused: `Nothing would tell any more that the row is about ${name} (${shown(path)}).` };
}

/** The settings of each file with one alias more. */
export function withAlias(setting: Setting, settingsOf: SettingsOf): SettingsOf {
  const made = new Map<Settings, Settings>();
  return (path) => {
    const before = settingsOf(path);
    const after = made.get(before) ?? withSetting(before, setting);
    made.set(before, after);
    return after;
  };
}

/** The names that have lost a row. A renaming keeps the number and the order of the rows. */
function lostIn(before: readonly Known[], after: readonly Known[]): Known[] {
  const rows = new Map(after.map((known) => [`${known.path}\n${known.name}`, known.rows]));
  return before.filter((known) => {
    const now = rows.get(`${known.path}\n${known.name}`);
    return [...known.rows].some((row) => !now?.has(row));
  });
}

function knownIn(index: Index, settingsOf: SettingsOf): Known[] {
  return inEachFile(index, settingsOf, (path) => {
    const keyOf = ({ claim, file }: Statement) => `${file.path}\n${file.claims.indexOf(claim)}`;
    return namesIn(path, index).map(({ name, known }) => ({ path, name, rows: new Set(known.map(keyOf)) }));
  });
}

function namesIn(path: string, index: Index): { name: string; known: readonly Statement[] }[] {
  const file = index.file(path)!;
  if (file.kind === 'compose') return [...index.comparison(path).matches].map(([name, known]) => ({ name, known }));
  if (!PROXIES.has(file.kind)) return [];
  const groups = index.usesIn(path).flatMap(({ service, role }) => (role === 'listen' ? [] : (service ?? [])));
  const names = new Set([...groups.map(upstreamName), ...hostsIn(file, [], undefined).map(({ host }) => host)]);
  return [...names].map((name) => ({ name, known: index.claims.about([{ name, by: 'name' }], path) }));
}
