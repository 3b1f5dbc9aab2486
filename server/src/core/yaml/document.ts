import type { Span } from '../text.ts';
import { MAX_DEPTH, type ParsedDocument } from './library.ts';
import { isMap, isScalar, isSeq, type YamlAlias, type YamlMap, type YamlNode, type YamlTree } from './tree.ts';

/** How many nodes the aliases of one document may stand for; all that go beyond lead nowhere. */
const MAX_ALIASED_NODES = 100_000;

/** A scalar as it stands in the source, without its quotes or the header of a block scalar. */
export interface YamlScalar {
  /** The value, always as a string: `22:22` is never a number in base 60, `NO` is no boolean. */
  readonly value: string;
  /** The source slice. Offsets in it plus `span.start` are offsets in the file. */
  readonly source: string;
  readonly span: Span;
  /** `source` is `value`, so that offsets hold in both: no escapes, no folded lines. */
  readonly verbatim: boolean;
  /** The comment behind it on its line. */
  readonly comment?: string;
}

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
  readonly #text: string;
  readonly #targets: ReadonlyMap<YamlAlias, YamlNode>;
  readonly #entries = new Map<YamlMap, readonly YamlEntry[]>();

  constructor(text: string, { root, errors }: ParsedDocument) {
    this.#text = text;
    this.errors = errors;
    this.#targets = aliasTargets(root);
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
      if (name.value !== '<<')
        entries.push({ key: name.value, keySpan: name.span, value: target, ...(comment && { comment }) });
      else if (target) merged.push(...(isSeq(target) ? this.items(target) : [target]));
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
    return this.entries(node).find((entry) => entry.key === key)?.value;
  }

  /** The items of a sequence, aliases followed; nothing when the node is no sequence. */
  items(node: YamlNode | undefined): YamlNode[] {
    if (!isSeq(node)) return [];
    return node.items.map((item) => this.#follow(item)).filter((item) => item !== undefined);
  }

  /** A scalar with its place; `undefined` when the node is none. */
  scalar(node: YamlNode | undefined): YamlScalar | undefined {
    if (!isScalar(node)) return undefined;
    const { value, span, comment } = node;
    const source = this.#text.slice(span.start, span.end);
    return { value, source, span, verbatim: source === value, ...(comment && { comment }) };
  }

  #follow(node: YamlTree | undefined): YamlNode | undefined {
    return node?.kind === 'alias' ? this.#targets.get(node) : node;
  }
}

/**
 * The node of every alias, as long as the document written out in full stays small and shallow. An alias to an anchor
 * that is missing, that holds the alias itself, or that would blow the document up, gets none.
 */
function aliasTargets(root: YamlTree | undefined): Map<YamlAlias, YamlNode> {
  const targets = new Map<YamlAlias, YamlNode>();
  /** The last finished node of each anchor, with its size and height when written out. */
  const anchors = new Map<string, { node: YamlNode; size: number; height: number }>();
  let aliased = 0;

  function walk(node: YamlTree | undefined, depth: number): { size: number; height: number } {
    if (node?.kind === 'alias') {
      const anchor = anchors.get(node.name);
      if (!anchor || depth + anchor.height > MAX_DEPTH || aliased + anchor.size > MAX_ALIASED_NODES) {
        return { size: 1, height: 0 };
      }
      aliased += anchor.size;
      targets.set(node, anchor.node);
      return anchor;
    }
    let size = 1;
    let height = 0;
    for (const child of children(node)) {
      const below = walk(child, depth + 1);
      size += below.size;
      height = Math.max(height, below.height + 1);
    }
    if (node?.anchor) anchors.set(node.anchor, { node, size, height });
    return { size, height };
  }

  walk(root, 0);
  return targets;
}

function children(node: YamlNode | undefined): readonly (YamlTree | undefined)[] {
  if (isMap(node)) return node.pairs.flatMap(({ key, value }) => [key, value]);
  return isSeq(node) ? node.items : [];
}
