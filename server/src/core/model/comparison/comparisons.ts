import type { FileFacts } from '../../facts.ts';
import { Recent } from '../../recent.ts';
import { type Dependencies, Question } from '../dependencies.ts';
import { type Fleet, LATELY } from '../services/fleet.ts';
import { type Comparison, compare } from './comparison.ts';
import type { Surroundings } from './surroundings.ts';

/** How compose files agree with the registries. Kept of each until somebody says that it may be otherwise. */
export class Comparisons {
  readonly #fleet: Fleet;
  readonly #around: Surroundings;
  readonly #questions: Dependencies | undefined;
  /** Of each compose file, by the path of the sample with which it is compared. */
  readonly #known = new Recent<Map<string, Comparison>>(LATELY);

  constructor(fleet: Fleet, around: Surroundings, questions?: Dependencies) {
    this.#fleet = fleet;
    this.#around = around;
    this.#questions = questions;
  }

  clear(): void {
    this.#known.clear();
  }

  delete(path: string): void {
    this.#known.delete(path);
  }

  /** How the services of a compose file agree, with the environment in effect, a sample of it, or none (`null`). */
  of(path: string, sample?: FileFacts | null): Comparison {
    const of = sample === undefined ? path : `${path}\n${sample?.path ?? ''}`;
    const questions = this.#questions;
    questions?.ask(Question.comparison, of);
    const byEnvironment = this.#known.kept(path, () => new Map());
    const known = byEnvironment.get(of);
    if (known && (!questions || questions.isAnswered(Question.comparison, of))) return known;
    const work = () => this.#compare(path, sample);
    const comparison = questions ? questions.answer(Question.comparison, of, work) : work();
    byEnvironment.set(of, comparison);
    return comparison;
  }

  #compare(path: string, sample?: FileFacts | null): Comparison {
    if (sample === undefined) return compare(this.#fleet.runningIn(path), this.#around);
    if (sample) this.#questions?.ask(Question.file, sample.path);
    return compare(this.#fleet.runningWith(path, sample ?? undefined), this.#around);
  }
}
