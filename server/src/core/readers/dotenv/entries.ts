/** One `NAME=value` of a dotenv file. */
export interface Entry {
  readonly name: string;
  /** Without quotes, comment and the space around it; escapes as they stand. */
  readonly value: string;
  /** Where the value starts. */
  readonly start: number;
  /** In single quotes: nothing in it is interpolated. */
  readonly literal: boolean;
}

const BEGINNING = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/y;
const REST_OF_LINE = /[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;
const BREAK = /[\r\n]/g;

/**
 * The entries of a dotenv file. Quoted values may go over several lines; a quote that does not end, or is not the end
 * of its line but for a comment, is no quote. An inline comment needs a space before it.
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function parseEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    BEGINNING.lastIndex = at;
    const match = BEGINNING.exec(text);
    if (match !== null) {
      const start = BEGINNING.lastIndex;
      const entry = quoted(match[1]!, text, start) ?? bare(match[1]!, text, start);
      entries.push(entry);
      at = entry.start + entry.value.length;
    }
    at = endOfLine(text, at) + 1;
  }
  return entries;
}

function quoted(name: string, text: string, at: number): Entry | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const start = at + 1;
  let end = start;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  REST_OF_LINE.lastIndex = end + 1;
  if (end >= text.length || !REST_OF_LINE.test(text)) return undefined;
  return { name, value: text.slice(start, end), start, literal: quote === "'" };
}

function bare(name: string, text: string, start: number): Entry {
  const line = text.slice(start, endOfLine(text, start));
  return { name, value: withoutComment(line, text[start - 1]!).trimEnd(), start, literal: false };
}

/** @param before the character in front of the line's value */
function withoutComment(line: string, before: string): string {
  if (!line.includes('#')) return line;
  const comment = line.startsWith('#') && /[ \t]/.test(before) ? 0 : line.search(/[ \t]#/);
  return comment < 0 ? line : line.slice(0, comment);
}

function endOfLine(text: string, at: number): number {
  BREAK.lastIndex = at;
  return BREAK.test(text) ? BREAK.lastIndex - 1 : text.length;
}
