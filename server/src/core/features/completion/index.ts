import type { FileFacts } from '../../facts.ts';
import type { Index } from '../../model/index.ts';
import type { Completion } from './completion.ts';
import { completeCompose } from './compose.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { completeDotenv } from './dotenv.ts';
import { completeNginx } from './nginx.ts';
import type { Around } from './offers.ts';
import { completeTable } from './registryTable.ts';
import { completeRegistryYaml } from './registryYaml.ts';

/**
 * What could be written at a place, best first; nothing where no port and no name of a service belongs.
 * @param text of which the index has the facts, unfinished as it may be
 */
export function complete(index: Index, path: string, text: string, offset: number): Completion[] {
  const file = index.file(path);
  const cursor = file && cursorAt(text, offset);
  return cursor ? (byKind[file.kind]?.(cursor, file, { index, path, here: cursor.line }) ?? []) : [];
}

type Complete = (cursor: Cursor, file: FileFacts, around: Around) => Completion[];

const byKind: Readonly<Partial<Record<FileFacts['kind'], Complete>>> = {
  compose: completeCompose,
  dotenv: completeDotenv,
  nginx: completeNginx,
  registry: (cursor, file, around) =>
    /\.ya?ml$/i.test(file.path) ? completeRegistryYaml(cursor, file, around) : completeTable(cursor, file, around),
};
