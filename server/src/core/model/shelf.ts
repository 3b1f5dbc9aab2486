import type { Claim, FileFacts } from '../facts.ts';
import { basename } from '../path.ts';
import { hasPort } from '../ports.ts';
import { Catalogue } from './catalogue.ts';
import { type ClaimChanges, claimChanges } from './claimChanges.ts';
import { namesToFind, numberedNames } from './claimNames.ts';
import { type Dependencies, Question } from './dependencies.ts';
import { Drawer } from './drawer.ts';
import {
  addNumbered,
  byFiled,
  byPlace,
  type Filed,
  firstWordOf,
  groupsOf,
  isBlock,
  longerNames,
  type Named,
  placesOf,
  type Ranked,
  toStatement,
} from './filed.ts';
import { nameKeys, Rank, wordsOf } from './names.ts';
import { NumberedNames, schemeOf } from './numbered.ts';
import { PortRanges } from './portRanges.ts';
import { commonWords, projectWords } from './sharedWords.ts';
import { type KnownAs, type Match, ownerKey, ownerOf, type Part, type Statement } from './statement.ts';

/** More claims are not taken out one by one: where they share a drawer, each would have all others looked through. */
const MOST_REMOVED = 1000;

/** More claims than any document holds. */
const DOCUMENT = 2 ** 30;

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
  readonly #byKey = this.#catalogueOf<Ranked>((filed) => this.#ranked(filed));
  /** The same for the names that the settings give. */
  #byAlias = new Drawer<Ranked>(byFiled);
  readonly #byPort = this.#catalogue(({ endPort, port }) => (endPort === undefined ? [port] : []));
  readonly #ranges = new PortRanges<Filed>(byPlace);
  /** The blocks that are given to groups, by the words of these. */
  readonly #blocks = this.#catalogue(groupsOf);
  readonly #byAddress = this.#catalogue(({ domains = [], routes = [] }) => [...domains, ...routes]);
  readonly #inside = this.#catalogue(({ side, port }) => (side === 'container' ? [port] : []));
  #allBlocks: readonly Statement[] | undefined;
  /** Assignments by their owners, and by the first words of these. */
  readonly #byOwner = this.#catalogue((claim) => (claim.role === 'assignment' ? [ownerKey(claim)] : []));
  readonly #byFirstWord = this.#catalogue((claim) => (claim.role === 'assignment' ? [firstWordOf(claim)] : []));
  /** By the last segment of the folder in which a row says that its service lies. */
  readonly #byFolder = this.#catalogue(placesOf);
  /** By the first words of longer names. */
  readonly #byBeginning = this.#catalogueOf<Named>(longerNames);
  #numberedNames: NumberedNames<Filed> | undefined;
  readonly #catalogues = [
    this.#byKey,
    this.#byPort,
    this.#blocks,
    this.#byAddress,
    this.#inside,
    this.#byOwner,
    this.#byFirstWord,
    this.#byFolder,
    this.#byBeginning,
  ];

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
    if (removed.length > MOST_REMOVED) return undefined;
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

  #catalogue(keysOf: (claim: Claim) => readonly (string | number)[]): Catalogue<Filed, Filed> {
    const entries = (filed: Filed) => keysOf(filed.claim).map((key) => [key, filed] as const);
    return new Catalogue(
      () => this.#allFiled(),
      entries,
      (filed) => filed,
      byPlace,
    );
  }

  #catalogueOf<V extends { filed: Filed }>(
    entries: (filed: Filed) => Iterable<readonly [string, V]>,
  ): Catalogue<Filed, V> {
    return new Catalogue(
      () => this.#allFiled(),
      entries,
      ({ filed }) => filed,
      byPlace,
    );
  }

  *#allFiled(): Iterable<Filed> {
    for (const filed of this.#filed.values()) yield* filed;
  }

  #add(filed: Filed): void {
    for (const catalogue of this.#catalogues) catalogue.add(filed);
    if (filed.claim.endPort !== undefined) this.#ranges.add(filed);
    if (this.#numberedNames) addNumbered(filed, this.#numberedNames);
  }

  #remove(filed: Filed): void {
    for (const catalogue of this.#catalogues) catalogue.remove(filed);
    if (filed.claim.endPort !== undefined) this.#ranges.remove(filed);
    if (this.#numberedNames) for (const [name] of numberedNames(filed.claim)) this.#numberedNames.remove(name, filed);
  }

  /** Like a catalogue, sorted in when somebody first asks. */
  get #numbered(): NumberedNames<Filed> {
    if (this.#numberedNames) return this.#numberedNames;
    this.#numberedNames = new NumberedNames(byPlace);
    for (const filed of this.#allFiled()) addNumbered(filed, this.#numberedNames);
    return this.#numberedNames;
  }

  /** What the names of a claim can be taken for. */
  #ranked(filed: Filed): (readonly [key: string, value: Ranked])[] {
    return namesToFind(filed.claim).flatMap((name) =>
      [...nameKeys(name, this.prefixes)].map(([key, rank]) => [key, { filed, rank }] as const),
    );
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
        for (const drawer of [this.#byKey, this.#byAlias]) {
          for (const { filed, rank: given } of drawer.get(key)) {
            const rank = given === Rank.alias ? Rank.alias : (Math.max(asked, given, least) as Rank);
            if (rank < top) top = rank;
            const known = best.get(filed);
            if (!known || rank < known.rank) best.set(filed, { filed, rank, by });
          }
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

  /** Whether some owner is reached under a domain or a path. */
  get tellsAddresses(): boolean {
    return !this.#byAddress.isEmpty;
  }

  /** Whether some port is one inside containers. */
  get tellsInside(): boolean {
    return !this.#inside.isEmpty;
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

  #look(catalogue: Catalogue<Filed, Filed>, question: Question, key: string | number): Statement[] {
    this.#questions?.ask(question, key);
    return catalogue.get(key).map(toStatement);
  }
}

/** Whether something is said as often by some claims as by others. */
function isSameIn(some: readonly Claim[], others: readonly Claim[], said: (claim: Claim) => string): boolean {
  return some.length === others.length && some.map(said).sort().join('\n') === others.map(said).sort().join('\n');
}

function areSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
