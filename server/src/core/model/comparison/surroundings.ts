import type { Claims } from '../claims/claims.ts';

/** What a comparison has to know of everything else. */
export interface Surroundings {
  readonly claims: Claims;
  /** In how many folders compose files define a service of this name. */
  foldersDefining(service: string): ReadonlySet<string>;
}
