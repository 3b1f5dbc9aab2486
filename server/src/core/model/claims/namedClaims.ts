import type { Settings } from '../../settings/settings.ts';
import { type Dependencies, Question } from '../dependencies.ts';
import { nameKeys, Rank, wholeKey, wordsOf } from '../names.ts';
import type { KnownAs, Match, Part } from '../statement.ts';
import { Catalogue } from './catalogue.ts';
import { beginnings, namesToFind, numberedNames } from './claimNames.ts';
import { Drawer } from './drawer.ts';
import { byPlace, type Filed } from './filed.ts';
import { NumberedNames, schemeOf } from './numbered.ts';

/**
 * The claims of a shelf by the names of their owners. Most owners are found by a name as it is written; only who is not
 * is looked for by what may be left out of names, which takes far more work for all claims together.
 */
export class NamedClaims {
  readonly #all: () => Iterable<Filed>;
  readonly #prefixes: ReadonlySet<string>;
  readonly #aliases: Settings['aliases'];
  readonly #questions: Dependencies | undefined;
  readonly #byName: Catalogue<Filed>;
  /** By what remains of names when words are left out. */
  readonly #byRest: Catalogue<Filed>;
  /** By the first words of longer names. */
  readonly #byBeginning: Catalogue<Filed>;
  /** By the names that the settings give. */
  #byAlias = new Drawer<Filed>(byPlace);
  #numberedNames: NumberedNames<Filed> | undefined;

  /**
   * @param all the claims that there are at the moment
   * @param prefixes first words of names that stand for the project
   */
  constructor(
    all: () => Iterable<Filed>,
    prefixes: ReadonlySet<string>,
    aliases: Settings['aliases'],
    questions?: Dependencies,
  ) {
    this.#all = all;
    this.#prefixes = prefixes;
    this.#aliases = aliases;
    this.#questions = questions;
    this.#byName = new Catalogue(all, ({ claim }) => namesToFind(claim).map(wholeKey), byPlace);
    this.#byRest = new Catalogue(all, (filed) => this.#restsOf(filed), byPlace);
    this.#byBeginning = new Catalogue(all, ({ claim }) => beginnings(claim).map(([beginning]) => beginning), byPlace);
  }

  add(filed: Filed): void {
    for (const catalogue of [this.#byName, this.#byRest, this.#byBeginning]) catalogue.add(filed);
    if (this.#numberedNames) addNumbered(filed, this.#numberedNames);
  }

  /** Takes out a claim that was there, while it is still as it was. */
  remove(filed: Filed): void {
    for (const catalogue of [this.#byName, this.#byRest, this.#byBeginning]) catalogue.remove(filed);
    for (const [name] of this.#numberedNames ? numberedNames(filed.claim) : [])
      this.#numberedNames!.remove(name, filed);
  }

  /** Finds out again whom the names in the settings mean. */
  refreshAliases(): void {
    if (Object.keys(this.#aliases).length === 0) return;
    const before = this.#byAlias;
    this.#byAlias = new Drawer<Filed>(byPlace);
    for (const [service, others] of Object.entries(this.#aliases)) {
      const keys = others.flatMap((other) => [...nameKeys(other).keys()]);
      for (const filed of this.#fitting([{ name: service, by: 'alias' }]).keys())
        for (const key of keys) this.#byAlias.add(key, filed);
    }
    for (const drawer of [before, this.#byAlias])
      for (const key of drawer.keys()) this.#questions?.touch(Question.name, key);
  }

  /** The statements whose owner best agrees with one of the names. */
  named(names: readonly KnownAs[]): Match[] {
    return [...this.#fitting(names).values()];
  }

  #fitting(names: readonly KnownAs[]): Map<Filed, Match> {
    const meant = this.#byAlias.isEmpty ? NOBODY : this.#aliased(names);
    if (meant.size > 0) return meant;
    const called = this.#called(names);
    return called.size > 0 ? called : this.#likely(names);
  }

  #aliased(names: readonly KnownAs[]): Map<Filed, Match> {
    const found = new Map<Filed, Match>();
    for (const { name, by } of names) {
      for (const key of nameKeys(name, this.#prefixes).keys()) {
        this.#questions?.ask(Question.name, key);
        for (const filed of this.#byAlias.get(key)) keepFirst(found, filed, Rank.alias, by);
      }
    }
    return found;
  }

  #called(names: readonly KnownAs[]): Map<Filed, Match> {
    const found = new Map<Filed, Match>();
    for (const { name, by, rank: least = Rank.same } of names) {
      const key = wholeKey(name);
      if (key === '' || least > Rank.same) continue;
      this.#questions?.ask(Question.name, key);
      for (const filed of this.#byName.get(key)) keepFirst(found, filed, Rank.same, by);
    }
    return found;
  }

  /** Those of whom no name is called so, the best of them. */
  #likely(names: readonly KnownAs[]): Map<Filed, Match> {
    let best = new Map<Filed, Match>();
    let top = Number.POSITIVE_INFINITY;
    for (const { name, by, rank: least = Rank.same } of names) {
      for (const [key, asked] of nameKeys(name, this.#prefixes)) {
        this.#questions?.ask(Question.name, key);
        for (const filed of [...this.#byName.get(key), ...this.#byRest.get(key)]) {
          const rank = Math.max(asked, least, this.#rankOf(filed, key)) as Rank;
          if (rank > top) continue;
          if (rank < top) best = new Map();
          top = rank;
          keepFirst(best, filed, rank, by);
        }
      }
    }
    return best;
  }

  /** How much of the names of a claim has to be left out for a key. */
  #rankOf({ claim }: Filed, key: string): number {
    const ranks = namesToFind(claim).map((name) => nameKeys(name, this.#prefixes).get(key));
    return Math.min(...ranks.map((rank) => rank ?? Number.POSITIVE_INFINITY));
  }

  #restsOf({ claim }: Filed): string[] {
    return namesToFind(claim).flatMap((name) => {
      const keys = nameKeys(name, this.#prefixes);
      return keys.size > 1 ? [...keys.keys()].slice(1) : [];
    });
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

  /** Like a catalogue, sorted in when somebody first asks. */
  get #numbered(): NumberedNames<Filed> {
    if (this.#numberedNames) return this.#numberedNames;
    this.#numberedNames = new NumberedNames(byPlace);
    for (const filed of this.#all()) addNumbered(filed, this.#numberedNames);
    return this.#numberedNames;
  }

  /** The statements about owners whose names begin with one of the names, and the words that follow it. */
  parts(names: readonly KnownAs[]): Part[] {
    return names.flatMap(({ name, by }) => {
      const asked = wholeKey(name);
      this.#questions?.ask(Question.beginning, asked);
      return this.#byBeginning.get(asked).flatMap(({ claim, file }) =>
        beginnings(claim).flatMap(([beginning, longer]) => {
          const isMore = (_: string, n: number, all: readonly string[]) =>
            all.slice(0, n).join('').length >= asked.length;
          return beginning === asked ? [{ claim, file, by, more: wordsOf(longer).filter(isMore) }] : [];
        }),
      );
    });
  }
}

const NOBODY: Map<Filed, Match> = new Map();

function keepFirst(found: Map<Filed, Match>, filed: Filed, rank: Rank, by: string): void {
  if (!found.has(filed)) found.set(filed, { claim: filed.claim, file: filed.file, rank, by });
}

function addNumbered(filed: Filed, names: NumberedNames<Filed>): void {
  for (const [name, owner] of numberedNames(filed.claim)) names.add(name, owner, filed);
}
