import { isMap, isSeq, type YamlNode } from './tree.ts';

/** How many nodes the aliases of one document may stand for; all that go beyond lead nowhere. */
const MAX_ALIASED_NODES = 100_000;

/** Deeper trees are not built: who walks over one recurses, and deep recursion ends the process. */
export const MAX_DEPTH = 200;

/** How large a node is when written out. */
interface Extent {
  readonly size: number;
  readonly height: number;
}

/**
 * The nodes that have anchors, as far as a document has been read. An alias stands for the last finished one of its
 * name, as long as the document written out in full stays small and shallow.
 */
export class Anchors {
  #byName: Map<string, YamlNode> | undefined;
  /** Those with anchors are measured once, as they may lie within each other. */
  readonly #extents = new Map<YamlNode, Extent | undefined>();
  #aliased = 0;

  /** Takes a node that is finished, and gives it back. */
  set(name: string, node: YamlNode): YamlNode {
    this.#byName ??= new Map();
    this.#byName.set(name, node);
    this.#extents.set(node, undefined);
    return node;
  }

  /**
   * What an alias stands for; `undefined` where its anchor is missing or around it, and where the document would blow up.
   * @param depth that of the alias
   */
  get(name: string, depth: number): YamlNode | undefined {
    const node = this.#byName?.get(name);
    if (!node) return undefined;
    const { size, height } = this.#measure(node);
    if (depth + height > MAX_DEPTH || this.#aliased + size > MAX_ALIASED_NODES) return undefined;
    this.#aliased += size;
    return node;
  }

  #measure(node: YamlNode | undefined): Extent {
    const known = node && this.#extents.get(node);
    if (known) return known;
    let size = 1;
    let height = 0;
    const add = (below: Extent) => {
      size += below.size;
      height = Math.max(height, below.height + 1);
    };
    // A key is a node as well.
    if (isMap(node)) size += node.entries.length;
    if (isMap(node)) for (const { value } of node.entries) add(this.#measure(value));
    else if (isSeq(node)) for (const item of node.items) add(this.#measure(item));
    const extent = { size, height };
    if (node && this.#extents.has(node)) this.#extents.set(node, extent);
    return extent;
  }
}
