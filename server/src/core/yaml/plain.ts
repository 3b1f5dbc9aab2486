import { Anchors } from './anchors.ts';
import { Cursor, MAX_DEPTH, UNUSUAL, unusual } from './plain/cursor.ts';
import { alias, flow } from './plain/flow.ts';
import { blockScalar, lineScalar, readKey, verbatim, type YamlKey } from './plain/scalars.ts';
import { MERGE_KEY, withMerged, type YamlEntry, type YamlMap, type YamlNode, type YamlSeq } from './tree.ts';

/** Tabs, lone carriage returns, byte order marks and what else is not printed: https://yaml.org/spec/1.2.2/#51-character-set */
const STRANGE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\uFEFF]/;
/** The same where carriage returns have to be looked at, which takes twice as long. */
const STRANGE_WITH_RETURNS = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\uFEFF]|\r(?!\n)/;

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
export function parsePlain(text: string): YamlNode | undefined {
  if ((text.includes('\r') ? STRANGE_WITH_RETURNS : STRANGE).test(text)) return undefined;
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
  readonly #anchors = new Anchors();
  /** What has been read of all collections that have not ended yet: what is cut off has no room left for more. */
  readonly #items: YamlNode[] = [];
  readonly #entries: YamlEntry[] = [];
  #depth = 0;

  constructor(text: string) {
    this.#line = new Cursor(text);
  }

  document(): YamlNode {
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
    const items = this.#items;
    const first = items.length;
    this.#enter();
    while (line.column === column && this.#isDash()) {
      line.advance(1);
      const item = this.#value(column, true);
      if (item) items.push(item);
    }
    this.#depth--;
    if (line.column > column) unusual();
    return { kind: 'seq', items: items.splice(first) };
  }

  /** The map that begins in a column with a key, which has been moved over if it is given. */
  #map(column = this.#line.column, given?: YamlKey): YamlMap {
    const line = this.#line;
    const entries = this.#entries;
    const first = entries.length;
    let merged: (YamlNode | undefined)[] | undefined;
    this.#enter();
    for (let entry = given; entry || (line.column === column && !this.#isDash()); entry = undefined) {
      entry ??= this.#nextKey();
      entry.value = this.#value(column, false);
      if (entry.key !== MERGE_KEY) {
        entries.push(entry);
      } else {
        merged ??= [];
        merged.push(entry.value);
      }
    }
    this.#depth--;
    if (line.column > column) unusual();
    const own = entries.splice(first);
    return { kind: 'map', entries: merged ? withMerged(own, merged) : own };
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) unusual();
  }

  #nextKey(): YamlKey {
    const { text, at, column } = this.#line;
    if (column === 0 && (text.startsWith('---', at) || text.startsWith('...', at))) unusual();
    return readKey(this.#line) ?? unusual();
  }

  /** What stands behind a key or a dash, or below it; then moves to the next line. */
  #value(parent: number, isItem: boolean): YamlNode | undefined {
    const line = this.#line;
    const first = line.text.charCodeAt(line.at);
    if (first === AMPERSAND) return this.#anchored(parent, isItem);
    if (line.isLineOver()) return this.#below(parent, isItem, false);
    if (first === STAR) return this.#inline(parent, alias(line, this.#anchors, this.#depth));
    return this.#onLine(parent, isItem, false);
  }

  #anchored(parent: number, isItem: boolean): YamlNode {
    const line = this.#line;
    const [, name] = line.match(ANCHOR) ?? unusual();
    const node = line.isLineOver() ? this.#below(parent, isItem, true) : this.#onLine(parent, isItem, true);
    return this.#anchors.set(name!, node);
  }

  #below(parent: number, isItem: boolean, isAnchored: boolean): YamlNode {
    const line = this.#line;
    let empty = line.at;
    while (line.text.charCodeAt(empty) === SPACE) empty++;
    line.nextLine();
    if (line.column > parent || (line.column === parent && !isItem && this.#isDash())) return this.#block();
    return isAnchored ? unusual() : verbatim('', empty, empty);
  }

  #onLine(parent: number, isItem: boolean, isAnchored: boolean): YamlNode {
    const line = this.#line;
    const first = line.text[line.at]!;
    if (first === '|' || first === '>') return blockScalar(line, parent);
    if (first === '[' || first === '{') return this.#inline(parent, flow(line, this.#anchors, this.#depth + 1));
    const { column } = line;
    if (isItem) {
      const key = this.#isDash() ? unusual() : readKey(line);
      if (key) return isAnchored ? unusual() : this.#map(column, key);
    }
    return this.#inline(parent, lineScalar(line));
  }

  /** A node that ends with its line. */
  #inline<T extends YamlNode | undefined>(parent: number, node: T): T {
    const line = this.#line;
    if (!line.isLineOver()) unusual();
    line.nextLine();
    // A scalar goes on in deeper lines.
    if (line.column > parent) unusual();
    return node;
  }
}
