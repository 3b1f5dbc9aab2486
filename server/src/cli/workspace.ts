import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Configuration, isConfig } from '../configuration/configuration.ts';
import { check, mayBeNamed, read, wants } from '../core/analyze.ts';
import type { Refusal } from '../core/facts.ts';
import { type Finding, type Level, sparing } from '../core/finding.ts';
import { Index } from '../core/model/index.ts';
import { dirname, isWithin, slashes } from '../core/path.ts';
import { rules } from '../core/rules/index.ts';
import { merge, noSettings, type Settings } from '../core/settings/settings.ts';
import { nodeHost } from '../host/nodeHost.ts';
import { Configs, configsFor } from './configs.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** The names of all rules. */
export const ruleIds: readonly string[] = rules.map(({ id }) => id);

/** How many files are read at a time. */
const BATCH = 32;

/** What was asked for, and all that has to be known to answer. Paths are absolute, with `/`. */
export interface Workspace {
  readonly cwd: string;
  /** The folders that were read. */
  readonly roots: readonly string[];
  readonly index: Index;
  /** The text of every file in the index, without a byte order mark. */
  readonly texts: Map<string, string>;
  /** The files that were asked for, sorted. */
  readonly asked: readonly string[];
  /** Files that were named and hold nothing that can be read. */
  readonly unread: readonly string[];
  /** Files that were asked for and whose text was not read → why not. */
  readonly refused: ReadonlyMap<string, Refusal>;
  /** What is wrong with registries that a portolan.yaml names, in sentences. */
  readonly missing: readonly string[];
  /** The same object for all files that have the same settings. */
  settingsOf(path: string): Settings;
  /** Whether a config names a file as a registry. */
  isNamed(path: string): boolean;
  /** Whether a file is the copy of one that others keep. */
  isCopy(path: string): boolean;
  /** Takes the text of a file. Whether anything in it could be read. */
  put(path: string, text: string): boolean;
}

/** How files are read. */
export interface Reading {
  /** As {@link Host.readFile}. */
  readFile(path: string): Promise<string | undefined>;
  /** As {@link read}. */
  read: typeof read;
}

const plainReading: Reading = { readFile: nodeHost.readFile, read };

/** A file whose text is not on the disk. */
export interface Unsaved {
  /** Its path, relative to the working directory. */
  readonly name: string;
  readonly text: string;
}

/** How a workspace is read. */
interface Options {
  /** Of rules, which count more than those of any config. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** With the text that it is to be taken to have, whether it exists or not; nothing else is asked for. */
  readonly unsaved?: Unsaved | undefined;
  /** Files may be read from other machines. */
  readonly allowsRemote?: boolean;
  /** Without it, all files are read anew. */
  readonly reading?: Reading;
}

/**
 * Reads what the paths name, relative to the working directory. A folder is read with all in it and nothing else. For
 * a file the workspace around it is read, because no file alone tells who owns a port.
 */
export async function openWorkspace(
  paths: readonly string[],
  cwd: string,
  { levels = {}, unsaved, allowsRemote = false, reading = plainReading }: Options = {},
): Promise<Workspace> {
  const named = unsaved
    ? [{ path: slashes(resolve(cwd, unsaved.name)), isFolder: false }]
    : (paths.length > 0 ? paths : ['.']).map((path) => find(path, cwd));
  const roots = outermost(named.map(({ path, isFolder }) => (isFolder ? path : workspaceAround(path, cwd))));
  const configs = new Configs(cwd, (path) => reading.readFile(path), allowsRemote);
  const { configuration } = configs;
  const files: string[] = [];
  for (const root of roots) files.push(...(await filesOf(root, configs)));
  for (const { path, isFolder } of named) if (!isFolder && wants(path)) files.push(path);
  const outside = configuration.outside(roots);
  const own = new Set(files);
  const { index, texts, refused, put } = contents(reading, configuration, outside);
  const unreadable = await load(new Set([...own, ...outside]), configs, put);
  await configs.settled();
  if (unsaved) put(named[0]!.path, unsaved.text.replace(/^\ufeff/, ''));
  const isRead = (path: string) => texts.has(path) || refused.has(path);
  // What lies in a package is not for the one who uses it to mend.
  const isOwn = (path: string) => own.has(path) || !outside.includes(path);
  const isAsked = (path: string) => isOwn(path) && named.some((one) => isWithin(path, one.path));
  return {
    cwd,
    roots,
    index,
    texts,
    asked: [...texts.keys()].filter(isAsked).sort(),
    unread: named.filter(({ path, isFolder }) => !isFolder && !isRead(path)).map(({ path }) => path),
    refused: new Map([...refused].filter(([path]) => isAsked(path)).sort()),
    missing: configs.missing({ documents: index.documents(), unreadable }, roots),
    settingsOf: withLevels(levels, configuration),
    isNamed: (path) => configuration.names(path),
    isCopy: (path) => configuration.isCopy(path),
    put,
  };
}

/** What is in the files, as they are put. */
function contents(
  reading: Reading,
  configuration: Configuration,
  outside: readonly string[],
): Pick<Workspace, 'index' | 'texts' | 'put'> & { readonly refused: Map<string, Refusal> } {
  const index = new Index();
  const texts = new Map<string, string>();
  const refused = new Map<string, Refusal>();
  const put = (path: string, text: string) => {
    const facts = reading.read(path, text, configuration.names(path));
    if (facts?.refused) {
      refused.set(path, facts.refused);
      return false;
    }
    if (facts) index.put(facts, outside.includes(path));
    else index.delete(path);
    if (facts) texts.set(path, text);
    return facts !== undefined;
  };
  return { index, texts, refused, put };
}

/** The same as {@link openWorkspace}, and tells the user of registries that are named and missing. */
export async function openAndTell(paths: readonly string[], terminal: Terminal): Promise<Workspace> {
  const workspace = await openWorkspace(paths, terminal.cwd, terminal);
  for (const sentence of workspace.missing) terminal.tell(sentence);
  return workspace;
}

/** The findings in files, in the order of the files. */
export function findingsIn(
  paths: readonly string[],
  { index, settingsOf, isCopy = () => false }: Pick<Workspace, 'index' | 'settingsOf'> & Partial<Workspace>,
): Finding[] {
  const found = new Map<string, Finding[]>();
  // Other settings make the index start anew, so files with the same ones are checked together.
  for (const settings of new Set(paths.map(settingsOf))) {
    index.settings = settings;
    for (const path of paths) {
      if (settingsOf(path) !== settings) continue;
      found.set(
        path,
        check(path, index).map((finding) => sparing(finding, isCopy)),
      );
    }
  }
  return paths.flatMap((path) => found.get(path) ?? []);
}

function find(path: string, cwd: string): { path: string; isFolder: boolean } {
  const absolute = slashes(resolve(cwd, path));
  const about = statSync(absolute, { throwIfNoEntry: false });
  if (!about) throw new UsageError(`There is no file or folder ${path}; name one that exists.`);
  return { path: absolute, isFolder: about.isDirectory() };
}

/** The nearest folder with a repository or a config in it; else the working directory, if it is above the path. */
export function workspaceAround(path: string, cwd: string): string {
  for (let folder = dirname(path); folder !== ''; folder = dirname(folder)) {
    if (existsSync(`${folder}/.git`) || existsSync(`${folder}/portolan.yaml`)) return folder;
  }
  return isWithin(path, cwd) ? cwd : dirname(path);
}

function outermost(folders: readonly string[]): string[] {
  const all = [...new Set(folders)];
  return all.filter((folder) => !all.some((other) => other !== folder && isWithin(folder, other)));
}

/** The files of a folder that hold ports, as the configs in it and above it let them be read. */
async function filesOf(root: string, configs: Configs): Promise<string[]> {
  const { configuration } = configs;
  await configs.take(configsFor(root));
  const folder = nodeHost.folder(root, {
    // Which of the others are named is known when all configs have been read.
    wants: (path) => mayBeNamed(path) || isConfig(path) || wants(path),
    exclude: configuration.of(`${root}/`).exclude,
  });
  if (folder.refused) throw new UsageError(`${root} is not read, because ${folder.refused}; name a folder in it.`);
  const files = await folder.files();
  await configs.take(files);
  return files.filter((path) => (wants(path) || configuration.names(path)) && configuration.includes(path));
}

function withLevels(rules: Readonly<Record<string, Level>>, configuration: Configuration): (path: string) => Settings {
  const known = new Map<Settings, Settings>();
  return (path) => {
    const settings = configuration.of(path);
    const leveled = known.get(settings) ?? merge(settings, { ...noSettings, rules });
    known.set(settings, leveled);
    return leveled;
  };
}

/** Reads files. Gives those of which there is no text. */
async function load(paths: ReadonlySet<string>, configs: Configs, put: Workspace['put']): Promise<Set<string>> {
  const all = [...paths];
  const unreadable = new Set<string>();
  for (let i = 0; i < all.length; i += BATCH) {
    const batch = all.slice(i, i + BATCH);
    const texts = await Promise.all(batch.map((path) => configs.read(path)));
    for (const [n, path] of batch.entries()) {
      const text = texts[n];
      if (text === undefined) unreadable.add(path);
      else put(path, text);
    }
  }
  return unreadable;
}
