import type { Span } from '../text.ts';

/** A node of a YAML document, aliases followed: whatever they name stands in their place too, but never within itself. */
export type YamlNode = YamlMap | YamlSeq | YamlLeaf;

interface Properties {
  /** A tag that stands there, such as `!reset`. */
  readonly tag?: string;
}

export interface YamlMap extends Properties {
  readonly kind: 'map';
  /** Those whose keys are scalars, in their order, then those that merge keys bring in. */
  readonly entries: readonly YamlEntry[];
}

/** A key and its value in a map. */
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode | undefined;
  /** The comment lines above the key. */
  readonly comment?: string;
}

export interface YamlSeq extends Properties {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
}

/** A scalar as it stands in the source, without its quotes or the header of a block scalar. */
export interface YamlScalar {
  /** Always a string: `22:22` is never a number in base 60, `NO` is no boolean. */
  readonly value: string;
  /** The source slice. Offsets in it plus `span.start` are offsets in the file. */
  readonly source: string;
  readonly span: Span;
  /** The comment behind it on its line. */
  readonly comment?: string;
}

export interface YamlLeaf extends YamlScalar, Properties {
  readonly kind: 'scalar';
}

export function isMap(node: YamlNode | undefined): node is YamlMap {
  return node?.kind === 'map';
}

export function isSeq(node: YamlNode | undefined): node is YamlSeq {
  return node?.kind === 'seq';
}

export function isScalar(node: YamlNode | undefined): node is YamlLeaf {
  return node?.kind === 'scalar';
}

/** The key that merges other maps into its own. https://yaml.org/type/merge.html */
export const MERGE_KEY = '<<';

/**
 * The entries of a map with those that its merge keys bring in and that it does not have itself; of several merged maps
 * the first wins.
 * @param values those of the merge keys: maps, or lists of maps
 */
export function withMerged(own: YamlEntry[], values: readonly (YamlNode | undefined)[]): YamlEntry[] {
  const seen = new Set(own.map(({ key }) => key));
  for (const map of values.flatMap((value) => (isSeq(value) ? value.items : (value ?? [])))) {
    if (!isMap(map)) continue;
    for (const entry of map.entries) {
      if (seen.has(entry.key)) continue;
      seen.add(entry.key);
      own.push(entry);
    }
  }
  return own;
}
