import { Pieces } from '../../pieces.ts';
import type { Span } from '../../text.ts';
import type { YamlEntry, YamlLeaf } from '../tree.ts';
import { type Cursor, unusual } from './cursor.ts';

/** A key on one line must not be longer than 1024: https://yaml.org/spec/1.2.2/#822-block-mappings */
const MAX_KEY = 1000;

/** What no plain scalar begins with: https://yaml.org/spec/1.2.2/#733-plain-style */
const INDICATORS = '-?:,[]{}#&*!|>\'"%@`';
/** Those with which one begins nevertheless, if a word goes on behind them. */
const HALF_INDICATORS = '-?:';

const BLOCK_SCALAR = /([|>])([+-]?) *(?: #.*)?$/y;

const SPACE = 0x20;
const HASH = 0x23;
const COLON = 0x3a;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;

const keys = new Pieces();

/** An entry of a map whose value has not been read yet. */
export type YamlKey = { -readonly [Key in keyof YamlEntry]: YamlEntry[Key] };

/** A key with its colon, moved over; `undefined` where none stands here. */
export function readKey(line: Cursor): YamlKey | undefined {
  const quote = quoteAt(line);
  return quote === undefined ? plainKey(line) : quotedKey(line, quote);
}

function plainKey(line: Cursor): YamlKey | undefined {
  if (!mayBePlain(line)) return undefined;
  const { text, at: start, end: lineEnd } = line;
  let colon = start;
  for (; colon < lineEnd; colon++) {
    const code = text.charCodeAt(colon);
    if (code === COLON && line.isGap(colon + 1)) break;
    if (code === HASH && text.charCodeAt(colon - 1) === SPACE) return undefined;
  }
  if (colon >= lineEnd) return undefined;
  let end = colon;
  while (text.charCodeAt(end - 1) === SPACE) end--;
  return keyUpTo(line, colon, keys.cut(text, start, end), { start, end });
}

function quotedKey(line: Cursor, quote: number): YamlKey | undefined {
  const { text } = line;
  const { value, span } = quoted(line, quote);
  let colon = span.end + 1;
  while (text.charCodeAt(colon) === SPACE) colon++;
  const isKey = text.charCodeAt(colon) === COLON && line.isGap(colon + 1) && colon < line.end;
  return isKey ? keyUpTo(line, colon, value, span) : undefined;
}

function keyUpTo(line: Cursor, colon: number, key: string, keySpan: Span): YamlKey {
  if (colon - line.at > MAX_KEY) unusual();
  line.advance(colon + 1 - line.at);
  return { key, keySpan, value: undefined };
}

function mayBePlain(line: Cursor): boolean {
  const first = line.text[line.at]!;
  if (isLetter(line.text.charCodeAt(line.at))) return true;
  return !INDICATORS.includes(first) || (HALF_INDICATORS.includes(first) && !line.isGap(line.at + 1));
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** A scalar that takes the rest of the line, moved over. */
export function lineScalar(line: Cursor): YamlLeaf {
  const quote = quoteAt(line);
  if (quote !== undefined) return movedOver(line, quoted(line, quote));
  if (!mayBePlain(line)) unusual();
  const { text, at: start, end: lineEnd } = line;
  let end = start;
  for (; end < lineEnd && !line.isComment(end); end++) {
    if (text.charCodeAt(end) === COLON && line.isGap(end + 1)) unusual();
  }
  while (text.charCodeAt(end - 1) === SPACE) end--;
  line.advance(end - start);
  return verbatim(text, start, end);
}

/** The quote that stands here. */
export function quoteAt({ text, at }: Cursor): number | undefined {
  const code = text.charCodeAt(at);
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE ? code : undefined;
}

export function movedOver(line: Cursor, leaf: YamlLeaf): YamlLeaf {
  line.advance(leaf.span.end + 1 - line.at);
  return leaf;
}

/** A quoted scalar that ends on this line, not moved over. */
export function quoted({ text, at, end: lineEnd }: Cursor, quote: number): YamlLeaf {
  const start = at + 1;
  let isVerbatim = true;
  for (let end = start; end < lineEnd; end++) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
      isVerbatim = false;
      end++;
    } else if (code === quote) {
      if (quote === DOUBLE_QUOTE || text.charCodeAt(end + 1) !== SINGLE_QUOTE) {
        if (isVerbatim) return verbatim(text, start, end);
        const source = text.slice(start, end);
        return scalar(quote === DOUBLE_QUOTE ? unescaped(source) : source.replaceAll("''", "'"), source, start, end);
      }
      isVerbatim = false;
      end++;
    }
  }
  return unusual();
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t', r: '\r' };

/** https://yaml.org/spec/1.2.2/#57-escaped-characters */
function unescaped(source: string): string {
  return source.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? unusual());
}

/** A block scalar, moved over with its lines. https://yaml.org/spec/1.2.2/#81-block-scalar-styles */
export function blockScalar(line: Cursor, parent: number): YamlLeaf {
  BLOCK_SCALAR.lastIndex = 0;
  const [, style, chomping] = BLOCK_SCALAR.exec(line.text.slice(line.at, line.end)) ?? unusual();
  const start = line.next;
  const { lines, end } = indented(line, parent);
  if (chomping === '+') unusual();
  const body = style === '>' ? folded(lines) : lines.join('\n');
  line.nextLine();
  if (line.column > parent) unusual();
  return scalar(chomping === '' ? `${body}\n` : body, line.text.slice(start, end), start, end);
}

/** The lines of a block scalar without their indentation and without empty ones at their end, and where they end. */
function indented(cursor: Cursor, parent: number): { lines: string[]; end: number } {
  const lines: string[] = [];
  let indent = -1;
  let end = cursor.next;
  let last = 0;
  while (cursor.next < cursor.text.length) {
    const endOfLine = cursor.endOfLine();
    const line = cursor.text.slice(cursor.next, endOfLine);
    const lead = line.search(/[^ ]/);
    if (line.endsWith('\r') || (lead < 0 && indent < 0)) unusual();
    if (indent < 0) indent = lead;
    if (lead >= 0 && lead < indent) break;
    lines.push(line.slice(indent));
    cursor.next = Math.min(endOfLine + 1, cursor.text.length);
    if (lead < 0) continue;
    end = cursor.next;
    last = lines.length;
  }
  if (indent <= parent) unusual();
  return { lines: lines.slice(0, last), end };
}

/** https://yaml.org/spec/1.2.2/#813-folded-style */
function folded(lines: readonly string[]): string {
  // Lines that are indented further keep their breaks.
  if (lines.some((line) => line.startsWith(' '))) unusual();
  return lines.join('\n').replace(/(?<!\n)\n+(?=[^\n])/g, (breaks) => (breaks.length === 1 ? ' ' : breaks.slice(1)));
}

/** A scalar whose value is what stands there. */
export function verbatim(text: string, start: number, end: number): YamlLeaf {
  const source = text.slice(start, end);
  return scalar(source, source, start, end);
}

function scalar(value: string, source: string, start: number, end: number): YamlLeaf {
  return { kind: 'scalar', value, source, span: { start, end } };
}
