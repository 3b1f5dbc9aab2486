import type { Claim, FileFacts } from '../facts.ts';
import { basename } from '../path.ts';
import { hasPort } from '../ports.ts';
import { type ClaimChanges, claimChanges } from './claimChanges.ts';
import { beginnings, namesToFind, numberedNames } from './claimNames.ts';
import { type Dependencies, Question } from './dependencies.ts';
import { Drawer } from './drawer.ts';
import { isGeneric, nameKeys, Rank, wordsOf } from './names.ts';
import { NumberedNames, schemeOf } from './numbered.ts';
import { PortRanges } from './portRanges.ts';
import { commonWords, projectWords } from './sharedWords.ts';
import { type KnownAs, type Match, ownerKey, ownerOf, type Part, type Statement } from './statement.ts';

/** A claim in its drawers. Stays the same object when the document around the claim changes. */
interface Filed {
  claim: Claim;
  file: FileFacts;
  /** Where it comes among all claims of the shelf. */
  place: number;
}

/** A claim under one of its names. */
interface Named {
  readonly filed: Filed;
  readonly name: string;
}

/** A claim under what its names can be taken for. */
interface Ranked {
  readonly filed: Filed;
  readonly rank: Rank;
}

/** More claims than any document holds. */
const DOCUMENT = 2 ** 30;

const byPlace = (a: Filed, b: Filed) => a.place - b.place;
const byFiled = (a: { filed: Filed }, b: { filed: Filed }) => byPlace(a.filed, b.filed);

/** The claims of all documents that govern one folder, by whatever is asked for. A change costs what it changes. */
export class Shelf {
  readonly folder: string;
  #documents: readonly FileFacts[];
  readonly prefixes: ReadonlySet<string>;
  readonly #aliases: Readonly<Record<string, readonly string[]>>;
  readonly #questions: Dependencies | undefined;
  /** By the path of the document, in the order of the text. */
  readonly #filed = new Map<string, readonly Filed[]>();
  #commonWords: ReadonlySet<string> | undefined;
  readonly #byKey = new Drawer<Ranked>(byFiled);
  /** The same for the names that the settings give. */
  #byAlias = new Drawer<Ranked>(byFiled);
  readonly #byPort = new Drawer(byPlace);
  readonly #ranges = new PortRanges<Filed>(byPlace);
  /** The blocks that are given to groups, by the words of these. */
  readonly #blocks = new Drawer(byPlace);
  readonly #byAddress = new Drawer(byPlace);
  #allBlocks: readonly Statement[] | undefined;
  /** Assignments by their owners, and by the first words of these. */
  readonly #byOwner = new Drawer(byPlace);
  readonly #byFirstWord = new Drawer(byPlace);
  /** By the last segment of the folder in which a row says that its service lies. */
  readonly #byFolder = new Drawer(byPlace);
  /** By the first words of longer names. */
  readonly #byBeginning = new Drawer<Named>(byFiled);
  readonly #numbered: NumberedNames<Filed>;

  /** @param documents the nearest to authority first */
  constructor(
    folder: string,
    documents: readonly FileFacts[],
    aliases: Readonly<Record<string, readonly string[]>>,
    questions?: Dependencies,
  ) {
    this.folder = folder;
    this.#documents = documents;
    this.#aliases = aliases;
    this.#questions = questions;
    this.#numbered = new NumberedNames(byPlace);
    this.prefixes = projectWords(
      folder,
      documents.flatMap(({ claims }) => claims),
    );
    for (const [n, file] of documents.entries()) {
      const filed = file.claims.map((claim, i): Filed => ({ claim, file, place: n * DOCUMENT + i }));
      for (const one of filed) this.#add(one);
      this.#filed.set(file.path, filed);
    }
    this.#byAlias = this.#aliasKeys();
  }

  /** The documents, the nearest to authority first. */
  get documents(): readonly FileFacts[] {
    return this.#documents;
  }

  /** Whether the text of some document does not parse as a whole. */
  get isBroken(): boolean {
    return this.#documents.some(({ document }) => document?.isBroken);
  }

  /** Words that three or more owners share, and that therefore tell nothing. */
  get commonWords(): ReadonlySet<string> {
    this.#commonWords ??= commonWords(this.#documents);
    return this.#commonWords;
  }

  /**
   * Takes a document as it is now. Says which claims are others, and whether other words are common; `undefined` when so
   * much has changed that only a new shelf is right.
   */
  replace(before: FileFacts, after: FileFacts): { changes: ClaimChanges; hasOtherWords: boolean } | undefined {
    const changes = claimChanges(before, after);
    const { removed, added, first } = changes;
    const n = this.#documents.indexOf(before);
    const known = this.#filed.get(before.path)!;
    const hasNewWords = !isSameIn(removed, added, (claim) => claim.scope.project ?? '');
    if (n < 0 || (hasNewWords && !areSame(this.prefixes, this.#prefixesWith(after)))) return undefined;
    for (const filed of known.slice(first, first + removed.length)) this.#remove(filed);
    this.#documents = this.#documents.with(n, after);
    this.#allBlocks = undefined;
    const fresh = added.map((claim): Filed => ({ claim, file: after, place: 0 }));
    const filed = [...known.slice(0, first), ...fresh, ...known.slice(first + removed.length)];
    for (const [i, one] of filed.entries()) {
      one.claim = after.claims[i]!;
      one.file = after;
      one.place = n * DOCUMENT + i;
    }
    this.#filed.set(after.path, filed);
    for (const one of fresh) this.#add(one);
    if (removed.length + added.length > 0) this.#aliasesAgain();
    const hasOtherOwners = !isSameIn(removed, added, (claim) => `${claim.role} ${ownerOf(claim)}`);
    return { changes, hasOtherWords: hasOtherOwners && this.#countWordsAgain() };
  }

  /** Says whether other words are common now than those that somebody was told. */
  #countWordsAgain(): boolean {
    const told = this.#commonWords;
    if (told) this.#commonWords = commonWords(this.#documents);
    return told !== undefined && !areSame(told, this.commonWords);
  }

  #prefixesWith(after: FileFacts): ReadonlySet<string> {
    const claims = this.#documents.flatMap((file) => (file.path === after.path ? after : file).claims);
    return projectWords(this.folder, claims);
  }

  #add(filed: Filed): void {
    for (const [drawer, key] of this.#drawers(filed.claim)) drawer.add(key, filed);
    for (const [key, rank] of this.#keys(filed.claim)) this.#byKey.add(key, { filed, rank });
    for (const [beginning, name] of beginnings(filed.claim)) this.#byBeginning.add(beginning, { filed, name });
    if (filed.claim.endPort !== undefined) this.#ranges.add(filed);
    for (const [name, owner] of numberedNames(filed.claim)) this.#numbered.add(name, owner, filed);
  }

  #remove(filed: Filed): void {
    const isOfIt = (one: { filed: Filed }) => one.filed === filed;
    for (const [drawer, key] of this.#drawers(filed.claim)) drawer.remove(key, (one) => one === filed);
    for (const [key] of this.#keys(filed.claim)) this.#byKey.remove(key, isOfIt);
    for (const [beginning] of beginnings(filed.claim)) this.#byBeginning.remove(beginning, isOfIt);
    if (filed.claim.endPort !== undefined) this.#ranges.remove(filed);
    for (const [name] of numberedNames(filed.claim)) this.#numbered.remove(name, filed);
  }

  /** Into which drawers a claim belongs, and under what. */
  *#drawers(claim: Claim): Iterable<[Drawer<Filed>, string | number]> {
    if (claim.endPort === undefined) yield [this.#byPort, claim.port];
    const group = isBlock(claim) ? groupOf(claim) : undefined;
    if (group !== undefined) yield [this.#blocks, group];
    for (const address of claim.domains ?? []) yield [this.#byAddress, address];
    for (const address of claim.routes ?? []) yield [this.#byAddress, address];
    if (claim.role !== 'assignment') return;
    yield [this.#byOwner, ownerKey(claim)];
    yield [this.#byFirstWord, wordsOf(claim.container ?? ownerOf(claim))[0] ?? ''];
    if (claim.folder !== undefined && tellsPlace(claim.folder)) yield [this.#byFolder, basename(claim.folder)];
  }

  /** What the names of a claim can be taken for. */
  #keys(claim: Claim): (readonly [key: string, rank: Rank])[] {
    return namesToFind(claim).flatMap((name) => [...nameKeys(name, this.prefixes)]);
  }

  #aliasesAgain(): void {
    if (Object.keys(this.#aliases).length === 0) return;
    for (const key of this.#byAlias.keys()) this.#questions?.touch(Question.name, key as string);
    this.#byAlias = this.#aliasKeys();
    for (const key of this.#byAlias.keys()) this.#questions?.touch(Question.name, key as string);
  }

  #aliasKeys(): Drawer<Ranked> {
    this.#byAlias = new Drawer<Ranked>(byFiled);
    for (const [service, others] of Object.entries(this.#aliases)) {
      const meant = this.#fitting([{ name: service, by: 'alias' }]);
      for (const { filed } of meant) {
        for (const other of others) {
          for (const key of nameKeys(other).keys()) this.#byAlias.add(key, { filed, rank: Rank.alias });
        }
      }
    }
    return this.#byAlias;
  }

  /** The statements whose owner best agrees with one of the names. */
  named(names: readonly KnownAs[]): Match[] {
    return this.#fitting(names).map(({ filed: { claim, file }, rank, by }) => ({ claim, file, rank, by }));
  }

  #fitting(names: readonly KnownAs[]): { filed: Filed; rank: Rank; by: string }[] {
    const best = new Map<Filed, { filed: Filed; rank: Rank; by: string }>();
    let top: number = Number.POSITIVE_INFINITY;
    for (const { name, by, rank: least = Rank.alias } of names) {
      for (const [key, asked] of nameKeys(name, this.prefixes)) {
        this.#questions?.ask(Question.name, key);
        for (const { filed, rank: given } of [...this.#byKey.get(key), ...this.#byAlias.get(key)]) {
          const rank = given === Rank.alias ? Rank.alias : (Math.max(asked, given, least) as Rank);
          if (rank < top) top = rank;
          const known = best.get(filed);
          if (!known || rank < known.rank) best.set(filed, { filed, rank, by });
        }
      }
    }
    return best.size === 0 ? [] : [...best.values()].filter(({ rank }) => rank === top);
  }

  /** The statements about the one owner whose name is a longer form of one of the names, with the same number. */
  numbered(names: readonly KnownAs[]): Match[] {
    for (const { name } of this.#questions ? names : []) {
      const asked = schemeOf(name);
      if (asked === undefined) continue;
      this.#questions?.ask(Question.scheme, asked.scheme);
      this.#questions?.ask(Question.number, asked.number);
    }
    return this.#numbered.named(names);
  }

  /** The statements whose owner is reached under a domain or a path. */
  at(address: string): Statement[] {
    return this.#look(this.#byAddress, Question.address, address);
  }

  /** The assignments of an owner. */
  ownedBy(owner: string): Statement[] {
    return this.#look(this.#byOwner, Question.owner, owner);
  }

  /** The statements about services that lie in a folder, by their own words. */
  lyingIn(folder: string): Statement[] {
    const named = this.#look(this.#byFolder, Question.place, basename(folder));
    return named.filter(({ claim }) => `/${folder}`.endsWith(`/${claim.folder}`));
  }

  /** The statements about owners whose names begin with one of the names, and the words that follow it. */
  parts(names: readonly KnownAs[]): Part[] {
    return names.flatMap(({ name, by }) => {
      const beginning = wordsOf(name).join('');
      this.#questions?.ask(Question.beginning, beginning);
      return this.#byBeginning.get(beginning).map(({ filed: { claim, file }, name: longer }) => {
        const more = wordsOf(longer).filter((_, n, words) => words.slice(0, n).join('').length >= beginning.length);
        return { claim, file, by, more };
      });
    });
  }

  /** Whether the names of services in a block begin with some words. */
  isNamedIn(block: Claim, group: string): boolean {
    this.#questions?.ask(Question.beginning, group);
    return this.#byFirstWord.get(group.split(' ')[0]!).some(
      ({ claim }) =>
        hasPort(block, claim.port) &&
        wordsOf(claim.container ?? ownerOf(claim))
          .join(' ')
          .startsWith(`${group} `),
    );
  }

  /** The blocks of groups of these names, in the order of the documents. */
  blocksOf(groups: readonly string[]): Statement[] {
    const found = groups.flatMap((group) => {
      this.#questions?.ask(Question.block, group);
      return this.#blocks.get(group);
    });
    return found.sort(byPlace).map(toStatement);
  }

  /** The blocks that are given to groups. */
  get blocks(): readonly Statement[] {
    this.#questions?.ask(Question.blocks, '');
    this.#allBlocks ??= this.#documents.flatMap((file) =>
      file.claims.filter(isBlock).map((claim): Statement => ({ claim, file })),
    );
    return this.#allBlocks;
  }

  /** The statements that cover a port. */
  on(port: number): Statement[] {
    const single = this.#look(this.#byPort, Question.port, port);
    const ranges = this.#ranges.on(port);
    return ranges.length > 0 ? [...single, ...ranges.map(toStatement)] : single;
  }

  #look(drawer: Drawer<Filed>, question: Question, key: string | number): Statement[] {
    this.#questions?.ask(question, key);
    return drawer.get(key).map(toStatement);
  }
}

/** What is handed out does not change any more. */
function toStatement({ claim, file }: Filed): Statement {
  return { claim, file };
}

function isBlock({ role, endPort }: Claim): boolean {
  return role === 'range' && endPort !== undefined;
}

/** The words of the group to which a block is given; `undefined` where many things are called so. */
export function groupOf({ service = '' }: Claim): string | undefined {
  const group = wordsOf(service.replace(/[（(].*/su, '')).join(' ');
  return group === '' || isGeneric(group) ? undefined : group;
}

/** `backend` may be any folder of that name; `harbour/backend` and `crane-gate` are one. */
function tellsPlace(folder: string): boolean {
  return folder.includes('/') || !isGeneric(folder);
}

/** Whether something is said as often by some claims as by others. */
function isSameIn(some: readonly Claim[], others: readonly Claim[], said: (claim: Claim) => string): boolean {
  return some.length === others.length && some.map(said).sort().join('\n') === others.map(said).sort().join('\n');
}

function areSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
