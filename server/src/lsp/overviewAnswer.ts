import type { Problem, RegistryOverview } from '../core/features/overview.ts';

/** Number of the file, line, first and last column of a place. A port never goes over the end of its line. */
export type WirePlace = readonly [file: number, line: number, start: number, end: number];

/** What `portolan/overview` answers: as there may be ten thousand rows, files are written once and places are short. */
export interface OverviewAnswer {
  /** URIs. */
  readonly files: readonly string[];
  /** The nearest and most authoritative first. */
  readonly registries: readonly RegistryOverview<WirePlace>[];
  /** Errors and warnings, but for unregistered ports. */
  readonly problems: readonly Problem<WirePlace>[];
}
