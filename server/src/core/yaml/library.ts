import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type YAMLMap as LibraryMap,
  type Node,
  Parser,
  type Scalar,
} from 'yaml';
import { withoutDirectives } from '../suppressions.ts';
import type { Span } from '../text.ts';
import { Anchors, MAX_DEPTH } from './anchors.ts';
import type { ParsedDocument } from './document.ts';
import { MERGE_KEY, withMerged, type YamlEntry, type YamlLeaf, type YamlNode } from './tree.ts';

/** Texts of the usual length that are made of marks only are refused: as many lexemes may be in a text. */
const MAX_LEXEMES = 300_000;
/** For errors, documents, tags, anchors and aliases the composer takes as long as for so many other lexemes. */
const COSTLY = 20;

/** Parses whatever text by the library `yaml`, broken ones as far as they can be read. Says why it does not. */
export function parseByLibrary(text: string): ParsedDocument[] | 'too long' | 'nested too deeply' {
  const documents = composedByLibrary(text);
  if (typeof documents === 'string') return documents;
  return documents.map(({ contents, errors }) => ({
    root: new TreeBuilder(text).node(contents, 0),
    errors: errors.map(({ message, pos: [start, end] }) => ({ span: { start, end }, message })),
  }));
}

/** The same as the library has it, for who has to know where collections end. */
export function composedByLibrary(text: string): Document.Parsed[] | 'too long' | 'nested too deeply' {
  const tokens = tokenize(text);
  if (typeof tokens === 'string') return tokens;
  // `uniqueKeys` compares every key with every other, which is quadratic.
  const composer = new Composer({ schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, logLevel: 'silent' });
  return [...composer.compose(tokens, false, text.length)];
}

/** What a text says besides comments and blanks: marks, keys and scalars as they are written. */
export function yamlLexemes(text: string): string[] {
  const lexemes: string[] = [];
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
  let last = '';
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += isCostly(lexeme, last) ? COSTLY : 1;
    if (!/^\s*$/.test(lexeme)) last = lexeme;
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error' || token.type === 'document') lexemes += COSTLY;
    }
    if (lexemes > MAX_LEXEMES) return 'too long';
    if (parser.stack.length > MAX_DEPTH) return 'nested too deeply';
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** A tag, an anchor, an alias or a directive, or a mark that is an error behind the one before it. */
function isCostly(lexeme: string, last: string): boolean {
  return (
    /^[!&*%]/.test(lexeme) ||
    (/^["']/.test(lexeme) && /^["']/.test(last)) ||
    (/^[,:?]$/.test(lexeme) && lexeme === last)
  );
}

/** Turns what the library gives into the tree of this project, in the order of the text, as anchors count from then on. */
class TreeBuilder {
  readonly #text: string;
  readonly #anchors = new Anchors();

  constructor(text: string) {
    this.#text = text;
  }

  node(node: unknown, depth: number): YamlNode | undefined {
    if (isAlias(node)) return this.#anchors.get(node.source, depth);
    const built = this.#build(node, depth);
    if (!built) return undefined;
    const { anchor } = node as { anchor?: string };
    return anchor === undefined ? built : this.#anchors.set(anchor, built);
  }

  #build(node: unknown, depth: number): YamlNode | undefined {
    if (isScalar(node)) return node.range ? leaf(node, this.#text) : undefined;
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item, depth + 1)).filter((item) => item !== undefined);
      return { kind: 'seq', items, ...tagOf(node) };
    }
    return isMap(node) ? { kind: 'map', entries: this.#entries(node, depth + 1), ...tagOf(node) } : undefined;
  }

  #entries({ items, commentBefore }: LibraryMap, depth: number): YamlEntry[] {
    const entries: YamlEntry[] = [];
    const merged: (YamlNode | undefined)[] = [];
    for (const [i, { key, value }] of items.entries()) {
      const name = this.node(key, depth);
      const target = this.node(value, depth);
      if (name?.kind !== 'scalar') continue;
      const above = (key as Node | null)?.commentBefore ?? (i === 0 ? commentBefore : undefined);
      const comment = above && withoutDirectives(above);
      if (name.value === MERGE_KEY) merged.push(target);
      else entries.push({ key: name.value, keySpan: name.span, value: target, ...(comment && { comment }) });
    }
    return merged.length === 0 ? entries : withMerged(entries, merged);
  }
}

function tagOf({ tag }: { tag?: string }): { tag?: string } {
  return tag === undefined ? {} : { tag };
}

function leaf(scalar: Scalar, text: string): YamlLeaf {
  const [start, end] = scalar.range!;
  const isQuoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  const isClosed = end - start > 1 && text[end - 1] === text[start];
  const span = isQuoted ? { start: start + 1, end: isClosed ? end - 1 : end } : body(start, end, scalar.type, text);
  const source = text.slice(span.start, span.end);
  // Of a quoted scalar that is still being typed, the library drops the last character.
  const value = isQuoted && !isClosed ? source : String(scalar.value ?? '');
  const comment = scalar.comment && withoutDirectives(scalar.comment).trim();
  return { kind: 'scalar', value, source, span, ...(comment && { comment }), ...tagOf(scalar) };
}

/** Takes the header of a block scalar off its range. */
function body(start: number, end: number, type: string | undefined, text: string): Span {
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return { start, end };
  const [header] = /^.*(?:\r\n?|\n)/.exec(text.slice(start, end)) ?? [];
  return { start: header === undefined ? end : start + header.length, end };
}
