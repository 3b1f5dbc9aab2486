import { readFileSync } from 'node:fs';

interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[]; readonly node_types: unknown[] } };
  /** The fields of all nodes, one after the other. */
  readonly nodes: readonly number[];
}

/** What V8 keeps for itself: machine code and what belongs to it, feedback, hidden classes. */
const OF_THE_ENGINE: readonly unknown[] = ['code', 'hidden', 'object shape', 'synthetic'];

/**
 * How many bytes of a heap are data of the program: objects, texts, functions and the like.
 * @param path of a snapshot: https://nodejs.org/api/v8.html#v8writeheapsnapshotfilenameoptions
 */
export function dataIn(path: string): number {
  const { snapshot, nodes }: Snapshot = JSON.parse(readFileSync(path, 'utf8'));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const kinds = types[0] as readonly string[];
  const [kind, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let sum = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (!OF_THE_ENGINE.includes(kinds[nodes[at + kind]!])) sum += nodes[at + size]!;
  }
  return sum;
}
