import type { Level } from '../finding.ts';
import type { Span } from '../text.ts';
import { isMap, isSeq, parseYaml, type YamlDocument, type YamlNode } from '../yaml.ts';
import { type Complaint, Item, present } from './settingItem.ts';
import { extended, type RegistryPattern, registryPattern } from './sourceSettings.ts';
import type { Source } from './sources.ts';

/** What people may set, in `portolan.yaml` or in their editor. */
export interface Settings {
  /** Documents that are registries whatever they look like. */
  readonly registries: readonly RegistryPattern[];
  /** When there are any, only files that match one of these globs are read. */
  readonly include: readonly string[];
  /** Globs of files that are left out, on top of what .gitignore names. `!glob` takes an entry of an outer level off. */
  readonly exclude: readonly string[];
  /** A service's name in the registry → its other names. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Globs of files → the environment that the files belong to. */
  readonly environments: Readonly<Record<string, string>>;
  /** Compose files that are used together, as with `docker compose -f A -f B`. */
  readonly stacks: readonly (readonly string[])[];
  /** Rules → their levels, where they differ from the rules' own. */
  readonly rules: Readonly<Record<string, Level>>;
}

/** Nothing is set. */
export const noSettings: Settings = {
  registries: [],
  include: [],
  exclude: [],
  aliases: {},
  environments: {},
  stacks: [],
  rules: {},
};

const retired = ['archive', 'archives', 'archived', 'old', 'attic', 'graveyard', 'deprecated', 'backups'];

/**
 * What is left out unless someone sets otherwise: files that nobody deploys although they look like it. A copy would be
 * compared with the registry of today, and an old registry would contradict the new one.
 *
 * A folder named `backup`, `legacy`, `dist` or `examples` stays: often it is a service, or all there is.
 */
export const defaultExcludes: readonly string[] = [
  // Kept for the record: `archive/`, `_ARCHIVED/`, `.old/`.
  ...retired.flatMap((name) => [name, name.toUpperCase(), name[0]!.toUpperCase() + name.slice(1)]).map(retiredFolder),
  // Safety copies: `.legacy-backup/`, `env-backups/`, `backup-2024-05-01/`, `nginx.conf.old`, `compose.bak.yaml`.
  '**/{.,_}*backup*/**',
  '**/*[-_.]backups/**',
  '**/backup{-,_}[0-9]*/**',
  '**/*.{bak,old,orig,save}?(.*)',
  '**/* copy?( [0-9]).*',
  // The work of others.
  '**/{vendor,third_party,third-party,node_modules,bower_components,site-packages,.venv,venv,.terraform}/**',
  // Templates from which other machines and projects are made.
  '**/roles/*/{templates,files}/**',
  '**/*{{*}}*/**',
  // Input for tests.
  '**/{testdata,fixtures,__fixtures__,__snapshots__}/**',
  // Documentation of versions gone by, as Docusaurus keeps it.
  '**/versioned_docs/**',
  // The same repository once more: git worktrees, editors' local history, caches.
  '**/{worktrees,.worktrees,.git,.history,.cache}/**',
];

function retiredFolder(name: string): string {
  return `**/?(.|_)${name}/**`;
}

/** The settings of someone who has set nothing. */
export const defaults: Settings = { ...noSettings, exclude: defaultExcludes };

/** Settings on top of others. Lists grow, an entry of the inner settings wins over the outer one of the same name. */
export function merge(outer: Settings, inner: Settings): Settings {
  const isTakenOff = (glob: string) => inner.exclude.includes('!' + glob);
  return {
    registries: [...inner.registries, ...outer.registries],
    include: [...outer.include, ...inner.include],
    exclude: [...outer.exclude.filter((glob) => !isTakenOff(glob)), ...inner.exclude.filter((g) => !g.startsWith('!'))],
    aliases: { ...outer.aliases, ...inner.aliases },
    environments: { ...outer.environments, ...inner.environments },
    stacks: [...outer.stacks, ...inner.stacks],
    rules: { ...outer.rules, ...inner.rules },
  };
}

/** Something wrong in a `portolan.yaml`, in one sentence that says what would be right. */
export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
}

/**
 * Reads the settings of an editor: an object with the keys of {@link Settings}. Takes what is right of it, and says of
 * all else what is wrong with it.
 */
export function parseSettings(
  value: unknown,
  knownRules: readonly string[],
): { settings: Settings; problems: string[] } {
  if (value === undefined || value === null) return { settings: noSettings, problems: [] };
  const complaints: Complaint[] = [];
  const settings = settingsOf(new Item(value, [], complaints), knownRules);
  return { settings, problems: complaints.map(({ message }) => message) };
}

/** Where a `portolan.yaml` names other files, by their names. The text may be broken. */
export function sourceSpans(text: string): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const [document] = parseYaml(text).documents;
  const entryOf = (node: YamlNode | undefined, key: string) =>
    document?.entries(node).findLast((entry) => entry.key === key)?.value;
  for (const key of ['registries', 'extends']) {
    const named = entryOf(document?.root, key);
    for (const item of isSeq(named) ? (document?.items(named) ?? []) : [named]) {
      const path = document?.scalar(isMap(item) ? (entryOf(item, 'path') ?? entryOf(item, 'url')) : item);
      if (path) spans.set(path.value.trim(), path.span);
    }
  }
  return spans;
}

/** What a `portolan.yaml` says. */
export interface ParsedConfig {
  /** Globs stay relative to the file's folder. */
  readonly settings: Settings;
  /** The files whose settings hold where this one says nothing; of two that say something, the later one counts. */
  readonly extends: readonly Source[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads a `portolan.yaml` in the same way. The text may be broken. */
export function parseConfig(text: string, knownRules: readonly string[]): ParsedConfig {
  const { documents, refused } = parseYaml(text);
  const nothing = { settings: noSettings, extends: [], problems: [] };
  if (refused) return { ...nothing, problems: [{ span: nowhere, message: `This file is ${refused}.` }] };
  const [document] = documents;
  if (!document) return nothing;

  const doubled: ConfigProblem[] = [];
  const value = plain(document, document.root, doubled);
  const complaints: Complaint[] = [];
  const sources: Source[] = [];
  const ofFiles = new Map([['extends', (item: Item) => void sources.push(...extended(item))]]);
  const top = new Item(value, [], complaints);
  const settings = value === undefined ? noSettings : settingsOf(top, knownRules, ofFiles);
  const broken = documents.flatMap(({ errors }) => errors);
  const wrong = complaints.slice(0, MAX_PROBLEMS).map((complaint) => placed(complaint, document));
  const complained = [...doubled, ...wrong].sort((a, b) => a.span.start - b.span.start);
  return { settings, extends: sources, problems: broken.length > 0 ? broken : complained };
}

/** Longer lists help nobody, and each entry costs a walk through the file. */
const MAX_PROBLEMS = 100;

/** How each key is read. */
const readers: { [K in keyof Settings]: (item: Item, knownRules: readonly string[]) => Settings[K] } = {
  registries: (item) => present(item.list('a list of files or globs, such as [docs/PORTS.md]').map(registryPattern)),
  include: (item) => item.globs('a list of globs, such as [deploy/**]', 'a glob, such as deploy/**'),
  exclude: (item) => item.globs('a list of globs, such as [legacy/**]', 'a glob, such as legacy/**'),
  aliases: (item) =>
    item.record('a map from services to their other names, such as { orders: [order-api] }', (names) =>
      names.strings('a list of names, such as [order-api]', 'a name, such as order-api'),
    ),
  environments: (item) =>
    item.record('a map from globs to environments, such as { compose.prod.yaml: production }', (name) =>
      name.string('the name of an environment, such as production'),
    ),
  stacks: (item) =>
    item.list('a list of lists of compose files, such as [[compose.yaml, compose.dev.yaml]]').map(stack),
  rules: (item, knownRules) =>
    item.record('a map from rules to levels, such as { port-mismatch: warning }', (level, rule) =>
      knownRules.includes(rule) ? levelOf(level) : level.unknown('rule', knownRules),
    ),
};

/** @param more what is done with keys that are no settings by themselves */
function settingsOf(
  top: Item,
  knownRules: readonly string[],
  more: ReadonlyMap<string, (item: Item) => void> = new Map(),
): Settings {
  const keys = [...more.keys(), ...Object.keys(readers)];
  const settings: Record<string, unknown> = { ...noSettings };
  for (const [key, item] of top.entries(`a map with keys such as ${keys.join(', ')}`)) {
    if (editorOnly.has(key)) continue;
    if (Object.hasOwn(readers, key)) settings[key] = readers[key as keyof Settings](item, knownRules);
    else if (more.has(key)) more.get(key)!(item);
    else item.unknown('setting', keys);
  }
  return settings as unknown as Settings;
}

/** Settings of the editor's side, which come with the others. */
const editorOnly: ReadonlySet<string> = new Set(['trace', 'trusted', 'registersDocuments', 'ports']);

function stack(item: Item): string[] {
  const files = item.strings('a list of compose files, such as [compose.yaml, compose.dev.yaml]', 'a compose file');
  if (files.length === 1) item.expect('two compose files or more');
  return files;
}

/** Every level that a rule can have. */
export const levels: readonly Level[] = ['error', 'warning', 'information', 'hint', 'off'];

function levelOf(item: Item): Level | undefined {
  return levels.find((level) => level === item.value) ?? item.expect(`one of ${levels.join(', ')}`);
}

const nowhere: Span = { start: 0, end: 0 };

/** A YAML node as a plain value; `undefined` for an empty one. Of a key that stands twice the last one counts. */
function plain(document: YamlDocument, node: YamlNode | undefined, doubled: ConfigProblem[]): unknown {
  if (isSeq(node)) return document.items(node).map((item) => plain(document, item, doubled));
  if (!isMap(node)) {
    const scalar = document.scalar(node);
    return scalar?.source === '' ? undefined : scalar?.value;
  }
  const map = new Map<string, unknown>();
  for (const { key, keySpan, value } of document.entries(node)) {
    if (map.has(key)) doubled.push({ span: keySpan, message: `\`${key}\` is set twice; keep one.` });
    map.set(key, plain(document, value, doubled));
  }
  return Object.fromEntries(map);
}

/** Finds the place of a complaint: the value where it is a scalar, else its key. */
function placed({ path, message, ofKey }: Complaint, document: YamlDocument): ConfigProblem {
  let node = document.root;
  let span: Span | undefined;
  for (const step of path) {
    if (typeof step === 'number') {
      node = document.items(node)[step];
    } else {
      const entry = document.entries(node).findLast(({ key }) => key === step);
      span = entry?.keySpan;
      node = entry?.value;
    }
  }
  const value = ofKey ? undefined : document.scalar(node)?.span;
  return { span: value ?? span ?? nowhere, message };
}
