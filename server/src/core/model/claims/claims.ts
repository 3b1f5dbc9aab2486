import type { Claim, ClaimRole, FileFacts } from '../../facts.ts';
import { globMatcher } from '../../glob.ts';
import { grouped, kept } from '../../grouped.ts';
import { dirname } from '../../path.ts';
import { Recent } from '../../recent.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Dependencies, Question } from '../dependencies.ts';
import { byAuthority, governedBy } from '../governance.ts';
import { wordsOf } from '../names.ts';
import { stageOf, stageOfFile } from '../scope.ts';
import { type KnownAs, type Match, namesOf, type Part, ROLES_THAT_MENTION, type Statement } from '../statement.ts';
import { touchedBy } from './claimQuestions.ts';
import { Lookout } from './lookout.ts';
import { Shelf } from './shelf.ts';

/** So many files lie together in most folders. */
const FOLDER = 8;

/** All claims of a workspace, looked up from where a file stands. A change costs what it changes. */
export class Claims {
  readonly #aliases: Settings['aliases'];
  readonly #questions: Dependencies | undefined;
  readonly #documents = new Map<string, FileFacts>();
  /** For each folder that a registry governs the shelves of it and of the folders around it, nearest first. */
  #shelves: ReadonlyMap<string, readonly Shelf[]> = new Map();
  readonly #commonWords = new Map<readonly Shelf[], ReadonlySet<string>>();
  readonly #environments: readonly { holds: (path: string) => boolean; name: string }[];
  /** The one from which something was asked last, and those before it. */
  #lookout: Lookout | undefined;
  readonly #lookouts = new Recent<Lookout>(FOLDER);

  constructor(
    files: Iterable<FileFacts>,
    { aliases, environments }: Pick<Settings, 'aliases' | 'environments'>,
    questions?: Dependencies,
  ) {
    this.#aliases = aliases;
    this.#questions = questions;
    this.#environments = Object.entries(environments).map(([glob, name]) => ({ holds: globMatcher([glob]), name }));
    for (const file of files) if (file.document) this.#documents.set(file.path, file);
    const byFolder = grouped([...this.#documents.values()].filter(isRegistry), governedBy);
    this.#arrange([...byFolder].map(([folder, files]) => this.#newShelf(folder, files)));
  }

  /** Takes a document as it is now, or that it is gone. Says whether others may see something of the change. */
  change(before: FileFacts | undefined, after: FileFacts | undefined): boolean {
    if (before?.document) this.#documents.delete(before.path);
    if (after?.document) this.#documents.set(after.path, after);
    const [was, is] = [before, after].map((file) => (file && isRegistry(file) ? file : undefined));
    const changed = was && is ? this.#replace(was, is) : undefined;
    if (changed !== undefined) return changed;
    this.#questions?.touch(Question.claims, '');
    const folders = new Set([was, is].flatMap((file) => (file ? governedBy(file) : [])));
    if (folders.size === 0) return true;
    const registries = [...this.#documents.values()].filter(
      (file) => isRegistry(file) && folders.has(governedBy(file)),
    );
    const fresh = [...grouped(registries, governedBy)].map(([folder, files]) => this.#newShelf(folder, files));
    const others = [...this.#shelves.values()].flatMap(([own]) => (folders.has(own!.folder) ? [] : own!));
    this.#arrange([...others, ...fresh]);
    this.#questions?.touchAll();
    return true;
  }

  /** Where nothing but claims of a registry may have changed: whether any has. */
  #replace(before: FileFacts, after: FileFacts): boolean | undefined {
    const [shelf] = this.#shelves.get(governedBy(before)) ?? [];
    if (!shelf || governedBy(after) !== shelf.folder || !isSameDocument(before, after)) return undefined;
    const order = shelf.documents.map((file) => (file === before ? after : file));
    if (order.some((file, i) => i > 0 && byAuthority(order[i - 1]!, file) > 0)) return undefined;
    const { tellsAddresses, tellsInside } = shelf;
    const replaced = shelf.replace(before, after);
    if (!replaced) return undefined;
    if (shelf.tellsAddresses !== tellsAddresses || shelf.tellsInside !== tellsInside)
      this.#questions?.touch(Question.kinds, '');
    const { changes, hasOtherWords } = replaced;
    if (hasOtherWords) {
      this.#commonWords.clear();
      this.#questions?.touchAll();
    }
    if (changes.removed.length + changes.added.length + changes.moved.length === 0) return false;
    this.#questions?.touch(Question.claims, '');
    if (this.#questions) for (const one of touchedBy(changes, shelf.prefixes)) this.#questions.touch(...one);
    return true;
  }

  #newShelf(folder: string, files: readonly FileFacts[]): Shelf {
    return new Shelf(folder, files.toSorted(byAuthority), this.#aliases, this.#questions);
  }

  #arrange(shelves: readonly Shelf[]): void {
    const byFolder = new Map(shelves.map((shelf) => [shelf.folder, shelf]));
    const arranged = new Map<string, readonly Shelf[]>();
    for (const { folder } of shelves)
      arranged.set(
        folder,
        foldersAround(folder).flatMap((around) => byFolder.get(around) ?? []),
      );
    this.#shelves = arranged;
    this.#commonWords.clear();
    this.#lookout = undefined;
    this.#lookouts.clear();
  }

  /** The registries that govern a place, nearest first. */
  registriesFor(path: string): FileFacts[] {
    return this.#shelvesFor(path).flatMap((shelf) => shelf.documents);
  }

  /** The same, for who reads all that they say. */
  registriesToRead(path: string): FileFacts[] {
    this.#questions?.ask(Question.claims, '');
    return this.registriesFor(path);
  }

  get references(): readonly FileFacts[] {
    return [...this.#documents.values()].filter((file) => !isRegistry(file)).sort(byAuthority);
  }

  /**
   * The statements about a service, from the nearest registry that knows it; limited to those whose scope reaches the
   * file. Empty when nobody knows it.
   */
  about(names: readonly KnownAs[], path: string): Match[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    for (const shelf of shelves) {
      // The row that fits may be among those that could not be read, so that a likeness tells nothing.
      const { isBroken } = shelf;
      const isSure = ({ claim }: Match) => !isBroken || names.some(({ name }) => isCalled(claim, name));
      const matches = shelf.names.named(names).filter((match) => isSure(match) && isReaching(match, shelf));
      if (matches.length > 0) return matches;
    }
    for (const shelf of shelves) {
      const matches = shelf.names.numbered(names).filter((match) => isReaching(match, shelf));
      if (matches.length > 0) return matches;
    }
    return [];
  }

  /** The statements about the services that lie in the folder of a file, from the nearest registry that has any. */
  beside(path: string): Statement[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    for (const shelf of shelves) {
      const statements = shelf.lyingIn(dirname(path)).filter((statement) => isReaching(statement, shelf));
      if (statements.length > 0) return statements;
    }
    return [];
  }

  /** The statements about parts of a service, such as its `web` or its `console`. */
  parts(names: readonly KnownAs[], path: string): Part[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    return shelves.flatMap((shelf) =>
      shelf.names.parts(names).filter((part) => part.claim.role === 'assignment' && isReaching(part, shelf)),
    );
  }

  /** The statements about a service in the registries around a file, whose scope does not reach it. */
  aboutElsewhere(names: readonly KnownAs[], path: string): Match[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    return shelves.flatMap((shelf) => shelf.names.named(names).filter((statement) => !isReaching(statement, shelf)));
  }

  /** The statements of these roles that cover a port and reach a place, nearest registry first. */
  on(port: number, path: string, roles: readonly ClaimRole[]): Statement[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    return shelves.flatMap((shelf) =>
      shelf.on(port).filter((statement) => roles.includes(statement.claim.role) && isReaching(statement, shelf)),
    );
  }

  /** Whether the registries around a place tell any address, a domain or a path. */
  tellAddresses(path: string): boolean {
    this.#questions?.ask(Question.kinds, '');
    return this.#shelvesFor(path).some((shelf) => shelf.tellsAddresses);
  }

  /** Whether the registries around a place tell any port inside containers. */
  tellInside(path: string): boolean {
    this.#questions?.ask(Question.kinds, '');
    return this.#shelvesFor(path).some((shelf) => shelf.tellsInside);
  }

  /** Whether a registry governs the very folder of a file. */
  isBesideRegistry(path: string): boolean {
    return this.#shelves.has(dirname(path));
  }

  /** What the nearest registry that knows an address, a domain or a path, gives to those who are reached under it. */
  at(address: string, path: string): readonly Statement[] {
    for (const shelf of this.#shelvesFor(path)) {
      const statements = shelf.at(address);
      if (statements.length > 0) return statements;
    }
    return [];
  }

  /** The assignments of an owner in one registry around a place. */
  ownedBy(owner: string, registry: FileFacts, path: string): Statement[] {
    const statements = this.#shelvesFor(path).flatMap((shelf) => shelf.ownedBy(owner));
    return statements.filter(({ file }) => file === registry);
  }

  /** Whether a registry speaks of a port, wherever that holds. */
  isMentioned(port: number, path: string): boolean {
    const isSpokenOf = ({ claim }: Statement) => ROLES_THAT_MENTION.includes(claim.role);
    return this.#shelvesFor(path).some((shelf) => shelf.on(port).some(isSpokenOf));
  }

  /** Every statement that gives a port to somebody, whatever its scope. */
  everywhereOn(port: number, path: string): Statement[] {
    return this.#shelvesFor(path)
      .flatMap((shelf) => shelf.on(port))
      .filter(({ claim }) => claim.role === 'assignment');
  }

  /** The blocks that registries give to groups. */
  ranges(path: string): Statement[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    return shelves.flatMap((shelf) => shelf.blocks.filter((block) => isReaching(block, shelf)));
  }

  /** The blocks that registries give to groups of these names. */
  blocksOf(groups: readonly string[], path: string): Statement[] {
    const { shelves, isReaching } = this.#lookFrom(path);
    return shelves.flatMap((shelf) => shelf.blocksOf(groups).filter((block) => isReaching(block, shelf)));
  }

  /** Whether the names of services in a block begin with some words. */
  isNamedIn(block: Claim, group: string, path: string): boolean {
    return this.#shelvesFor(path).some((shelf) => shelf.isNamedIn(block, group));
  }

  /** Words that tell nothing about the owner in the registries that govern a place. */
  commonWords(path: string): ReadonlySet<string> {
    const shelves = this.#shelvesFor(path);
    return kept(
      this.#commonWords,
      shelves,
      () => new Set(shelves.flatMap((shelf) => [...shelf.commonWords, ...shelf.prefixes])),
    );
  }

  /** The stage for which a file is meant: as the settings say, else as its name says. */
  stageOf(path: string): string | undefined {
    return this.#lookFrom(path).stage;
  }

  #stageOf(path: string): string | undefined {
    const set = this.#environments.find(({ holds }) => holds(path));
    return set ? (stageOf(set.name) ?? set.name) : stageOfFile(path);
  }

  #shelvesFor(path: string): readonly Shelf[] {
    return this.#lookFrom(path).shelves;
  }

  /** What is seen from a file. Most questions come from one file and those beside it. */
  #lookFrom(path: string): Lookout {
    if (this.#lookout?.path !== path)
      this.#lookout = this.#lookouts.kept(path, () => {
        const stage = () => this.#stageOf(path);
        return new Lookout(path, this.#shelvesAround(path), stage);
      });
    return this.#lookout;
  }

  #shelvesAround(path: string): readonly Shelf[] {
    for (let around = path; around !== ''; around = dirname(around)) {
      const shelves = this.#shelves.get(around);
      if (shelves) return shelves;
    }
    return this.#shelves.get('') ?? NO_SHELVES;
  }
}

const NO_SHELVES: readonly Shelf[] = [];

/** A folder and all around it, the innermost first. */
function foldersAround(folder: string): string[] {
  const folders: string[] = [];
  for (let around = folder; around !== ''; around = dirname(around)) folders.push(around);
  return [...folders, ''];
}

function isRegistry({ document }: FileFacts): boolean {
  return document?.authority === 'registry';
}

/** Whether all that others see of a document but its claims is the same. */
function isSameDocument({ document: a }: FileFacts, { document: b }: FileFacts): boolean {
  return a?.isBroken === b?.isBroken && a?.canonical === b?.canonical;
}

/** Whether a claim calls its service so, word for word. */
function isCalled(claim: Claim, name: string): boolean {
  const words = wordsOf(name).join(' ');
  return namesOf(claim).some((own) => wordsOf(own).join(' ') === words);
}
