import type { Claim, ClaimRole, FileFacts } from '../facts.ts';
import { globMatcher } from '../glob.ts';
import { kept, push } from '../grouped.ts';
import { basename, dirname, isWithin } from '../path.ts';
import { hasPort } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { byAuthority, governedBy } from './governance.ts';
import { isGeneric, nameKeys, Rank, wordsOf } from './names.ts';
import { NumberedNames } from './numbered.ts';
import { reaches, stageOf, stageOfFile } from './scope.ts';
import { type KnownAs, type Match, namesOf, ownerOf, type Part, type Statement } from './statement.ts';

/** How many words a name may go on to count as a part. */
const LONGEST_PART = 2;

/** The claims of all documents that govern one folder, by name and by port. */
class Shelf {
  readonly folder: string;
  readonly documents: readonly FileFacts[];
  readonly prefixes: ReadonlySet<string>;
  /** Words that three or more owners share, and that therefore tell nothing. */
  readonly commonWords: ReadonlySet<string>;
  readonly #byKey = new Map<string, { statement: Statement; rank: Rank }[]>();
  readonly #byPort = new Map<number, Statement[]>();
  readonly #byAddress = new Map<string, Statement[]>();
  readonly #ranges: Statement[] = [];
  readonly numbered = new NumberedNames();
  /** By the last segment of the folder in which a row says that its service lies. */
  readonly #byFolder = new Map<string, Statement[]>();
  /** By the first words of longer names. */
  readonly #byBeginning = new Map<string, { statement: Statement; more: readonly string[] }[]>();

  constructor(folder: string, documents: readonly FileFacts[], aliases: Readonly<Record<string, readonly string[]>>) {
    this.folder = folder;
    this.documents = documents;
    this.prefixes = projectWords(folder, documents);
    this.commonWords = commonWords(documents);
    for (const file of documents) for (const claim of file.claims) this.#add({ claim, file });
    this.#addAliases(aliases);
  }

  #add(statement: Statement): void {
    const { claim } = statement;
    if (claim.endPort === undefined) push(this.#byPort, claim.port, statement);
    else this.#ranges.push(statement);
    for (const address of [...(claim.domains ?? []), ...(claim.routes ?? [])]) {
      push(this.#byAddress, address, statement);
    }
    if (claim.folder !== undefined && claim.role === 'assignment' && tellsPlace(claim.folder))
      push(this.#byFolder, basename(claim.folder), statement);
    if (claim.role !== 'assignment' && claim.role !== 'former' && claim.role !== 'reserved') return;
    for (const name of namesOf(claim)) {
      for (const [key, rank] of nameKeys(name, this.prefixes)) push(this.#byKey, key, { statement, rank });
      this.#addParts(name, statement);
    }
  }

  #addParts(name: string, statement: Statement): void {
    this.numbered.add(name, statement.claim.container ?? ownerOf(statement.claim), statement);
    const words = wordsOf(name);
    for (let more = 1; more < Math.min(words.length, LONGEST_PART + 1); more++)
      push(this.#byBeginning, words.slice(0, -more).join(''), { statement, more: words.slice(-more) });
  }

  #addAliases(aliases: Readonly<Record<string, readonly string[]>>): void {
    for (const [service, others] of Object.entries(aliases)) {
      const meant = this.named([{ name: service, by: 'alias' }]);
      for (const { claim, file } of meant) {
        for (const other of others) {
          for (const key of nameKeys(other).keys())
            push(this.#byKey, key, { statement: { claim, file }, rank: Rank.alias });
        }
      }
    }
  }

  /** The statements whose owner best agrees with one of the names. */
  named(names: readonly KnownAs[]): Match[] {
    const best = new Map<Claim, Match>();
    for (const { name, by, rank: least } of names) {
      for (const [key, asked] of nameKeys(name, this.prefixes)) {
        for (const { statement, rank: filed } of this.#byKey.get(key) ?? []) {
          const rank = filed === Rank.alias ? Rank.alias : (Math.max(asked, filed, least ?? 0) as Rank);
          const known = best.get(statement.claim);
          if (!known || rank < known.rank) best.set(statement.claim, { ...statement, rank, by });
        }
      }
    }
    const top = Math.min(...[...best.values()].map((match) => match.rank));
    return [...best.values()].filter((match) => match.rank === top);
  }

  /** The statements whose owner is reached under a domain or a path. */
  at(address: string): readonly Statement[] {
    return this.#byAddress.get(address) ?? [];
  }

  /** The statements about services that lie in a folder, by their own words. */
  lyingIn(folder: string): Statement[] {
    return (this.#byFolder.get(basename(folder)) ?? []).filter(({ claim }) =>
      `/${folder}`.endsWith(`/${claim.folder}`),
    );
  }

  /** The statements about owners whose names begin with one of the names, and the words that follow it. */
  parts(names: readonly KnownAs[]): Part[] {
    return names.flatMap(({ name, by }) =>
      (this.#byBeginning.get(wordsOf(name).join('')) ?? []).map(({ statement, more }) => ({ ...statement, by, more })),
    );
  }

  /** The blocks that are given to groups. */
  get ranges(): Statement[] {
    return this.#ranges.filter(({ claim }) => claim.role === 'range');
  }

  /** The statements that cover a port. */
  on(port: number): Statement[] {
    const ranges = this.#ranges.filter(({ claim }) => hasPort(claim, port));
    return [...(this.#byPort.get(port) ?? []), ...ranges];
  }
}

/** All claims of a workspace, looked up from where a file stands. */
export class Claims {
  /** For each folder that a registry governs the shelves of it and of the folders around it, nearest first. */
  readonly #shelves: ReadonlyMap<string, readonly Shelf[]>;
  readonly #commonWords = new Map<readonly Shelf[], ReadonlySet<string>>();
  readonly #references: readonly FileFacts[];
  readonly #environments: readonly { holds: (path: string) => boolean; name: string }[];

  constructor(files: Iterable<FileFacts>, { aliases, environments }: Pick<Settings, 'aliases' | 'environments'>) {
    this.#environments = Object.entries(environments).map(([glob, name]) => ({ holds: globMatcher([glob]), name }));
    const documents = [...files].filter((file) => file.document).sort(byAuthority);
    const byFolder = new Map<string, FileFacts[]>();
    for (const file of documents) if (file.document!.authority === 'registry') push(byFolder, governedBy(file), file);
    const shelves = [...byFolder]
      .map(([folder, files]) => new Shelf(folder, files, aliases))
      .sort((a, b) => b.folder.length - a.folder.length);
    this.#shelves = new Map(
      shelves.map(({ folder }) => [folder, shelves.filter((outer) => isWithin(folder, outer.folder))]),
    );
    this.#references = documents.filter((file) => file.document!.authority === 'reference');
  }

  /** The registries that govern a place, nearest first. */
  registriesFor(path: string): FileFacts[] {
    return this.#shelvesFor(path).flatMap((shelf) => shelf.documents);
  }

  get references(): readonly FileFacts[] {
    return this.#references;
  }

  /**
   * The statements about a service, from the nearest registry that knows it; limited to those whose scope reaches the
   * file. Empty when nobody knows it.
   */
  about(names: readonly KnownAs[], path: string): Match[] {
    const isReaching = this.#reaching(path);
    for (const shelf of this.#shelvesFor(path)) {
      // The row that fits may be among those that could not be read, so that a likeness tells nothing.
      const isBroken = shelf.documents.some(({ document }) => document?.isBroken);
      const isSure = ({ claim }: Match) => !isBroken || names.some(({ name }) => isCalled(claim, name));
      const matches = shelf.named(names).filter((match) => isSure(match) && isReaching(match));
      if (matches.length > 0) return matches;
    }
    for (const shelf of this.#shelvesFor(path)) {
      const matches = shelf.numbered.named(names).filter(isReaching);
      if (matches.length > 0) return matches;
    }
    return [];
  }

  /** The statements about the services that lie in the folder of a file, from the nearest registry that has any. */
  beside(path: string): Statement[] {
    for (const shelf of this.#shelvesFor(path)) {
      const statements = shelf.lyingIn(dirname(path)).filter(this.#reaching(path));
      if (statements.length > 0) return statements;
    }
    return [];
  }

  /** The statements about parts of a service, such as its `web` or its `console`. */
  parts(names: readonly KnownAs[], path: string): Part[] {
    const isReaching = this.#reaching(path);
    return this.#shelvesFor(path).flatMap((shelf) =>
      shelf.parts(names).filter((part) => part.claim.role === 'assignment' && isReaching(part)),
    );
  }

  /** The statements about a service in the registries around a file, whose scope does not reach it. */
  aboutElsewhere(names: readonly KnownAs[], path: string): Match[] {
    const isReaching = this.#reaching(path);
    return this.#shelvesFor(path).flatMap((shelf) => shelf.named(names).filter((statement) => !isReaching(statement)));
  }

  /** The statements of these roles that cover a port and reach a place, nearest registry first. */
  on(port: number, path: string, roles: readonly ClaimRole[]): Statement[] {
    const statements = this.#shelvesFor(path).flatMap((shelf) => shelf.on(port));
    return statements.filter(({ claim }) => roles.includes(claim.role)).filter(this.#reaching(path));
  }

  /** What the nearest registry that knows an address, a domain or a path, gives to those who are reached under it. */
  at(address: string, path: string): readonly Statement[] {
    return (
      this.#shelvesFor(path)
        .map((shelf) => shelf.at(address))
        .find(({ length }) => length > 0) ?? []
    );
  }

  /** The assignments inside a block. */
  within(block: Claim, path: string): Statement[] {
    return this.registriesFor(path).flatMap((file) =>
      file.claims
        .filter((claim) => claim.role === 'assignment' && hasPort(block, claim.port))
        .map((claim) => ({ claim, file })),
    );
  }

  /** Every statement that gives a port to somebody, whatever its scope. */
  everywhereOn(port: number, path: string): Statement[] {
    return this.#shelvesFor(path)
      .flatMap((shelf) => shelf.on(port))
      .filter(({ claim }) => claim.role === 'assignment');
  }

  /** The blocks that registries give to groups. */
  ranges(path: string): Statement[] {
    const stage = this.stageOf(path);
    return this.#shelvesFor(path).flatMap(({ ranges, folder }) =>
      ranges.filter(({ claim }) => reaches(claim.scope, path, stage, folder)),
    );
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
    const set = this.#environments.find(({ holds }) => holds(path));
    return set ? (stageOf(set.name) ?? set.name) : stageOfFile(path);
  }

  /** Tells which statements reach a file. */
  #reaching(path: string): (statement: Statement) => boolean {
    const stage = this.stageOf(path);
    return ({ claim, file }) => reaches(claim.scope, path, stage, governedBy(file));
  }

  #shelvesFor(path: string): readonly Shelf[] {
    for (let around = path; around !== ''; around = dirname(around)) {
      const shelves = this.#shelves.get(around);
      if (shelves) return shelves;
    }
    return this.#shelves.get('') ?? NO_SHELVES;
  }
}

const NO_SHELVES: readonly Shelf[] = [];

/** `backend` may be any folder of that name; `harbour/backend` and `crane-gate` are one. */
function tellsPlace(folder: string): boolean {
  return folder.includes('/') || !isGeneric(folder);
}

/** Whether a claim calls its service so, word for word. */
function isCalled(claim: Claim, name: string): boolean {
  const words = wordsOf(name).join(' ');
  return namesOf(claim).some((own) => wordsOf(own).join(' ') === words);
}

/** Words in front of a name that stand for the project: the project columns, and the folder's own name. */
function projectWords(folder: string, documents: readonly FileFacts[]): ReadonlySet<string> {
  const names = [folder.slice(folder.lastIndexOf('/') + 1)];
  for (const file of documents) for (const claim of file.claims) names.push(claim.scope.project ?? '');
  return new Set(names.map((name) => wordsOf(name)).flatMap((words) => (words.length === 1 ? words : [])));
}

function commonWords(documents: readonly FileFacts[]): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const file of documents) {
    for (const claim of file.claims) {
      if (claim.role !== 'assignment') continue;
      const owner = wordsOf(ownerOf(claim));
      for (const word of owner) {
        const sharing = owners.get(word) ?? new Set();
        owners.set(word, sharing.add(owner.join('')));
      }
    }
  }
  return new Set([...owners].filter(([, sharing]) => sharing.size > 2).map(([word]) => word));
}
