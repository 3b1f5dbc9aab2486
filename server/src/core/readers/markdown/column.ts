import type { ClaimRole, Side } from '../../facts.ts';

/** What a column tells of the service in its row. */
export type Meaning =
  | 'port'
  | 'range'
  | 'service'
  | 'container'
  | 'protocol'
  | 'status'
  | 'environment'
  | 'machine'
  | 'address'
  | 'project'
  | 'path'
  | 'note'
  | 'group'
  | 'silent'
  | 'other';

/** What a column of a table holds, told by its header and, where that is not enough, by its cells. */
export interface Column {
  readonly title: string;
  readonly meaning: Meaning;
  readonly side?: Side;
  /** `Port (Docker)`, `Porta local`: the header names the place in which its ports are used. */
  readonly environment?: string;
  readonly role?: ClaimRole;
  /** The header names the part of the service that uses the port, as in a matrix of services and parts. */
  readonly part?: string;
  /** Beside the column of services, this one may hold other names of theirs. */
  readonly alsoNames?: true;
}
