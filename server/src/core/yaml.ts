import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
} from 'yaml';
import { withoutDirectives } from './suppressions.ts';
import type { Span } from './text.ts';

/** Longer texts are refused: no file that people keep by hand comes near. */
const MAX_LENGTH = 1_000_000;
/** So are texts of the usual length that are made of marks only. */
const MAX_LEXEMES = 300_000;
/** Deeper texts are refused: the composer of `yaml` recurses, and deep recursion ends the process, not the parse. */
const MAX_DEPTH = 200;
/** How many nodes the aliases of one document may stand for; all that go beyond lead nowhere. */
const MAX_ALIASED_NODES = 100_000;

/** What a text gives: its documents, broken ones included, or the reason why it was not parsed at all. */
export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  readonly refused?: 'too long' | 'nested too deeply';
}

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
  readonly value: Node | undefined;
  /** The comment lines above the key. */
  readonly comment?: string;
}

/**
 * Parses YAML 1.2, https://yaml.org/spec/1.2.2/, and never throws. All scalars are strings, unknown tags are tolerated,
 * and a broken text gives what can be read of it.
 */
export function parseYaml(text: string): YamlFile {
  const tokens = text.length > MAX_LENGTH ? 'too long' : tokenize(text);
  if (typeof tokens === 'string') return { documents: [], refused: tokens };
  // `uniqueKeys` compares every key with every other, which is quadratic.
  const composer = new Composer({ schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, false, text.length)];
  return { documents: documents.map((document) => new YamlDocument(text, document)) };
}

/** What a text says besides comments and blanks: marks, keys and scalars as they are written. Nothing if it is too long. */
export function yamlLexemes(text: string): string[] {
  const lexemes: string[] = [];
  if (text.length > MAX_LENGTH) return lexemes;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (isScalar || !/^(?:[ \t\r\n]*$|#)/.test(lexeme)) lexemes.push(lexeme);
    isScalar = lexeme === '\x1f';
  }
  return lexemes;
}

/** The concrete syntax tree, built without recursion and given up as soon as it goes beyond a limit. */
function tokenize(text: string): CST.Token[] | 'too long' | 'nested too deeply' {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (++lexemes > MAX_LEXEMES) return 'too long';
    if (parser.stack.length > MAX_DEPTH) return 'nested too deeply';
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** One document of a file. A walk over all of it ends, and soon, whatever its aliases do. */
export class YamlDocument {
  /** The top node; `undefined` when the document is empty. */
  readonly root: Node | undefined;
  /** Where the text breaks the rules of YAML, in the order of the text. */
  readonly errors: readonly { readonly span: Span; readonly message: string }[];
  readonly #text: string;
  readonly #targets: ReadonlyMap<Node, Node>;

  constructor(text: string, document: Document) {
    this.#text = text;
    this.errors = document.errors.map(({ message, pos: [start, end] }) => ({ span: { start, end }, message }));
    this.#targets = aliasTargets(document.contents);
    this.root = this.#follow(document.contents);
  }

  /**
   * The entries of a map in their order, then those that its merge keys bring in and that it does not have itself;
   * of several merged maps the first wins. Nothing when the node is no map. https://yaml.org/type/merge.html
   */
  entries(node: Node | undefined): YamlEntry[] {
    if (!isMap(node)) return [];
    const entries: YamlEntry[] = [];
    const merged: Node[] = [];
    for (const { key, value } of node.items) {
      const name = this.scalar(key as Node | undefined);
      if (!name) continue;
      const target = this.#follow(value);
      const above = (key as Node).commentBefore ?? (entries.length === 0 ? node.commentBefore : undefined);
      const comment = above && withoutDirectives(above);
      if (name.value !== '<<')
        entries.push({ key: name.value, keySpan: name.span, value: target, ...(comment && { comment }) });
      else if (target) merged.push(...(isSeq(target) ? this.items(target) : [target]));
    }
    const seen = new Set(entries.map((entry) => entry.key));
    for (const entry of merged.flatMap((map) => this.entries(map))) {
      if (seen.has(entry.key)) continue;
      seen.add(entry.key);
      entries.push(entry);
    }
    return entries;
  }

  /** The value of a key, looked up as in {@link entries}. */
  get(node: Node | undefined, key: string): Node | undefined {
    return this.entries(node).find((entry) => entry.key === key)?.value;
  }

  /** The items of a sequence, aliases followed; nothing when the node is no sequence. */
  items(node: Node | undefined): Node[] {
    if (!isSeq(node)) return [];
    return node.items.map((item) => this.#follow(item)).filter((item) => item !== undefined);
  }

  /** A scalar with its place; `undefined` when the node is none. */
  scalar(node: Node | undefined): YamlScalar | undefined {
    const target = this.#follow(node);
    if (!isScalar(target) || !target.range) return undefined;
    const [start, end] = target.range;
    const isQuoted = target.type === 'QUOTE_DOUBLE' || target.type === 'QUOTE_SINGLE';
    const isClosed = end - start > 1 && this.#text[end - 1] === this.#text[start];
    const span = isQuoted ? { start: start + 1, end: isClosed ? end - 1 : end } : this.#body(start, end, target.type);
    const source = this.#text.slice(span.start, span.end);
    // Of a quoted scalar that is still being typed, the library drops the last character.
    const value = isQuoted && !isClosed ? source : String(target.value ?? '');
    const comment = target.comment && withoutDirectives(target.comment).trim();
    return { value, source, span, verbatim: source === value, ...(comment && { comment }) };
  }

  /** Takes the header of a block scalar off its range. */
  #body(start: number, end: number, type: string | undefined): Span {
    if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return { start, end };
    const header = this.#text.slice(start, end).search(/[\r\n]/);
    return { start: header < 0 ? end : start + header + 1, end };
  }

  #follow(node: unknown): Node | undefined {
    const target = isAlias(node) ? this.#targets.get(node) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  }
}

/**
 * The node of every alias, as long as the document written out in full stays small and shallow. An alias to an anchor
 * that is missing, that holds the alias itself, or that would blow the document up, gets none. One pass, because
 * `Alias.resolve` of the library walks the whole document for each alias.
 */
function aliasTargets(root: unknown): Map<Node, Node> {
  const targets = new Map<Node, Node>();
  /** The last finished node of each anchor, with its size and height when written out. */
  const anchors = new Map<string, { node: Node; size: number; height: number }>();
  let aliased = 0;

  function walk(node: unknown, depth: number): { size: number; height: number } {
    if (isAlias(node)) {
      const anchor = anchors.get(node.source);
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
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, { node, size, height });
    return { size, height };
  }

  walk(root, 0);
  return targets;
}

function children(node: unknown): unknown[] {
  if (isPair(node)) return [node.key, node.value];
  return isMap(node) || isSeq(node) ? node.items : [];
}
