import { PORT } from '../../vocabulary/portColumns.ts';
import { headerOf } from './columns.ts';

const MARKUP = /[!*<[\\\]_`~†‡¹²³⁰⁴-⁹\uFEFF]/;

const LATIN = PORT.filter((word) => /^[a-z]+$/.test(word));
const BEGINNINGS = new Set(LATIN.flatMap((word) => Array.from(word, (_, end) => word.slice(0, end)).slice(1)));

/**
 * A word for a port, or the beginning of one at which there is markup, that may be taken out of its middle. Of those
 * words that are not written in ASCII a single letter will do.
 */
const PORT_WORD = new RegExp(
  `(?<![a-z\\d])(?:(?:${LATIN.join('|')})(?![a-z\\d])|(?:${[...BEGINNINGS].join('|')})${MARKUP.source})|[п端埠ポ포ổف]`,
  'i',
);

/** How a clash is told that has been resolved: `Grafana uses 3000`. */
const USAGE = /(?:uses|is on|runs on|listens on) [1-9]/i;

/** The second line of a table, with the line break in front of it. */
const DELIMITER_ROW = /[\r\n][ \t>|:]*-[ \t>|:-]*(?=[\r\n]|$)/g;

/**
 * Whether a document that nothing announces as a registry may assign ports. Most do not, and this tells it without
 * taking them apart: what is read of them hangs on a word for a port, stands below a clash, or in a table of services.
 */
export function mayAssign(text: string): boolean {
  return PORT_WORD.test(text) || USAGE.test(text) || (text.includes('|') && hasTableOfServices(text));
}

function hasTableOfServices(text: string): boolean {
  for (const { index } of text.matchAll(DELIMITER_ROW)) {
    const header = lineBefore(text, index);
    if (!header.includes('|')) continue;
    const { columns } = headerOf(header.trimEnd().replace(/^[\s>]+/, ''));
    if (columns.some(({ meaning }) => meaning === 'service' || meaning === 'container')) return true;
  }
  return false;
}

/** The line that ends with the line break at `end`. */
function lineBefore(text: string, end: number): string {
  const last = text[end] === '\n' && text[end - 1] === '\r' ? end - 1 : end;
  let start = last;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return text.slice(start, last);
}
