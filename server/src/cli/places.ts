import { relative } from 'node:path';
import type { Place } from '../core/finding.ts';
import type { Index } from '../core/model/index.ts';
import { slashes } from '../core/path.ts';
import { copied } from '../core/settings/sources.ts';
import { nodeHost } from '../host/nodeHost.ts';

/** A place in a file as people count: lines and UTF-16 columns from 1. The end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a place of an indexed file is. */
export function locationOf({ path, span }: Place, { index, cwd }: { index: Index; cwd: string }): Location {
  const lines = index.file(path)?.lines;
  const from = lines?.position(span.start) ?? { line: 0, column: 0 };
  const to = lines?.position(span.end) ?? from;
  return {
    file: shortPath(path, cwd),
    line: from.line + 1,
    column: from.column + 1,
    endLine: to.line + 1,
    endColumn: to.column + 1,
  };
}

/** A path as people read it: relative to the working directory, or the URL of which it is a copy. */
export function shortPath(path: string, cwd: string): string {
  const url = nodeHost.remote && copied(path, nodeHost.remote.folder);
  if (url !== undefined) return url;
  return slashes(relative(cwd, path)) || '.';
}
