import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type Scalar,
} from 'yaml';
import { withoutDirectives } from '../suppressions.ts';
import type { Span } from '../text.ts';
import type { YamlLeaf, YamlPair, YamlTree } from './tree.ts';

/** Texts of the usual length that are made of marks only are refused: as many lexemes may be in a text. */
const MAX_LEXEMES = 300_000;
/** For errors, documents, tags and anchors the composer takes as long as for so many other lexemes. */
const COSTLY = 20;
/** So are deeper texts: the composer of `yaml` recurses, and deep recursion ends the process, not the parse. */
export const MAX_DEPTH = 200;

/** A document as parsed. */
export interface ParsedDocument {
  readonly root: YamlTree | undefined;
  /** Where the text breaks the rules of YAML, in the order of the text. */
  readonly errors: readonly { readonly span: Span; readonly message: string }[];
}

/** Parses whatever text by the library `yaml`, broken ones as far as they can be read. Says why it does not. */
export function parseByLibrary(text: string): ParsedDocument[] | 'too long' | 'nested too deeply' {
  const documents = composedByLibrary(text);
  if (typeof documents === 'string') return documents;
  return documents.map(({ contents, errors }) => ({
    root: toTree(contents, text),
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

/** A tag, an anchor or a directive, or a mark that is an error behind the one before it. */
function isCostly(lexeme: string, last: string): boolean {
  return (
    /^[!&%]/.test(lexeme) || (/^["']/.test(lexeme) && /^["']/.test(last)) || (/^[,:?]$/.test(lexeme) && lexeme === last)
  );
}

function toTree(node: unknown, text: string): YamlTree | undefined {
  if (isAlias(node)) return { kind: 'alias', name: node.source };
  if (isScalar(node)) return node.range ? leaf(node, text) : undefined;
  if (isSeq(node)) return { kind: 'seq', items: node.items.map((item) => toTree(item, text)), ...properties(node) };
  if (!isMap(node)) return undefined;
  const pairs = node.items.map((pair, i) => toPair(pair, i === 0 ? node.commentBefore : undefined, text));
  return { kind: 'map', pairs, ...properties(node) };
}

function toPair({ key, value }: Pair, commentOfMap: string | null | undefined, text: string): YamlPair {
  const above = (key as Node | null)?.commentBefore ?? commentOfMap;
  const comment = above && withoutDirectives(above);
  return { key: toTree(key, text), value: toTree(value, text), ...(comment && { comment }) };
}

function properties({ anchor, tag }: { anchor?: string; tag?: string }): { anchor?: string; tag?: string } {
  return { ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }) };
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
  return { kind: 'scalar', value, source, span, ...(comment && { comment }), ...properties(scalar) };
}

/** Takes the header of a block scalar off its range. */
function body(start: number, end: number, type: string | undefined, text: string): Span {
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return { start, end };
  const [header] = /^.*(?:\r\n?|\n)/.exec(text.slice(start, end)) ?? [];
  return { start: header === undefined ? end : start + header.length, end };
}
