import type { Use } from '../../facts.ts';
import { isPort } from '../../notation/portText.ts';
import { ownCopy } from '../../text.ts';

/** `localhost:9006`, also within a URL. A number in front, as in `8080:localhost:80`, is that of a tunnel. */
const ADDRESS = /(?<![\w.:-])(localhost|127\.0\.0\.1):(\d{2,5})(?![\w-]|\.\d)/g;

/** How much of a line is looked at before an address and behind it. */
const REACH = 200;

/** What stands between a name and its address. */
const CONNECTOR =
  /(?:[:：=>(–—→-]|(?<=\s)(?:at|on|is|are|runs|running|available|reachable|served|listens|under|via))\s?$/i;
/** At most so many of them, one after the other: `is available at: `. */
const MAX_CONNECTORS = 5;
/** What stands in front of a name, and is none of it. */
const BEGINNING = /^(?:[^\p{L}\p{N}]|\d{1,2}[.)]\s|(?:the|our|open|visit|see|access|view)\s)*/iu;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .&+'-]{0,59}$/u;
/** What has more is a sentence. */
const MOST_WORDS = 4;
const LINK = /\[([^[\]]{1,60})\]\($/;
const SCHEME = /[a-z][a-z\d+.-]{0,20}:\/\/$/i;

/**
 * The addresses on the reader's own machine of which a document speaks: `Berth Planner: http://localhost:9006`. Each has
 * an owner where one is written right beside it, as people write it in lists, tables, links and remarks behind commands.
 */
export function addressesIn(text: string): Use[] {
  if (!text.includes('localhost:') && !text.includes('127.0.0.1:')) return [];
  const uses: Use[] = [];
  let last = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const [whole, host, digits] = match as unknown as [string, string, string];
    const end = match.index + whole.length;
    if (!isPort(Number(digits))) continue;
    const service = besideIt(text, Math.max(last, match.index - REACH), match.index, end);
    const use = { kind: 'use', role: 'url', port: Number(digits), side: 'host', form: 'text' } as const;
    const span = { start: end - digits.length, end };
    uses.push({ ...use, host: ownCopy(host), span, ...(service !== undefined && { service: ownCopy(service) }) });
    last = end;
  }
  return uses;
}

/** @param from where to begin: the address before this one has taken what stands there */
function besideIt(text: string, from: number, start: number, end: number): string | undefined {
  const before = lastLine(text.slice(from, start)).replace(SCHEME, '');
  const behind = text.slice(end, end + REACH).split(/[\r\n]/, 1)[0]!;
  if (/^\s*\|/.test(before)) return behind.includes('localhost:') ? undefined : nameIn(before.split('|')[1]!);
  const link = LINK.exec(before)?.[1];
  if (link !== undefined && !link.includes(':')) return nameIn(link);
  const remark = /^\S*\s+(?:#|\/\/)(.*)$/.exec(behind)?.[1];
  return nameBefore(before) ?? (remark === undefined ? undefined : nameIn(remark));
}

function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
}

/** The name that leads to an address, in the last clause in front of it. */
function nameBefore(text: string): string | undefined {
  let clause = withoutMarkup(text.split(/[.;,!?]/).at(-1)!).trimEnd();
  const whole = clause;
  for (let i = 0; i < MAX_CONNECTORS && CONNECTOR.test(clause); i++) clause = clause.replace(CONNECTOR, '').trimEnd();
  return clause === whole ? undefined : nameIn(clause);
}

function nameIn(text: string): string | undefined {
  const name = withoutMarkup(text).replace(BEGINNING, '').trim();
  return NAME.test(name) && /\p{L}/u.test(name) && name.split(/\s+/).length <= MOST_WORDS ? name : undefined;
}

function withoutMarkup(text: string): string {
  return text.replace(/[*`"<>[\]]|(?<!\w)_|_(?!\w)/g, '');
}
