import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Configuration, isConfig } from '../configuration/configuration.ts';
import { missing } from '../configuration/missing.ts';
import { NamedFiles } from '../configuration/namedFiles.ts';
import { check, mayBeNamed, read, wants } from '../core/analyze.ts';
import type { Refusal } from '../core/facts.ts';
import { type Finding, type Level, sparing } from '../core/finding.ts';
import { isGlob } from '../core/glob.ts';
import { Index } from '../core/model/index.ts';
import { dirname, isWithin } from '../core/path.ts';
import { rules } from '../core/rules/index.ts';
import { merge, noSettings, type Settings } from '../core/settings/settings.ts';
import { copied } from '../core/settings/sources.ts';
import type { Span } from '../core/text.ts';
import { isReallyIn, nodeHost } from '../host/nodeHost.ts';
import { UsageError } from './arguments.ts';
import type { Terminal } from './terminal.ts';

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
interface Manner {
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
  { levels = {}, unsaved, allowsRemote = false, reading = plainReading }: Manner = {},
): Promise<Workspace> {
  const named = unsaved
    ? [{ path: slashes(resolve(cwd, unsaved.name)), isFolder: false }]
    : (paths.length > 0 ? paths : ['.']).map((path) => find(path, cwd));
  const roots = outermost(named.map(({ path, isFolder }) => (isFolder ? path : workspaceAround(path, cwd))));
  const disk = new Disk(reading, allowsRemote);
  const { configuration } = disk;
  const files: string[] = [];
  for (const root of roots) files.push(...(await filesOf(root, disk, cwd)));
  for (const { path, isFolder } of named) if (!isFolder && wants(path)) files.push(path);
  const outside = configuration.outside(roots);

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
  const own = new Set(files);
  const unreadable = await load(new Set([...own, ...outside]), disk, put);
  await disk.named.settled();
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
    missing: missingIn(configuration, { documents: index.documents(), unreadable }, roots, cwd),
    settingsOf: withLevels(levels, configuration),
    isNamed: (path) => configuration.names(path),
    isCopy: (path) => configuration.isCopy(path),
    put,
  };
}

/** The same, and tells the user of registries that are named and missing. */
export async function openAndTell(paths: readonly string[], terminal: Terminal): Promise<Workspace> {
  const workspace = await openWorkspace(paths, terminal.cwd, terminal);
  for (const sentence of workspace.missing) terminal.tell(sentence);
  return workspace;
}

/** What is wrong with registries that are named. Of a config above the roots a glob may mean files that are not read. */
function missingIn(
  configuration: Configuration,
  known: Parameters<typeof missing>[1],
  roots: readonly string[],
  cwd: string,
): string[] {
  return configuration.named.flatMap((entry) => {
    const { config, pattern } = entry;
    const file = config === undefined ? undefined : configuration.file(config);
    const isKnown = !isGlob(pattern.path) || roots.some((root) => isWithin(pattern.folder ?? '', root));
    const message = file && isKnown ? missing(entry, known) : undefined;
    if (!message) return [];
    return [`${placeIn(config!, configuration, file!.spans.get(entry.at), cwd)}: ${message}`];
  });
}

/** The files, and what is set for them. */
class Disk {
  readonly configuration = new Configuration(nodeHost);
  readonly named: NamedFiles;

  constructor(reading: Reading, allowsRemote: boolean) {
    this.named = new NamedFiles(
      { ...nodeHost, readFile: (path) => reading.readFile(path) },
      this.configuration,
      'allow it by --allow-remote',
    );
    this.named.isAllowed = allowsRemote;
  }

  read(path: string): Promise<string | undefined> {
    return this.named.read(path);
  }
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

/** A path as people read it: relative to the working directory, or the URL of which it is a copy. */
export function shortPath(path: string, cwd: string): string {
  const url = nodeHost.remote && copied(path, nodeHost.remote.folder);
  if (url !== undefined) return url;
  return slashes(relative(cwd, path)) || '.';
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
async function filesOf(root: string, disk: Disk, cwd: string): Promise<string[]> {
  const { configuration } = disk;
  await takeConfigs(configsFor(root), disk, cwd);
  const folder = nodeHost.folder(root, {
    // Which of the others are named is known when all configs have been read.
    wants: (path) => mayBeNamed(path) || isConfig(path) || wants(path),
    exclude: configuration.of(`${root}/`).exclude,
  });
  if (folder.refused) throw new UsageError(`${root} is not read, because ${folder.refused}; name a folder in it.`);
  const files = await folder.files();
  await takeConfigs(files.filter(isConfig), disk, cwd);
  return files.filter((path) => (wants(path) || configuration.names(path)) && configuration.includes(path));
}

/** The configs that hold for a folder: its own, and within a repository those above it. */
function configsFor(root: string): string[] {
  const above: string[] = [];
  for (let folder = root; folder !== ''; folder = dirname(folder)) {
    if (existsSync(`${folder}/portolan.yaml`)) above.push(`${folder}/portolan.yaml`);
    if (existsSync(`${folder}/.git`)) return above;
  }
  return above.filter((path) => dirname(path) === root);
}

async function takeConfigs(paths: readonly string[], disk: Disk, cwd: string): Promise<void> {
  const { configuration } = disk;
  for (const path of paths) {
    if (configuration.file(path)) continue;
    // What it says comes from the folder in which it lies, wherever a link may lead.
    const text = isReallyIn(dirname(path), path) ? await nodeHost.readFile(path) : undefined;
    const name = shortPath(path, cwd);
    if (text === undefined)
      throw new UsageError(`${name} cannot be read; make it a text file that you may read, and no link.`);
    configuration.put(path, text);
    const { problems } = configuration.file(path)!;
    const fail = (message: string, at?: Span) => {
      throw new UsageError(`${placeIn(path, configuration, at, cwd)}: ${message}`);
    };
    for (const { span, message } of problems.slice(0, 1)) fail(message, span);
    await takeExtended(disk);
    const { spans } = configuration.file(path)!;
    for (const { at, message } of configuration.troubles(path).slice(0, 1)) fail(message, spans.get(at));
  }
}

/** Reads the files of settings that others extend, and what these extend in turn. */
async function takeExtended(disk: Disk): Promise<void> {
  const { configuration } = disk;
  for (let paths = configuration.unread(); paths.length > 0; paths = configuration.unread()) {
    for (const path of paths) configuration.putExtended(path, await disk.read(path));
  }
}

/** A place in a config, as people read it; its beginning where that is not known. */
function placeIn(config: string, configuration: Configuration, span: Span | undefined, cwd: string): string {
  const { line, column } = configuration.file(config)!.lines.position(span?.start ?? 0);
  return `${shortPath(config, cwd)}:${line + 1}:${column + 1}`;
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
async function load(paths: ReadonlySet<string>, disk: Disk, put: Workspace['put']): Promise<Set<string>> {
  const all = [...paths];
  const unreadable = new Set<string>();
  for (let i = 0; i < all.length; i += BATCH) {
    const batch = all.slice(i, i + BATCH);
    const texts = await Promise.all(batch.map((path) => disk.read(path)));
    for (const [n, path] of batch.entries()) {
      const text = texts[n];
      if (text === undefined) unreadable.add(path);
      else put(path, text);
    }
  }
  return unreadable;
}

/** A path with `/`, as all paths of a workspace are. */
export function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
