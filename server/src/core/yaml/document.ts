import type { Span } from '../text.ts';
import { isMap, isScalar, isSeq, type YamlEntry, type YamlNode, type YamlScalar } from './tree.ts';

/** A document as parsed. */
export interface ParsedDocument {
  readonly root: YamlNode | undefined;
  /** Where the text breaks the rules of YAML, in the order of the text. */
  readonly errors: readonly { readonly span: Span; readonly message: string }[];
}

/** One document of a file. A walk over all of it ends, and soon, whatever its aliases do. */
export class YamlDocument {
  /** The top node; `undefined` when the document is empty. */
  readonly root: YamlNode | undefined;
  /** Where the text breaks the rules of YAML, in the order of the text. */
  readonly errors: ParsedDocument['errors'];

  constructor({ root, errors }: ParsedDocument) {
    this.root = root;
    this.errors = errors;
  }

  /** The entries of a map, merged ones included. Nothing when the node is no map. */
  entries(node: YamlNode | undefined): readonly YamlEntry[] {
    return isMap(node) ? node.entries : NONE;
  }

  /** The value of a key, looked up as in {@link entries}. */
  get(node: YamlNode | undefined, key: string): YamlNode | undefined {
    if (isMap(node)) for (const entry of node.entries) if (entry.key === key) return entry.value;
    return undefined;
  }

  /** The items of a sequence; nothing when the node is no sequence. */
  items(node: YamlNode | undefined): readonly YamlNode[] {
    return isSeq(node) ? node.items : NONE;
  }

  /** A scalar with its place; `undefined` when the node is none. */
  scalar(node: YamlNode | undefined): YamlScalar | undefined {
    return isScalar(node) ? node : undefined;
  }
}

const NONE: readonly never[] = [];
