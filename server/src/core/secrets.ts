import type { Span } from './text.ts';

/** Words that stand before a secret. */
const WORD = 'passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[-_ ]?key|credentials?';

/** A secret that a sentence tells: `password: quay`, `the token is "quay"`. */
const TOLD = new RegExp(
  String.raw`((?:${WORD})["'${'`'}]?\s{0,3}(?:[:=]|\bis\b)\s{0,3}["'${'`'}]?)[^\s"'${'`'},;|]+`,
  'gi',
);

/** Who a URL says that reads it: `http://admin:quay@pier`. */
const USER = /:\/\/[^\s/@"'`]{1,200}@/g;

/** What stands between such a word and its secret. Most sentences have none of it. */
const TELLING = /[:=]|\bis\b/i;

/** A sentence that is kept, such as the note of a row, without the secrets that it tells. */
export function withoutSecrets(sentence: string): string {
  return TELLING.test(sentence) ? sentence.replace(USER, '://***@').replace(TOLD, '$1***') : sentence;
}

/** What gives a line away that may hold a secret: a word, the user of a URL or of a command, a query, a variable. */
const HINTS: readonly RegExp[] = [
  new RegExp(`${WORD}|authori[sz]ation|basic|bearer|private|[_$-]key\\b`, 'i'),
  /:\/\/[^\s"']{0,200}@/,
  /[?&][\w.-]{1,40}=/,
  /\s-(?:u|p|a)\s{1,3}["']?[^\s\d"']/,
];

/** An environment variable with more than a word, a number, or the like of `http://quay:9001` and `${QUAY_PORT:-9001}`. */
const VARIABLE =
  /(?<!\$\{)\b[A-Z][A-Z\d_]*["']?\s{0,3}[:=]\s{0,3}(?=\S)(?!["']?(?:[a-z][a-z._-]*|\d{1,5}|https?:\/\/[\w.-]+(?::\d+)?\/?|\$\{\w+(?::?-(?:[a-z._-]*|\d{1,5}))?\})["']?(?:[\s,\]}]|$))/;

/** What a line begins with that is no secret: its indentation and its key. */
const KEY = /^\s*(?:-\s+)?["']?[\w.-]{1,80}["']?\s{0,3}[:=]\s{0,3}["']?/;
/** What stands around a port and belongs to it, as in `http://quay:9001`, `${QUAY_PORT:-9001}` and `9001:80/tcp`. */
const BEFORE = /(?:(?:https?|tcp):\/\/)?(?:\$\{\w{1,80}:?-|[\w.-]{1,80}:)?$/;
const AFTER = /^(?::\d{1,5}|-\d{1,5}){0,2}(?:\/(?:tcp|udp|sctp))?\}?/;

/**
 * A line of a file as it may be printed, as long as before: where it may hold a secret, nothing is to be read but its
 * key and the port, for secrets have no form of their own.
 * @param span the port, counted from the start of the line
 * @param isVariable the line sets an environment variable, whose value is nobody's business
 */
export function discreet(line: string, span: Span | undefined, isVariable: boolean): string {
  if (!isVariable && !VARIABLE.test(line) && !HINTS.some((hint) => hint.test(line))) return line;
  const key = KEY.exec(line)?.[0].length ?? 0;
  const from = span ? span.start - BEFORE.exec(line.slice(0, span.start))![0].length : line.length;
  const to = span ? span.end + AFTER.exec(line.slice(span.end))![0].length : line.length;
  const [start, end] = [Math.max(key, from), Math.max(key, to)];
  return line.slice(0, key) + hidden(line.slice(key, start)) + line.slice(start, end) + hidden(line.slice(end));
}

/** What holds a text together stays to be seen. */
function hidden(text: string): string {
  return text.replace(/[^\s"'{}[\](),|]/g, '*');
}
