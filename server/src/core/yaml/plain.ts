import { Cursor, UNUSUAL, unusual } from './plain/cursor.ts';
import { alias, flow } from './plain/flow.ts';
import { blockScalar, lineScalar, readKey, verbatim } from './plain/scalars.ts';
import type { YamlLeaf, YamlMap, YamlNode, YamlPair, YamlSeq, YamlTree } from './tree.ts';

/** Deeper texts are left to the library, which knows how to refuse them. */
const MAX_DEPTH = 60;

/** Tabs, lone carriage returns, byte order marks and what else is not printed: https://yaml.org/spec/1.2.2/#51-character-set */
const STRANGE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\uFEFF]|\r(?!\n)/;

const DOCUMENT_START = /---(?: +#.*| *)(?=[\r\n]|$)/y;
const ANCHOR = /&([\w.-]+)(?![^ \r\n]) */y;

const SPACE = 0x20;
const AMPERSAND = 0x26;
const STAR = 0x2a;
const DASH = 0x2d;

/**
 * Parses YAML as people write it in configuration files: block maps and sequences, scalars and flow collections on one
 * line, literal block scalars, anchors and aliases. It must give exactly what the library gives, comments apart; tests
 * compare the two.
 * @returns `undefined` for whatever is unusual, and for every text with an error
 */
export function parsePlain(text: string): YamlTree | undefined {
  if (STRANGE.test(text)) return undefined;
  try {
    return new BlockParser(text).document();
  } catch (reason) {
    if (reason === UNUSUAL) return undefined;
    throw reason;
  }
}

/** Puts the blocks together. https://yaml.org/spec/1.2.2/#82-block-collection-styles */
class BlockParser {
  readonly #line: Cursor;
  #depth = 0;

  constructor(text: string) {
    this.#line = new Cursor(text);
  }

  document(): YamlTree {
    const line = this.#line;
    line.nextLine();
    if (line.column === 0 && line.match(DOCUMENT_START)) line.nextLine();
    if (line.column < 0) unusual();
    const root = this.#block();
    if (line.column >= 0) unusual();
    return root;
  }

  /** The map or sequence that begins here. */
  #block(): YamlMap | YamlSeq {
    return this.#isDash() ? this.#sequence() : this.#map();
  }

  #isDash(): boolean {
    const line = this.#line;
    return line.text.charCodeAt(line.at) === DASH && line.isGap(line.at + 1);
  }

  #sequence(): YamlSeq {
    const line = this.#line;
    const { column } = line;
    const items: YamlTree[] = [];
    this.#enter();
    while (line.column === column && this.#isDash()) {
      line.advance(1);
      items.push(this.#value(column, true));
    }
    this.#depth--;
    if (line.column > column) unusual();
    return { kind: 'seq', items };
  }

  /** The map that begins in a column with a key, which has been moved over if it is given. */
  #map(column = this.#line.column, first?: YamlLeaf): YamlMap {
    const line = this.#line;
    const pairs: YamlPair[] = [];
    this.#enter();
    for (let key = first; key || (line.column === column && !this.#isDash()); key = undefined) {
      key ??= this.#nextKey();
      pairs.push({ key, value: this.#value(column, false) });
    }
    this.#depth--;
    if (line.column > column) unusual();
    return { kind: 'map', pairs };
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) unusual();
  }

  #nextKey(): YamlLeaf {
    const { text, at, column } = this.#line;
    if (column === 0 && (text.startsWith('---', at) || text.startsWith('...', at))) unusual();
    return readKey(this.#line) ?? unusual();
  }

  /** What stands behind a key or a dash, or below it; then moves to the next line. */
  #value(parent: number, isItem: boolean): YamlTree {
    const line = this.#line;
    const anchor = line.text.charCodeAt(line.at) === AMPERSAND ? line.match(ANCHOR)?.[1] : undefined;
    if (line.isLineOver()) return this.#below(parent, isItem, anchor);
    if (line.text.charCodeAt(line.at) === STAR) {
      return anchor === undefined ? this.#inline(parent, alias(line)) : unusual();
    }
    if (anchor === undefined) return this.#onLine(parent, isItem, false);
    return { ...this.#onLine(parent, isItem, true), anchor };
  }

  #below(parent: number, isItem: boolean, anchor: string | undefined): YamlNode {
    const line = this.#line;
    let empty = line.at;
    while (line.text.charCodeAt(empty) === SPACE) empty++;
    line.nextLine();
    const isBelow = line.column > parent || (line.column === parent && !isItem && this.#isDash());
    if (isBelow) return anchor === undefined ? this.#block() : { ...this.#block(), anchor };
    return anchor === undefined ? verbatim('', empty, empty) : unusual();
  }

  #onLine(parent: number, isItem: boolean, isAnchored: boolean): YamlNode {
    const line = this.#line;
    const first = line.text[line.at]!;
    if (first === '|' || first === '>') return blockScalar(line, parent);
    if (first === '[' || first === '{') return this.#inline(parent, flow(line, MAX_DEPTH));
    const { column } = line;
    if (isItem) {
      const key = this.#isDash() ? unusual() : readKey(line);
      if (key) return isAnchored ? unusual() : this.#map(column, key);
    }
    return this.#inline(parent, lineScalar(line));
  }

  /** A node that ends with its line. */
  #inline<T extends YamlTree>(parent: number, node: T): T {
    const line = this.#line;
    if (!line.isLineOver()) unusual();
    line.nextLine();
    // A scalar goes on in deeper lines.
    if (line.column > parent) unusual();
    return node;
  }
}
