/** What is set for the editor alone: no `portolan.yaml` has these keys. */
export interface Preferences {
  /** Whether ways to ignore a finding are offered beside its fixes. */
  readonly ignoreActions: boolean;
}

/** The keys of the section `portolan` that are no settings of the core. */
const KEYS: readonly string[] = ['codeActions'];

/** Reads the section `portolan` of an editor's settings. */
export function preferencesOf(section: unknown): Preferences {
  return { ignoreActions: at(at(section, 'codeActions'), 'ignore') !== false };
}

/** The section without the preferences. */
export function withoutPreferences(section: unknown): unknown {
  if (!isRecord(section)) return section;
  return Object.fromEntries(Object.entries(section).filter(([key]) => !KEYS.includes(key)));
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
