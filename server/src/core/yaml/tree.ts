import type { Span } from '../text.ts';

/** A node of a YAML document as it is written, aliases not followed. */
export type YamlTree = YamlNode | YamlAlias;
export type YamlNode = YamlMap | YamlSeq | YamlLeaf;

interface Properties {
  /** `&anchor`, by its name. */
  readonly anchor?: string;
  /** A tag that stands there, such as `!reset`. */
  readonly tag?: string;
}

export interface YamlMap extends Properties {
  readonly kind: 'map';
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: YamlTree | undefined;
  readonly value: YamlTree | undefined;
  /** The comment lines above the key. */
  readonly comment?: string;
}

export interface YamlSeq extends Properties {
  readonly kind: 'seq';
  readonly items: readonly (YamlTree | undefined)[];
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

export interface YamlAlias {
  readonly kind: 'alias';
  readonly name: string;
}

export function isMap(node: YamlTree | undefined): node is YamlMap {
  return node?.kind === 'map';
}

export function isSeq(node: YamlTree | undefined): node is YamlSeq {
  return node?.kind === 'seq';
}

export function isScalar(node: YamlTree | undefined): node is YamlLeaf {
  return node?.kind === 'scalar';
}
