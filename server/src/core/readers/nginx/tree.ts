import type { Span } from '../../text.ts';
import { Lexer, type Word } from './lexer.ts';

/** `name argument …;` or `name argument … { block }`. */
export interface Directive {
  readonly name: string;
  /** Empty where nobody reads them. */
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

/** A directive whose block has not ended yet. */
interface Open {
  readonly name: string;
  readonly arguments: readonly Word[];
  readonly start: number;
  /** How many directives had been read that are not in a finished block. */
  readonly first: number;
}

/** Blocks whose lines are values, not directives. */
const TABLES: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients']);

/** The other directives whose arguments are read. Most lines of a file are none of these. */
const READ: ReadonlySet<string> = new Set(
  (
    'listen server server_name location upstream include set ' +
    'proxy_pass grpc_pass fastcgi_pass uwsgi_pass scgi_pass memcached_pass pass'
  ).split(' '),
);

/** Whether a directive's block holds the values of a variable. */
export function isTable({ name }: Pick<Directive, 'name'>): boolean {
  return TABLES.has(name);
}

/**
 * The directives of a configuration file or of a fragment of one, whatever state it is in: a missing semicolon ends at
 * the next well-known line, a missing brace at the end of the text, and a brace too many is not there. Left out is what has no block and nothing
 * to do with ports.
 */
export function parseDirectives(text: string): readonly Directive[] {
  const lexer = new Lexer(text);
  // What has not found its place yet: what is cut off from these has no room left for more.
  const directives: Directive[] = [];
  const words: Word[] = [];
  const open: Open[] = [];
  let inTable = false;
  let tooDeep = 0;
  let name: Word | undefined;
  let isRead = true;

  function take(): void {
    if (name === undefined) {
      name = lexer.name();
      isRead = inTable || READ.has(name.text) || TABLES.has(name.text);
      if (!isRead && lexer.skipPlainRest()) name = undefined;
    } else if (isRead) words.push(lexer.word());
  }

  function end(): void {
    if (name !== undefined && isRead) {
      const span = { start: name.start, end: lexer.offset };
      directives.push({ name: name.text, arguments: words.splice(0), span });
    }
    name = undefined;
  }

  function begin(): void {
    const { text: named, start } = name ?? { text: '', start: lexer.offset };
    open.push({ name: named, arguments: words.splice(0), start, first: directives.length });
    inTable = TABLES.has(named);
    name = undefined;
  }

  function close(): void {
    const { name: named, arguments: taken, start, first } = open.pop()!;
    const block = directives.splice(first);
    directives.push({ name: named, arguments: taken, span: { start, end: lexer.offset }, block });
    inTable = TABLES.has(open[open.length - 1]?.name ?? '');
  }

  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (token === 'word') {
      if (name !== undefined && lexer.opensLine && BEGINNINGS.has(lexer.name().text)) end();
      take();
    } else if (token === ';') {
      end();
    } else if (token === '}') {
      end();
      if (tooDeep > 0) tooDeep--;
      else if (open.length > 0) close();
    } else if (name?.text.endsWith('_by_lua_block')) {
      lexer.skipLua();
      end();
    } else if (open.length >= DEPTH) {
      tooDeep++;
      end();
    } else {
      begin();
    }
  }
  end();
  while (open.length > 0) close();
  return directives;
}
