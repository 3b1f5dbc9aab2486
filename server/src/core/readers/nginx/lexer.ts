import { Pieces } from '../../pieces.ts';

/** A word of a directive: what stands between its quotes, if it has any, escapes and all, exactly as in the source. */
export interface Word {
  readonly text: string;
  /** Where the text starts, after the quote. */
  readonly start: number;
}

const names = new Pieces();

type Token = 'word' | ';' | '{' | '}';

/**
 * What a template engine fills in before nginx sees the file: `{{ value }}`, `{% statement %}`, `{# comment #}`.
 * nginx itself never has these after a brace. Bounded, so that a file full of braces costs no more than others.
 */
const PLACEHOLDER = /\{\{[^{}\n]{0,200}\}\}/y;
const STATEMENT = /\{%[^%\n]{0,300}%\}|\{#[^#\n]{0,300}#\}/y;

/** The words that most are: no quotes, escapes, variables or placeholders. What follows has to end a word. */
const PLAIN_WORD = /[^ \t\r\n;{}"'\\$#][^ \t\r\n;{\\$]*(?![{\\$])/y;
/** The same for all that is left of a directive on its line. A dollar without a brace means nothing to the lexer. */
const PLAIN_REST = /(?:[^;{}"'\\#\n$]|\$(?!\{))*;/y;
const INDENT = /[ \t\r\n]*\n[ \t\r]*/y;

const FEED = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
const DOLLAR = 0x24;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;

/** What nginx takes for a blank; all other spaces are letters to it. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === FEED;
}

const LONG_BRACKET = /\[(=*)\[/y;

/**
 * Splits a configuration file into words and marks after nginx's own rules: quotes, `\` before any character, `${name}`
 * with its braces inside a word, `{` and `;` end a bare word but `}` does not, `#` is a comment only where a word could
 * start. Where nginx would stop, at a quote that does not end or does not end a word, the word ends with its line.
 * https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c (`ngx_conf_read_token`)
 */
export class Lexer {
  readonly #text: string;
  #at: number;
  #lineOpen = true;
  #wordStart = 0;
  #wordEnd = 0;
  #opensLine = false;

  constructor(text: string) {
    this.#text = text;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** Where the last token ended. */
  get offset(): number {
    return this.#at;
  }

  /** The word that was the last token. */
  word(): Word {
    return { text: this.#text.slice(this.#wordStart, this.#wordEnd), start: this.#wordStart };
  }

  /** The same for names, which come again. */
  name(): Word {
    return { text: names.cut(this.#text, this.#wordStart, this.#wordEnd), start: this.#wordStart };
  }

  /** Nothing but space stands before that word on its line, and it has no quotes. */
  get opensLine(): boolean {
    return this.#opensLine;
  }

  /** Passes over the rest of a directive with its semicolon, if that is plain and nobody reads it. */
  skipPlainRest(): boolean {
    const end = this.#matchEnd(PLAIN_REST, this.#at);
    if (end === undefined) return false;
    this.#at = end;
    this.#lineOpen = false;
    return true;
  }

  /** The next token, or `undefined` at the end of the text. */
  next(): Token | undefined {
    this.#skipBlank();
    this.#opensLine = this.#lineOpen;
    this.#lineOpen = false;
    const char = this.#text[this.#at];
    if (char === undefined) return undefined;
    if (char === ';' || char === '}' || (char === '{' && !this.#matchEnd(PLACEHOLDER, this.#at))) {
      this.#at++;
      return char;
    }
    if (char === '"' || char === "'") this.#quotedWord(char);
    else this.#bareWord();
    return 'word';
  }

  /**
   * Skips a Lua block whose opening brace was the last token, up to and with the brace that closes it. Braces in Lua's
   * strings and comments do not count. https://www.lua.org/manual/5.1/manual.html#2.1
   */
  skipLua(): void {
    const text = this.#text;
    for (let depth = 1; depth > 0 && this.#at < text.length; ) {
      const char = text[this.#at]!;
      if (char === '{') depth++;
      else if (char === '}') depth--;
      if (char === '"' || char === "'") this.#at = this.#luaStringEnd(char);
      else if (text.startsWith('--', this.#at)) {
        this.#at = this.#longBracketEnd(this.#at + 2) ?? this.#lineEnd(this.#at);
      } else this.#at = this.#longBracketEnd(this.#at) ?? this.#at + 1;
    }
  }

  #skipBlank(): void {
    const first = this.#text.charCodeAt(this.#at);
    const indented = first === FEED || first === RETURN ? this.#matchEnd(INDENT, this.#at) : undefined;
    if (indented !== undefined) {
      this.#at = indented;
      this.#lineOpen = true;
    }
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === FEED) this.#lineOpen = true;
      if (isBlank(code)) this.#at++;
      else if (code === HASH) this.#at = this.#lineEnd(this.#at);
      else {
        const end = code === BRACE ? this.#matchEnd(STATEMENT, this.#at) : undefined;
        if (end === undefined) return;
        this.#at = end;
      }
    }
  }

  #bareWord(): void {
    const text = this.#text;
    const start = this.#at;
    let at = this.#matchEnd(PLAIN_WORD, start) ?? start;
    let variable = false;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (isBlank(code) || code === SEMICOLON) break;
      if (code === BRACE && !variable) {
        const end = this.#matchEnd(PLACEHOLDER, at);
        if (end === undefined) break;
        at = end;
        continue;
      }
      variable = code === DOLLAR || (code === BRACE && variable);
      at += code === BACKSLASH ? 2 : 1;
    }
    this.#at = Math.min(at, text.length);
    this.#wordStart = start;
    this.#wordEnd = this.#at;
  }

  #quotedWord(quote: string): void {
    const text = this.#text;
    const start = this.#at + 1;
    let end = start;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    const after = text[end + 1];
    if (end < text.length && (after === undefined || /[\s;{})]/.test(after))) {
      this.#at = end + 1;
    } else {
      end = this.#lineEnd(start);
      while (end > start && /\s/.test(text[end - 1]!)) end--;
      if (end > start && /[;{]/.test(text[end - 1]!)) end--;
      this.#at = end;
    }
    this.#wordStart = start;
    this.#wordEnd = end;
    this.#opensLine = false;
  }

  #luaStringEnd(quote: string): number {
    const text = this.#text;
    let at = this.#at + 1;
    while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    return at + 1;
  }

  #longBracketEnd(at: number): number | undefined {
    const bracket = this.#matchEnd(LONG_BRACKET, at);
    if (bracket === undefined) return undefined;
    const close = `]${'='.repeat(bracket - at - 2)}]`;
    const end = this.#text.indexOf(close, bracket);
    return end < 0 ? this.#text.length : end + close.length;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end;
  }

  #matchEnd(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at;
    return pattern.test(this.#text) ? pattern.lastIndex : undefined;
  }
}
