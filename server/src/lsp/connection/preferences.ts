/** What people may switch on and off in their editor alone, and how it is when they have said nothing. */
const byDefault = {
  /** How often each row of a registry is used, above the row. */
  codeLens: false,
  /** Owners and resolved variables behind ports. */
  inlayHints: false,
  /** Ways to ignore a finding, beside its fixes. */
  ignoreActions: true,
  /** From URLs to the services that they name. */
  links: true,
  /** The claims of registries, and what nginx defines. */
  outline: true,
  /** Files on other machines that settings name by URL. */
  remote: false,
};

type Preference = keyof typeof byDefault;

/** The editor's own settings, `portolan.codeLens.enabled` and the like. They are no part of `portolan.yaml`. */
export type Preferences = Readonly<Record<Preference, boolean>>;

/**
 * Takes the editor's own settings out of the section `portolan`.
 * @returns them, the settings that are left, and what is wrong with those taken
 */
export function takePreferences(section: unknown): { preferences: Preferences; rest: unknown; problems: string[] } {
  if (typeof section !== 'object' || section === null || Array.isArray(section)) {
    return { preferences: byDefault, rest: section, problems: [] };
  }
  const preferences: Record<string, boolean> = { ...byDefault };
  const rest = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [key, value] of Object.entries(section)) {
    if (!Object.hasOwn(byDefault, key)) rest.set(key, value);
    else if (!isSwitch(value)) problems.push(`\`${key}.enabled\` must be true or false.`);
    else preferences[key] = value.enabled ?? preferences[key]!;
  }
  return { preferences: preferences as Preferences, rest: Object.fromEntries(rest), problems };
}

function isSwitch(value: unknown): value is { readonly enabled?: boolean } {
  if (typeof value !== 'object' || value === null) return false;
  return !('enabled' in value) || value.enabled === undefined || typeof value.enabled === 'boolean';
}
