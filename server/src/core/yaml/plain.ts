import type { YamlAlias, YamlLeaf, YamlMap, YamlNode, YamlPair, YamlSeq, YamlTree } from './tree.ts';

/** Deeper texts are left to the library, which knows how to refuse them. */
const MAX_DEPTH = 60;
/** A key on one line must not be longer than 1024: https://yaml.org/spec/1.2.2/#822-block-mappings */
const MAX_KEY = 1000;

/** Thrown where the text holds something that is left to the library; never leaves this file. */
const UNUSUAL = Symbol('unusual');

/** Tabs, lone carriage returns, byte order marks and what else is not printed: https://yaml.org/spec/1.2.2/#51-character-set */
const STRANGE = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\uFEFF]|\r(?!\n)/;

/** What no plain scalar begins with: https://yaml.org/spec/1.2.2/#733-plain-style */
const INDICATORS = new Set('-?:,[]{}#&*!|>\'"%@`');
const ANCHOR = /&([\w.-]+)(?![^ \r\n]) */y;
const ALIAS = /\*([\w.-]+)(?![^ \r\n,\]}]) */y;
const BLOCK_SCALAR = /([|>])([+-]?) *(?: #.*)?$/y;
const FLOW_PLAIN = /[^\s,[\]{}#&*!|>'"%@`:?-][^,[\]{}#:]*(?:[:#][^\s,[\]{}#:]+)*/y;

/**
 * Parses YAML as people write it in configuration files: block maps and sequences, scalars and flow collections on one
 * line, literal block scalars, anchors and aliases. It must give exactly what the library gives, comments apart; tests
 * compare the two.
 * @returns `undefined` for whatever is unusual, and for every text with an error
 */
export function parsePlain(text: string): YamlTree | undefined {
  if (STRANGE.test(text)) return undefined;
  try {
    return new PlainParser(text).document();
  } catch (reason) {
    if (reason === UNUSUAL) return undefined;
    throw reason;
  }
}

function unusual(): never {
  throw UNUSUAL;
}

/** Goes through the lines that hold something. `#at` stands where the next node begins, in column `#column`. */
class PlainParser {
  readonly #text: string;
  #at = 0;
  #column = -1;
  /** Where the line's text ends, spaces and line break off. */
  #end = 0;
  /** Where the next line begins. */
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): YamlTree {
    this.#nextLine();
    if (this.#column === 0 && /^--- *(?:#|$)/.test(this.#rest())) this.#nextLine();
    if (this.#column < 0) unusual();
    const root = this.#block();
    if (this.#column >= 0) unusual();
    return root;
  }

  /** Moves to the next line that holds more than a comment; the column is -1 behind the last one. */
  #nextLine(): void {
    const text = this.#text;
    while (this.#next < text.length) {
      const start = this.#next;
      const feed = text.indexOf('\n', start);
      this.#next = feed < 0 ? text.length : feed + 1;
      let end = feed < 0 ? text.length : feed;
      while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
      let at = start;
      while (at < end && text.charCodeAt(at) === SPACE) at++;
      if (at === end || text.charCodeAt(at) === HASH) continue;
      this.#at = at;
      this.#column = at - start;
      this.#end = end;
      return;
    }
    this.#column = -1;
  }

  #rest(): string {
    return this.#text.slice(this.#at, this.#end);
  }

  /** The map or sequence that begins here. */
  #block(): YamlMap | YamlSeq {
    if (++this.#depth > MAX_DEPTH) unusual();
    const node = this.#isDash() ? this.#sequence() : this.#map();
    this.#depth--;
    return node;
  }

  #isDash(): boolean {
    return this.#text[this.#at] === '-' && isGap(this.#text[this.#at + 1]);
  }

  #sequence(): YamlSeq {
    const column = this.#column;
    const items: YamlTree[] = [];
    while (this.#column === column && this.#isDash()) {
      this.#advance(1);
      items.push(this.#value(column, true));
    }
    if (this.#column > column) unusual();
    return { kind: 'seq', items };
  }

  #map(): YamlMap {
    const column = this.#column;
    const pairs: YamlPair[] = [];
    while (this.#column === column && !this.#isDash()) {
      if (column === 0 && /^(?:---|\.\.\.)/.test(this.#rest())) unusual();
      const key = this.#key() ?? unusual();
      pairs.push({ key, value: this.#value(column, false) });
    }
    if (this.#column > column) unusual();
    return { kind: 'map', pairs };
  }

  /** Moves on in the line, over spaces too. */
  #advance(length: number): void {
    let at = this.#at + length;
    while (at < this.#end && this.#text.charCodeAt(at) === SPACE) at++;
    this.#column += at - this.#at;
    this.#at = at;
  }

  /** A key with its colon, moved over; `undefined` where none stands here. */
  #key(): YamlLeaf | undefined {
    const key = this.#quoted() ?? this.#plainKey();
    if (!key) return undefined;
    const start = this.#at;
    let colon = key.after;
    while (this.#text[colon] === ' ') colon++;
    if (this.#text[colon] !== ':' || !isGap(this.#text[colon + 1]) || colon >= this.#end) return undefined;
    if (colon - start > MAX_KEY) unusual();
    this.#advance(colon + 1 - start);
    return key.leaf;
  }

  #plainKey(): { leaf: YamlLeaf; after: number } | undefined {
    const [text, start] = [this.#text, this.#at];
    if (!this.#mayBePlain()) return undefined;
    let colon = start;
    while (colon < this.#end && !(text.charCodeAt(colon) === COLON && isGap(text[colon + 1]))) {
      if (this.#isComment(++colon)) return undefined;
    }
    if (colon >= this.#end) return undefined;
    let end = colon;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    return { leaf: scalar(text.slice(start, end), start, end), after: end };
  }

  #isComment(at: number): boolean {
    return this.#text.charCodeAt(at) === HASH && this.#text.charCodeAt(at - 1) === SPACE;
  }

  #mayBePlain(): boolean {
    const first = this.#text[this.#at]!;
    if (!INDICATORS.has(first)) return true;
    return (first === '-' || first === '?' || first === ':') && !isGap(this.#text[this.#at + 1]);
  }

  /** What stands behind a key or a dash, or below it; then moves to the next line. */
  #value(parent: number, isItem: boolean): YamlTree {
    const anchor = this.#match(ANCHOR)?.[1];
    if (this.#isLineOver()) return this.#below(parent, isItem, anchor);
    if (this.#text[this.#at] === '*') return anchor === undefined ? this.#inline(parent, this.#alias()) : unusual();
    const node = this.#onLine(parent, isItem, anchor !== undefined);
    return anchor === undefined ? node : { ...node, anchor };
  }

  /** Whether nothing but a comment is left of the line. */
  #isLineOver(): boolean {
    return this.#at >= this.#end || this.#isComment(this.#at);
  }

  #below(parent: number, isItem: boolean, anchor: string | undefined): YamlNode {
    let empty = this.#at;
    while (this.#text.charCodeAt(empty) === SPACE) empty++;
    this.#nextLine();
    const isBelow = this.#column > parent || (this.#column === parent && !isItem && this.#isDash());
    if (isBelow) return anchor === undefined ? this.#block() : { ...this.#block(), anchor };
    return anchor === undefined ? scalar('', empty, empty) : unusual();
  }

  #onLine(parent: number, isItem: boolean, isAnchored: boolean): YamlNode {
    const first = this.#text[this.#at]!;
    if (first === '|' || first === '>') return this.#blockScalar(parent);
    if (first === '[' || first === '{') return this.#inline(parent, this.#flow(0));
    const [at, column] = [this.#at, this.#column];
    if (isItem) {
      const isMap = this.#isDash() ? unusual() : this.#key() !== undefined;
      this.#at = at;
      this.#column = column;
      if (isMap) return isAnchored ? unusual() : this.#block();
    }
    return this.#inline(parent, this.#lineScalar());
  }

  /** A node that ends with its line. */
  #inline<T extends YamlTree>(parent: number, node: T): T {
    if (!this.#isLineOver()) unusual();
    this.#nextLine();
    // A scalar goes on in deeper lines.
    if (this.#column > parent) unusual();
    return node;
  }

  /** A scalar that takes the rest of the line, moved over. */
  #lineScalar(): YamlLeaf {
    const quoted = this.#quoted();
    if (quoted) {
      this.#advance(quoted.after - this.#at);
      return quoted.leaf;
    }
    if (!this.#mayBePlain()) unusual();
    const [text, start] = [this.#text, this.#at];
    let end = start;
    while (end < this.#end && !this.#isComment(end)) {
      if (text.charCodeAt(end) === COLON && isGap(text[end + 1])) unusual();
      end++;
    }
    while (text.charCodeAt(end - 1) === SPACE) end--;
    const value = text.slice(start, end);
    this.#advance(end - start);
    return scalar(value, start, end);
  }

  /** A quoted scalar that ends on this line, and what follows it; not moved over. */
  #quoted(): { leaf: YamlLeaf; after: number } | undefined {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") return undefined;
    const start = this.#at + 1;
    const end = quote === '"' ? this.#endOfDouble(start) : this.#endOfSingle(start);
    const source = this.#text.slice(start, end);
    const value = quote === '"' ? unescaped(source) : source.replaceAll("''", "'");
    return { leaf: scalar(value, start, end), after: end + 1 };
  }

  #endOfDouble(start: number): number {
    for (let at = start; at < this.#end; at++) {
      if (this.#text[at] === '\\') at++;
      else if (this.#text[at] === '"') return at;
    }
    return unusual();
  }

  #endOfSingle(start: number): number {
    for (let at = start; at < this.#end; at++) {
      if (this.#text[at] !== "'") continue;
      if (this.#text[at + 1] !== "'") return at;
      at++;
    }
    return unusual();
  }

  /** A flow collection on one line, moved over. https://yaml.org/spec/1.2.2/#74-flow-collection-styles */
  #flow(depth: number): YamlMap | YamlSeq {
    if (depth > MAX_DEPTH) unusual();
    const isMap = this.#text[this.#at] === '{';
    const close = isMap ? '}' : ']';
    const items: YamlTree[] = [];
    const pairs: YamlPair[] = [];
    this.#advance(1);
    while (this.#text[this.#at] !== close) {
      if (isMap) pairs.push({ key: this.#flowKey(), value: this.#flowNode(depth) });
      else items.push(this.#flowNode(depth));
      if (this.#text[this.#at] === ',') this.#advance(1);
      else if (this.#text[this.#at] !== close) unusual();
    }
    this.#advance(1);
    return isMap ? { kind: 'map', pairs } : { kind: 'seq', items };
  }

  #flowKey(): YamlLeaf {
    const key = this.#flowScalar();
    if (this.#text[this.#at] !== ':' || this.#text[this.#at + 1] !== ' ') unusual();
    this.#advance(1);
    return key;
  }

  #flowNode(depth: number): YamlTree {
    const first = this.#text[this.#at];
    if (first === '[' || first === '{') return this.#flow(depth + 1);
    return first === '*' ? this.#alias() : this.#flowScalar();
  }

  #flowScalar(): YamlLeaf {
    const quoted = this.#quoted();
    if (quoted) {
      this.#advance(quoted.after - this.#at);
      return quoted.leaf;
    }
    const start = this.#at;
    const value = (this.#match(FLOW_PLAIN)?.[0] ?? unusual()).trimEnd();
    if (this.#at > this.#end || value.includes(' #')) unusual();
    return scalar(value, start, start + value.length);
  }

  #alias(): YamlAlias {
    const [, name] = this.#match(ALIAS) ?? unusual();
    return { kind: 'alias', name: name! };
  }

  /** A block scalar, moved over. https://yaml.org/spec/1.2.2/#81-block-scalar-styles */
  #blockScalar(parent: number): YamlLeaf {
    BLOCK_SCALAR.lastIndex = 0;
    const [, style, chomping] = BLOCK_SCALAR.exec(this.#text.slice(this.#at, this.#end)) ?? unusual();
    const start = this.#next;
    const { lines, end } = this.#indented(parent);
    if (chomping === '+') unusual();
    const body = style === '>' ? folded(lines) : lines.join('\n');
    const value = chomping === '' ? `${body}\n` : body;
    this.#nextLine();
    if (this.#column > parent) unusual();
    return scalar(value, start, end);
  }

  /** The lines of a block scalar without their indentation and without empty ones at their end, and where they end. */
  #indented(parent: number): { lines: string[]; end: number } {
    const lines: string[] = [];
    let indent = -1;
    let end = this.#next;
    let last = 0;
    while (this.#next < this.#text.length) {
      const feed = this.#text.indexOf('\n', this.#next);
      const line = this.#text.slice(this.#next, feed < 0 ? this.#text.length : feed);
      const lead = line.search(/[^ ]/);
      if (line.endsWith('\r') || (lead < 0 && indent < 0)) unusual();
      if (indent < 0) indent = lead;
      if (lead >= 0 && lead < indent) break;
      lines.push(line.slice(indent));
      this.#next = feed < 0 ? this.#text.length : feed + 1;
      if (lead < 0) continue;
      end = this.#next;
      last = lines.length;
    }
    if (indent <= parent) unusual();
    return { lines: lines.slice(0, last), end };
  }

  /** Matches a sticky expression here and moves over the match. */
  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found) this.#advance(found[0].length);
    return found;
  }
}

const SPACE = 0x20;
const HASH = 0x23;
const COLON = 0x3a;

function isSpace(code: number): boolean {
  return code === SPACE || code === 0x0d;
}

/** Whether a character ends a word; so does the end of the text. */
function isGap(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\n' || char === '\r';
}

/** https://yaml.org/spec/1.2.2/#813-folded-style */
function folded(lines: readonly string[]): string {
  // Lines that are indented further keep their breaks.
  if (lines.some((line) => line.startsWith(' '))) unusual();
  return lines.join('\n').replace(/(?<!\n)\n+(?=[^\n])/g, (breaks) => (breaks.length === 1 ? ' ' : breaks.slice(1)));
}

function scalar(value: string, start: number, end: number): YamlLeaf {
  return { kind: 'scalar', value, span: { start, end } };
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t', r: '\r' };

/** https://yaml.org/spec/1.2.2/#57-escaped-characters */
function unescaped(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? unusual());
}
