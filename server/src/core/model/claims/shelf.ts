import type { Claim, FileFacts } from '../../facts.ts';
import { basename } from '../../path.ts';
import { hasPort } from '../../ports.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Dependencies, Question } from '../dependencies.ts';
import { wordsOf } from '../names.ts';
import { PortRanges } from '../portRanges.ts';
import { ownerKey, ownerOf, type Statement } from '../statement.ts';
import { Catalogue } from './catalogue.ts';
import { type ClaimChanges, claimChanges } from './claimChanges.ts';
import { byPlace, type Filed, firstWordOf, groupsOf, isBlock, placesOf, toStatement } from './filed.ts';
import { NamedClaims } from './namedClaims.ts';
import { commonWords, projectWords } from './sharedWords.ts';

/** More claims are not taken out one by one: where they share a drawer, each would have all others looked through. */
const MOST_REMOVED = 1000;

/** More claims than any document holds. */
const DOCUMENT = 2 ** 30;

/** The claims of all documents that govern one folder, by whatever is asked for. A change costs what it changes. */
export class Shelf {
  readonly folder: string;
  #documents: readonly FileFacts[];
  readonly prefixes: ReadonlySet<string>;
  readonly #questions: Dependencies | undefined;
  /** By the path of the document, in the order of the text. */
  readonly #filed = new Map<string, readonly Filed[]>();
  #commonWords: ReadonlySet<string> | undefined;
  #allBlocks: readonly Statement[] | undefined;
  /** By the names of owners. */
  readonly names: NamedClaims;
  readonly #byPort = this.#catalogue(({ endPort, port }) => (endPort === undefined ? [port] : []));
  readonly #ranges = new PortRanges<Filed>(byPlace);
  /** The blocks that are given to groups, by the words of these. */
  readonly #blocks = this.#catalogue(groupsOf);
  readonly #byAddress = this.#catalogue(addressesOf);
  /** Assignments by their owners, and by the first words of these. */
  readonly #byOwner = this.#catalogue((claim) => (claim.role === 'assignment' ? [ownerKey(claim)] : []));
  readonly #byFirstWord = this.#catalogue((claim) => (claim.role === 'assignment' ? [firstWordOf(claim)] : []));
  /** By the last segment of the folder in which a row says that its service lies. */
  readonly #byFolder = this.#catalogue(placesOf);
  readonly #catalogues = [
    this.#byPort,
    this.#blocks,
    this.#byAddress,
    this.#byOwner,
    this.#byFirstWord,
    this.#byFolder,
  ];
  /** How many claims tell an address, and how many a port inside containers. */
  #addressed = 0;
  #inside = 0;

  /** @param documents the nearest to authority first */
  constructor(folder: string, documents: readonly FileFacts[], aliases: Settings['aliases'], questions?: Dependencies) {
    this.folder = folder;
    this.#documents = documents;
    this.#questions = questions;
    this.prefixes = projectWords(
      folder,
      documents.flatMap(({ claims }) => claims),
    );
    this.names = new NamedClaims(() => this.#allFiled(), this.prefixes, aliases, questions);
    for (const [n, file] of documents.entries()) {
      const filed = file.claims.map((claim, i): Filed => ({ claim, file, place: n * DOCUMENT + i }));
      for (const one of filed) this.#count(one, 1);
      this.#filed.set(file.path, filed);
    }
    this.names.refreshAliases();
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
    if (removed.length + added.length > 0) this.names.refreshAliases();
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

  #catalogue(keysOf: (claim: Claim) => readonly (string | number)[]): Catalogue<Filed> {
    return new Catalogue(
      () => this.#allFiled(),
      ({ claim }) => keysOf(claim),
      byPlace,
    );
  }

  #allFiled(): readonly Filed[] {
    return [...this.#filed.values()].flat();
  }

  #add(filed: Filed): void {
    this.names.add(filed);
    for (const catalogue of this.#catalogues) catalogue.add(filed);
    this.#count(filed, 1);
  }

  #remove(filed: Filed): void {
    this.names.remove(filed);
    for (const catalogue of this.#catalogues) catalogue.remove(filed);
    this.#count(filed, -1);
  }

  /** What is known of a claim from the beginning on, and not when somebody first asks. */
  #count(filed: Filed, by: 1 | -1): void {
    const { claim } = filed;
    this.#addressed += by * addressesOf(claim).length;
    if (claim.side === 'container') this.#inside += by;
    if (claim.endPort === undefined) return;
    if (by === 1) this.#ranges.add(filed);
    else this.#ranges.remove(filed);
  }

  /** Whether some owner is reached under a domain or a path. */
  get tellsAddresses(): boolean {
    return this.#addressed > 0;
  }

  /** Whether some port is one inside containers. */
  get tellsInside(): boolean {
    return this.#inside > 0;
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

  #look(catalogue: Catalogue<Filed>, question: Question, key: string | number): Statement[] {
    this.#questions?.ask(question, key);
    return catalogue.get(key).map(toStatement);
  }
}

/** The domains and paths under which the owner of a claim is reached. */
function addressesOf({ domains = [], routes = [] }: Claim): readonly string[] {
  return [...domains, ...routes];
}

/** Whether something is said as often by some claims as by others. */
function isSameIn(some: readonly Claim[], others: readonly Claim[], said: (claim: Claim) => string): boolean {
  return some.length === others.length && some.map(said).sort().join('\n') === others.map(said).sort().join('\n');
}

function areSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
