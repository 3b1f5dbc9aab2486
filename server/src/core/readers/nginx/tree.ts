import type { Span } from '../../text.ts';
import { Lexer, type Word } from './lexer.ts';

/** `name argument …;` or `name argument … { block }`. */
export interface Directive {
  readonly name: string;
  readonly arguments: readonly Word[];
  readonly block?: readonly Directive[];
  /** From its name to its end, the brace included. */
  readonly span: Span;
}

/** Deeper blocks than nginx files ever have are read as if their braces were not there. */
const DEPTH = 100;

/**
 * Directives with which a line is taken to begin anew when the semicolon before it is missing. Only such as matter to
 * ports: other lines may well go on with a word that is also a directive's name.
 */
const BEGINNINGS: ReadonlySet<string> = new Set(
  (
    'http stream server upstream location map listen server_name set ' +
    'proxy_pass grpc_pass fastcgi_pass uwsgi_pass scgi_pass memcached_pass'
  ).split(' '),
);

/**
 * The directives of a configuration file or of a fragment of one, whatever state it is in: a missing semicolon ends at
 * the next well-known line, a missing brace at the end of the text, and a brace too many is not there.
 */
export function parseDirectives(text: string): readonly Directive[] {
  const lexer = new Lexer(text);
  const root: Directive[] = [];
  const open: { block: Directive[]; span?: { start: number; end: number } }[] = [{ block: root }];
  let tooDeep = 0;
  let words: Word[] = [];

  function end(block?: Directive[]): void {
    const name = words.shift();
    if (name === undefined && block === undefined) return;
    const span = { start: name?.start ?? lexer.offset, end: lexer.offset };
    const directive = { name: name?.text ?? '', arguments: words, span };
    open.at(-1)!.block.push(block ? { ...directive, block } : directive);
    if (block) open.push({ block, span });
    words = [];
  }

  function close(): void {
    const { span } = open.pop()!;
    if (span) span.end = lexer.offset;
  }

  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (token.kind === 'word') {
      if (token.opensLine && BEGINNINGS.has(token.text)) end();
      words.push(token);
    } else if (token.kind === ';') {
      end();
    } else if (token.kind === '}') {
      end();
      if (tooDeep > 0) tooDeep--;
      else if (open.length > 1) close();
    } else if (words[0]?.text.endsWith('_by_lua_block')) {
      lexer.skipLua();
      end();
    } else if (open.length > DEPTH) {
      tooDeep++;
      end();
    } else {
      end([]);
    }
  }
  end();
  while (open.length > 0) close();
  return root;
}
