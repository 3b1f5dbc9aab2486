import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { FileFacts } from '../../core/facts.ts';
import type { Disk } from './disk.ts';
import type { Publisher } from './publisher.ts';

/** The workspace in numbers. */
export interface Status {
  /** Not all files have been read yet. */
  readonly busy: boolean;
  /** How many files have been read of how many, while they are. */
  readonly reading?: { readonly read: number; readonly total: number };
  /** Somebody has stopped the reading, so that some files are unknown. */
  readonly isPartial: boolean;
  readonly registries: number;
  readonly claims: number;
  readonly uses: number;
  readonly errors: number;
  readonly warnings: number;
}

/** @param files what is known of each file, as its own settings see it */
export function statusOf(files: readonly FileFacts[], disk: Disk, publisher: Publisher): Status {
  const { isBusy, indexing, isPartial } = disk;
  return {
    busy: isBusy,
    ...(indexing && { reading: { read: indexing.read, total: indexing.total } }),
    isPartial,
    registries: files.filter(({ document }) => document?.authority === 'registry').length,
    claims: files.reduce((sum, { claims }) => sum + claims.length, 0),
    uses: files.reduce((sum, { uses }) => sum + uses.length, 0),
    errors: publisher.count(DiagnosticSeverity.Error),
    warnings: publisher.count(DiagnosticSeverity.Warning),
  };
}
