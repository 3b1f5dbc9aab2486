import type { Span } from '../text.ts';
import { MAX_DEPTH, type ParsedDocument } from './library.ts';
import {
  isMap,
  isScalar,
  isSeq,
  type YamlAlias,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  type YamlTree,
} from './tree.ts';

/** How many nodes the aliases of one document may stand for; all that go beyond lead nowhere. */
const MAX_ALIASED_NODES = 100_000;

/** A key and its value in a map. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** The value's node, aliases followed. */
  readonly value: YamlNode | undefined;
  /** The comment lines above the key. */
  readonly comment?: string;
}

/** One document of a file. A walk over all of it ends, and soon, whatever its aliases do. */
export class YamlDocument {
  /** The top node; `undefined` when the document is empty. */
  readonly root: YamlNode | undefined;
  /** Where the text breaks the rules of YAML, in the order of the text. */
  readonly errors: ParsedDocument['errors'];
  readonly #targets: ReadonlyMap<YamlAlias, YamlNode>;
  readonly #entries = new Map<YamlMap, readonly YamlEntry[]>();

  constructor(text: string, { root, errors }: ParsedDocument) {
    this.errors = errors;
    this.#targets = text.includes('*') ? aliasTargets(root) : NO_ALIASES;
    this.root = this.#follow(root);
  }

  /**
   * The entries of a map in their order, then those that its merge keys bring in and that it does not have itself;
   * of several merged maps the first wins. Nothing when the node is no map. https://yaml.org/type/merge.html
   */
  entries(node: YamlNode | undefined): readonly YamlEntry[] {
    if (!isMap(node)) return [];
    const entries = this.#entries.get(node) ?? this.#entriesOf(node);
    this.#entries.set(node, entries);
    return entries;
  }

  #entriesOf(node: YamlMap): YamlEntry[] {
    const entries: YamlEntry[] = [];
    const merged: YamlNode[] = [];
    for (const { key, value, comment } of node.pairs) {
      const name = this.#follow(key);
      if (!isScalar(name)) continue;
      const target = this.#follow(value);
      if (name.value !== '<<') {
        const entry = { key: name.value, keySpan: name.span, value: target };
        entries.push(comment ? { ...entry, comment } : entry);
      } else if (target) merged.push(...(isSeq(target) ? this.items(target) : [target]));
    }
    if (merged.length === 0) return entries;
    const seen = new Set(entries.map((entry) => entry.key));
    for (const entry of merged.flatMap((map) => this.entries(map))) {
      if (seen.has(entry.key)) continue;
      seen.add(entry.key);
      entries.push(entry);
    }
    return entries;
  }

  /** The value of a key, looked up as in {@link entries}. */
  get(node: YamlNode | undefined, key: string): YamlNode | undefined {
    for (const entry of this.entries(node)) if (entry.key === key) return entry.value;
    return undefined;
  }

  /** The items of a sequence, aliases followed; nothing when the node is no sequence. */
  items(node: YamlNode | undefined): YamlNode[] {
    const items: YamlNode[] = [];
    if (!isSeq(node)) return items;
    for (const item of node.items) {
      const target = this.#follow(item);
      if (target) items.push(target);
    }
    return items;
  }

  /** A scalar with its place; `undefined` when the node is none. */
  scalar(node: YamlNode | undefined): YamlScalar | undefined {
    return isScalar(node) ? node : undefined;
  }

  #follow(node: YamlTree | undefined): YamlNode | undefined {
    return node?.kind === 'alias' ? this.#targets.get(node) : node;
  }
}

/** The last finished node of an anchor, with its size and height when written out. */
interface Anchor {
  readonly node: YamlNode;
  readonly size: number;
  readonly height: number;
}

/**
 * The node of every alias, as long as the document written out in full stays small and shallow. An alias to an anchor
 * that is missing, that holds the alias itself, or that would blow the document up, gets none.
 */
function aliasTargets(root: YamlTree | undefined): ReadonlyMap<YamlAlias, YamlNode> {
  const walk = new AliasWalk();
  walk.sizeOf(root, 0);
  return walk.targets;
}

class AliasWalk {
  readonly targets = new Map<YamlAlias, YamlNode>();
  readonly #anchors = new Map<string, Anchor>();
  #aliased = 0;
  /** That of the node that was walked last. */
  #height = 0;

  sizeOf(node: YamlTree | undefined, depth: number): number {
    if (node?.kind === 'alias') return this.#follow(node, depth);
    let size = 1;
    let height = 0;
    if (node?.kind === 'map') {
      for (const { key, value } of node.pairs) {
        size += this.sizeOf(key, depth + 1);
        height = Math.max(height, this.#height + 1);
        size += this.sizeOf(value, depth + 1);
        height = Math.max(height, this.#height + 1);
      }
    } else if (node?.kind === 'seq') {
      for (const item of node.items) {
        size += this.sizeOf(item, depth + 1);
        height = Math.max(height, this.#height + 1);
      }
    }
    this.#height = height;
    if (node?.anchor) this.#anchors.set(node.anchor, { node, size, height });
    return size;
  }

  #follow(alias: YamlAlias, depth: number): number {
    this.#height = 0;
    const anchor = this.#anchors.get(alias.name);
    if (!anchor) return 1;
    const { node, size, height } = anchor;
    if (depth + height > MAX_DEPTH || this.#aliased + size > MAX_ALIASED_NODES) return 1;
    this.#aliased += size;
    this.#height = height;
    this.targets.set(alias, node);
    return size;
  }
}

const NO_ALIASES: ReadonlyMap<YamlAlias, YamlNode> = new Map();
