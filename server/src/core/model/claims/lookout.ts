import { reaches } from '../scope.ts';
import type { Statement } from '../statement.ts';
import type { Shelf } from './shelf.ts';

/** What is seen from a file: the shelves around it, and which statements reach it. */
export class Lookout {
  readonly path: string;
  readonly shelves: readonly Shelf[];
  readonly #stageOf: () => string | undefined;
  #stage: { name: string | undefined } | undefined;

  constructor(path: string, shelves: readonly Shelf[], stageOf: () => string | undefined) {
    this.path = path;
    this.shelves = shelves;
    this.#stageOf = stageOf;
  }

  get stage(): string | undefined {
    this.#stage ??= { name: this.#stageOf() };
    return this.#stage.name;
  }

  readonly isReaching = ({ claim }: Statement, { folder }: Shelf): boolean =>
    reaches(claim.scope, this.path, this.stage, folder);
}
