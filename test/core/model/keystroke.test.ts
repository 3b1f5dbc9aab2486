import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { Dependencies, type Question } from '../../../server/src/core/model/dependencies.ts';
import { Index } from '../../../server/src/core/model/index.ts';
import { noSettings } from '../../../server/src/core/settings/settings.ts';
import { fleetOf, folderOf, portOf } from '../../support/fleet.ts';

/** Counts what a keystroke makes the index do. */
class Counted extends Dependencies {
  questions = 0;
  answers = 0;

  override ask(question: Question, of: string | number): void {
    if (this.asking) this.questions++;
    super.ask(question, of);
  }

  override answer<T>(question: Question, of: string, work: () => T): T {
    this.answers++;
    return super.answer(question, of, work);
  }
}

/** A fleet of which all findings are known. */
class Fleet {
  readonly #texts: Map<string, string>;
  readonly #counted = new Counted();
  readonly #index = new Index(noSettings, this.#counted);

  constructor(services: number) {
    this.#texts = fleetOf(services);
    for (const path of this.#texts.keys()) this.#put(path);
    for (const path of this.#texts.keys()) this.#check(path);
    this.#index.settle();
    this.#counted.takeStale();
  }

  #put(path: string): void {
    this.#index.put(read(path, this.#texts.get(path)!)!);
  }

  #check(path: string): void {
    this.#counted.findings(path, () => check(path, this.#index));
  }

  /** Types, and checks whatever is to be checked. Gives the files, and what that took. */
  type(path: string, text: string, typed: string) {
    this.#texts.set(path, this.#texts.get(path)!.replace(text, typed));
    this.#put(path);
    this.#index.settle();
    const checked = [...new Set([path, ...this.#counted.takeStale()])].sort();
    this.#counted.questions = 0;
    this.#counted.answers = 0;
    // A registry is checked row by row.
    for (const one of checked.filter((one) => !one.endsWith('.md'))) this.#check(one);
    return { checked, questions: this.#counted.questions, comparisons: this.#counted.answers };
  }
}

describe('what a keystroke makes to be checked is the same in fleets of 500, 2,000 and 10,000 services', () => {
  const fleets = [500, 2000, 10_000].map((services) => new Fleet(services));
  const compose = `${folderOf(7)}/compose.yaml`;
  const nginx = `${folderOf(7)}/nginx.conf`;
  const dotenv = `${folderOf(7)}/.env`;
  const registry = 'docs/PORTS.md';

  test.each([
    ['a published port', compose, `"${portOf(7, 0)}:`, `"1${portOf(7, 0)}:`, [dotenv, compose, nginx]],
    ['the name of a service', compose, 'image: harbour/gull', 'image: harbour/gulls', [dotenv, compose, nginx]],
    ['a word between two ports', nginx, 'listen 80;', 'listen  80;', [nginx]],
    ['an upstream port', nginx, `:${portOf(7, 1)}/`, `:${portOf(7, 2)}/`, undefined],
    ['a variable', dotenv, `=${portOf(7, 4)}`, '=7', undefined],
    ['a digit of a row', registry, `| ${portOf(7, 0)} |`, `| ${portOf(7, 1)} |`, undefined],
    ['a name of a row', registry, 'hquay-gull', 'hquay-gul', undefined],
    ['a word between two tables', registry, 'harbour master', 'harbor master', [registry]],
  ])('%s', (_, path, text, typed, expected) => {
    const [small, ...larger] = fleets.map((fleet) => fleet.type(path, text, typed));
    expect(small!.checked.length).toBeLessThan(8);
    if (expected) expect(small!.checked).toEqual(expected);
    for (const { checked, comparisons, questions } of larger) {
      expect(checked).toEqual(small!.checked);
      // What was worked out lately need not be worked out again, so that a few more or less are asked and compared.
      expect(comparisons).toBeLessThanOrEqual(checked.length);
      expect(questions).toBeLessThan(2 * small!.questions + 10);
    }
  });
});
