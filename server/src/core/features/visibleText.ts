import MarkdownIt from 'markdown-it';
import type { FileKind } from '../facts.ts';
import { parseStatements } from '../readers/caddy/statements.ts';
import { parseInstructions } from '../readers/dockerfile/instructions.ts';
import { parseEntries } from '../readers/dotenv/entries.ts';
import { Lexer } from '../readers/nginx/lexer.ts';
import { yamlLexemes } from '../yaml/library.ts';

/** Made when it is first used, as by far the most texts are compared without it. */
let markdown: InstanceType<typeof MarkdownIt> | undefined;

/** Fences with these words hold texts in which `#` begins a comment. */
const HASH_LANGUAGES =
  /^(?:ya?ml|(?:docker-?)?compose|nginx|conf|(?:dot)?env|properties|ini|toml|sh|bash|shell|zsh|docker(?:file)?)\b/i;

/** Kinds of files in which only a whole line is a comment. */
const LINED: ReadonlySet<FileKind> = new Set<FileKind>(['systemd', 'procfile', 'makefile']);

/**
 * What a text says to the programs and people for whom it is written, comments left out, in some form of its own. Two
 * texts of a kind for which it is the same differ in comments and blanks alone.
 */
export function visibleText({ kind, path }: { kind: FileKind; path: string }, text: string): string {
  if (kind === 'nginx') return JSON.stringify(nginxTokens(text));
  if (kind === 'dotenv') return JSON.stringify(parseEntries(text).map(({ name, value }) => [name, value]));
  if (kind === 'dockerfile') {
    return JSON.stringify(parseInstructions(text).map(({ name, text: words }) => [name, words.trim().split(/\s+/)]));
  }
  if (kind === 'caddy') return JSON.stringify(parseStatements(text), (key, value) => (key === 'start' ? 0 : value));
  if (LINED.has(kind)) return JSON.stringify(tellingLines(text));
  if (!/\.(?:md|mdc|markdown)$/i.test(path)) return JSON.stringify(yamlLexemes(text));
  markdown ??= new MarkdownIt('commonmark').enable('table');
  const tokens = markdown.parse(text, {});
  for (const token of tokens) {
    if (HASH_LANGUAGES.test(token.info)) token.content = token.content.replace(/(?:^|(?<=\s))#.*/gm, '');
  }
  return withoutComments(markdown.renderer.render(tokens, markdown.options, {}))
    .replace(/\s+/g, ' ')
    .replace(/ (?=<)/g, '')
    .trim();
}

/** The lines that are no comments; a comment within a line that goes on is none. */
function tellingLines(text: string): string[] {
  const lines = text.replace(/\\\r?\n/g, '\\').split(/\r?\n|\r/);
  return lines.filter((line) => !/^\s*(?:#|$)/.test(line));
}

function withoutComments(html: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const open = html.indexOf('<!--', at);
    const close = open < 0 ? -1 : html.indexOf('-->', open + 4);
    parts.push(html.slice(at, close < 0 ? undefined : open));
    if (close < 0) return parts.join('');
    at = close + 3;
  }
}

function nginxTokens(text: string): string[] {
  const lexer = new Lexer(text);
  const tokens: string[] = [];
  for (let token = lexer.next(); token; token = lexer.next()) {
    tokens.push(token === 'word' ? `"${lexer.word().text}` : token);
  }
  return tokens;
}
