import type { Span } from '../../text.ts';

/**
 * Stands for a character of markup. It counts as white space in patterns and takes no room in names, so a masked text
 * keeps every offset of its source and can still be told apart from one with real spaces.
 */
const MARK = '\uFEFF';

const STRUCK = /~~[^~]+~~|<(?:del|s)>[^<]*<\/(?:del|s)>/gi;
const COMMENT = /<!--[^<]*?-->/g;
const BREAK = /<br\s{0,4}\/?>/gi;
const TAG = /<\/?(?:a|b|i|u|em|strong|code|kbd|sup|sub|span|small|p|div|font|center|details|summary)(?:\s[^<>]*)?>/gi;
const LINK = /!?\[([^[\]]*)\](?:\([^()\s]*(?:\s"[^"()]*")?\)|\[[^[\]]*\])/g;
const ESCAPE = /\\(?=[!-/:-@[-`{-~])/g;
const SIGNS = /[*`]|~~/g;
const STARS = /[*`]/g;
const UNDERSCORES = /(?<![\p{L}\p{N}_])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}_])/gu;
const FOOTNOTE = /[¹²³⁴-⁹⁰†‡]/g;
/** Without any of these characters there is no markup. */
const MARKUP = /[<~[\\*`_¹²³⁴-⁹⁰†‡]/;
/** What single spaces between words do not have. */
const UNEVEN = /^\s|\s$|\s\s|[^\S ]/;

/**
 * Takes the inline markup out of a text and keeps its length: emphasis, code marks, link targets, tags, comments and
 * struck text become blanks, a line break becomes a semicolon. https://github.github.com/gfm/#inlines
 */
export function mask(source: string): string {
  if (!MARKUP.test(source)) return source;
  const text = withoutLinks(withoutTags(source)).replace(ESCAPE, MARK);
  const plain = text.includes('_') ? text.replace(UNDERSCORES, MARK) : text;
  return (plain.includes('~') ? plain.replace(SIGNS, blank) : plain.replace(STARS, MARK)).replace(FOOTNOTE, MARK);
}

function withoutTags(source: string): string {
  if (!source.includes('<')) return source.includes('~') ? source.replace(STRUCK, blank) : source;
  return source
    .replace(COMMENT, blank)
    .replace(STRUCK, blank)
    .replace(BREAK, (match) => ';' + ' '.repeat(match.length - 1))
    .replace(TAG, blank);
}

function withoutLinks(source: string): string {
  if (!source.includes('[')) return source;
  return source.replace(LINK, (match, text: string) => {
    const at = match.indexOf('[') + 1;
    return MARK.repeat(at) + text + MARK.repeat(match.length - at - text.length);
  });
}

function blank(match: string): string {
  return MARK.repeat(match.length);
}

/** A masked text as a person reads it: without marks, single spaces. */
export function clean(masked: string): string {
  return UNEVEN.test(masked) ? masked.replaceAll(MARK, '').replace(/\s+/g, ' ').trim() : masked;
}

/** Where the readable part of a masked text stands, counted from `base`; `undefined` when nothing is left. */
export function extent(masked: string, base: number): Span | undefined {
  const start = masked.search(/\S/);
  return start < 0 ? undefined : { start: base + start, end: base + masked.trimEnd().length };
}
