import { type Cursor, linesAbove, linesBelow } from './cursor.ts';

/** Where in a YAML text the cursor is, told by the lines up to it alone, as the text need not parse. */
export interface YamlPlace {
  /** The keys above the value, outermost first; `-` for an item of a list. */
  readonly path: readonly string[];
  /** What of the value stands in front of the cursor, and behind it on the line; without quotes. */
  readonly value: string;
  readonly rest: string;
  /** The column of the key whose value this is, or of the item. */
  readonly column: number;
}

/** The dashes in front of a key or a value, and the key. A key needs a space behind its colon, or the line's end. */
const LINE = /^(\s*)((?:-[ \t]+)*)(?:("[^"]*"|'[^']*'|[^\s"'#:[\]{},-][^\s"'#:[\]{},]*)[ \t]*:(?=[ \t]|$))?/;

/** The value at the cursor; `undefined` in a key, in a comment, behind a value, and in a flow map. */
export function yamlPlace(cursor: Cursor): YamlPlace | undefined {
  const [matched, indent, dashes, key] = LINE.exec(cursor.before)!;
  const written = cursor.before.slice(matched.length);
  // `key:` with the cursor right behind it: the space is still missing.
  if (key !== undefined && written === '') return undefined;
  if (key === undefined && dashes === '') return undefined;
  const value = valueIn(written);
  if (value === undefined) return undefined;
  const own = elementsOf(indent!, dashes!, key);
  const path = [...pathAbove(cursor, own[0]!), ...own.map(({ name }) => name), ...(value.isItem ? ['-'] : [])];
  return { path, value: value.text, rest: restOf(cursor.after, value.quote), column: own.at(-1)!.column };
}

/** The scalar of which a text is the beginning: alone, or in a list in brackets. */
function valueIn(written: string): Value | undefined {
  const text = written.trimStart();
  if (!text.startsWith('[')) return scalarIn(text, false);
  let item = 1;
  let quote = '';
  for (let i = 1; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ',') item = i + 1;
    else if ('[]{}#'.includes(character)) return undefined;
  }
  return scalarIn(text.slice(item).trimStart(), true);
}

interface Value {
  readonly text: string;
  readonly quote: string;
  readonly isItem: boolean;
}

/** `undefined` when the scalar ends before the text does. */
function scalarIn(text: string, isItem: boolean): Value | undefined {
  const quote = /^["']/.exec(text)?.[0] ?? '';
  const inner = text.slice(quote.length);
  const isOver = quote === '' ? /[\s#"'[\]]|(?<!\$)\{/.test(inner) : inner.includes(quote);
  return isOver ? undefined : { text: inner, quote, isItem };
}

function restOf(after: string, quote: string): string {
  const end = quote === '' ? after.search(/[ \t]#|[,\]]/) : after.indexOf(quote);
  return (end < 0 ? after : after.slice(0, end)).trimEnd();
}

/** A key or a dash, and the column at which it stands. */
interface Element {
  readonly name: string;
  readonly column: number;
}

function elementsOf(indent: string, dashes: string, key: string | undefined): Element[] {
  const elements: Element[] = [];
  for (const { index } of dashes.matchAll(/-/g)) elements.push({ name: '-', column: indent.length + index });
  if (key !== undefined) elements.push({ name: unquoted(key), column: indent.length + dashes.length });
  return elements;
}

/** The keys and dashes around an element, told by indentation. */
function pathAbove(cursor: Cursor, element: Element): string[] {
  const path: string[] = [];
  let inner = element;
  for (const line of linesAbove(cursor)) {
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, indent, dashes, key] = LINE.exec(line)!;
    for (const outer of elementsOf(indent!, dashes!, key).reverse()) {
      // The items of a list may stand in the column of its key.
      const isAround =
        outer.column < inner.column || (outer.column === inner.column && isDash(inner) && !isDash(outer));
      if (!isAround) continue;
      path.unshift(outer.name);
      inner = outer;
    }
    if (inner.column === 0 && !isDash(inner)) break;
  }
  return path;
}

function isDash({ name }: Element): boolean {
  return name === '-';
}

/** The other keys of the map in which the cursor is, with their values where these are scalars. */
export function siblings(cursor: Cursor, column: number): Map<string, string> {
  const found = new Map<string, string>();
  const isFirst = LINE.exec(cursor.before)![2] !== '';
  if (!isFirst) for (const line of linesAbove(cursor)) if (!take(line, column, found, true)) break;
  for (const line of linesBelow(cursor)) if (!take(line, column, found, false)) break;
  return found;
}

/** Takes the key of a line if it is one of the map; false where the map is over. */
function take(line: string, column: number, found: Map<string, string>, isAbove: boolean): boolean {
  if (/^\s*(?:#|$)/.test(line)) return true;
  const [matched, indent, dashes, key] = LINE.exec(line)!;
  const at = indent!.length + dashes!.length;
  if (indent!.length < column && (dashes === '' || !isAbove || at < column)) return false;
  if (at === column && key !== undefined && (isAbove || dashes === '')) {
    const value = line.slice(matched.length).replace(/[ \t]#.*/s, '');
    found.set(unquoted(key), unquoted(value.trim()));
  }
  return dashes === '' || at !== column;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
