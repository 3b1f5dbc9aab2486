/** A word of a Caddyfile, without its quotes, with the place at which it begins. */
export interface Word {
  readonly text: string;
  readonly start: number;
  /** It stood in quotes, so that a brace is none. */
  readonly isQuoted?: true;
}

/** A line of a Caddyfile, and the lines in the braces behind it. */
export interface Statement {
  readonly words: readonly Word[];
  readonly block?: readonly Statement[];
}

/** Deeper blocks are left out. */
const MAX_DEPTH = 100;

const LINE_BREAK = Symbol('line break');
type Token = Word | typeof LINE_BREAK;

/**
 * Puts a Caddyfile into statements. Braces that do not match end or are closed at the end of the text.
 * https://caddyserver.com/docs/caddyfile/concepts#structure
 */
export function parseStatements(text: string): Statement[] {
  const root: Statement[] = [];
  const open: Statement[][] = [root];
  let words: Word[] = [];
  const end = () => {
    if (words.length > 0) open.at(-1)!.push({ words });
    words = [];
  };
  for (const token of new Lexer(text).tokens()) {
    if (token === LINE_BREAK) {
      // The addresses of a site may go on in the next line.
      if (!(open.length === 1 && words.at(-1)?.text.endsWith(','))) end();
    } else if (token.text === '{' && !token.isQuoted) {
      const block: Statement[] = [];
      if (open.length <= MAX_DEPTH) open.at(-1)!.push({ words, block });
      open.push(block);
      words = [];
    } else if (token.text === '}' && !token.isQuoted) {
      end();
      if (open.length > 1) open.pop();
    } else words.push(token);
  }
  end();
  return root;
}

/** https://github.com/caddyserver/caddy/blob/master/caddyconfig/caddyfile/lexer.go */
class Lexer {
  readonly #text: string;
  #at = 0;
  /** What is known not to come any more, so that nobody looks for it time and again. */
  readonly #missing = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  *tokens(): Generator<Token> {
    const text = this.#text;
    while (this.#at < text.length) {
      const sign = text[this.#at]!;
      if (sign === '\n') {
        this.#at++;
        yield LINE_BREAK;
      } else if (/\s/.test(sign)) this.#at++;
      else if (sign === '\\' && /[\r\n]/.test(text[this.#at + 1] ?? '')) {
        this.#at += text.startsWith('\r\n', this.#at + 1) ? 3 : 2;
      } else if (sign === '#') this.#at = this.#find('\n', this.#at) ?? text.length;
      else yield this.#quoted(sign) ?? this.#heredoc() ?? this.#plain();
    }
  }

  #quoted(quote: string): Word | undefined {
    if (quote !== '"' && quote !== '`') return undefined;
    const start = this.#at + 1;
    let close = this.#find(quote, start);
    while (quote === '"' && close !== undefined && this.#text[close - 1] === '\\') close = this.#find(quote, close + 1);
    if (close === undefined) return undefined;
    this.#at = close + 1;
    return { text: this.#text.slice(start, close), start, isQuoted: true };
  }

  /** `<<NAME`, up to a line with the name: https://caddyserver.com/docs/caddyfile/concepts#heredocs */
  #heredoc(): Word | undefined {
    if (!this.#text.startsWith('<<', this.#at)) return undefined;
    const [name] = /[\w-]{1,40}(?=\r?\n)/y.exec(this.#text.slice(this.#at + 2, this.#at + 44)) ?? [];
    if (name === undefined || this.#missing.has('<<')) return undefined;
    const start = this.#at + 2 + name.length;
    for (let from = this.#find('\n', start); from !== undefined; from = this.#find('\n', from + 1)) {
      const line = this.#text.slice(from + 1, this.#find('\n', from + 1) ?? this.#text.length);
      if (!line.trimStart().startsWith(name)) continue;
      this.#at = from + 1 + line.indexOf(name) + name.length;
      return { text: this.#text.slice(start, from), start, isQuoted: true };
    }
    this.#missing.add('<<');
    return undefined;
  }

  #plain(): Word {
    const start = this.#at;
    // A placeholder such as `{$NAME:a b}` is no exception: blanks end a word.
    while (this.#at < this.#text.length && !/\s/.test(this.#text[this.#at]!)) this.#at++;
    return { text: this.#text.slice(start, this.#at), start };
  }

  #find(sign: string, from: number): number | undefined {
    if (this.#missing.has(sign)) return undefined;
    const at = this.#text.indexOf(sign, from);
    if (at < 0) this.#missing.add(sign);
    return at < 0 ? undefined : at;
  }
}
