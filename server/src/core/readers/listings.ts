import type { Claim, Listing } from '../facts.ts';
import { ownCopy, type Span } from '../text.ts';
import { fieldKeys } from '../vocabulary/keys.ts';
import { keyMeaning, keyWords } from './registryYaml/keyMeaning.ts';

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? '\n';
}

/**
 * The entries outside of tables that are written alike: `9006: gate`, `- **gate**: 9006`, `gate:` with `port: 9006` below
 * it. Those that say more on their lines are no pattern for others, and one alone is none, either.
 */
export function listingsOf(text: string, entries: readonly Entry[]): Listing[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.likeness);
    if (group) group.push(entry);
    else groups.set(entry.likeness, [entry]);
  }
  const lineBreak = lineBreakOf(text);
  return [...groups.values()]
    .filter((entries) => entries.length > 1)
    .map((entries) => {
      const { around, portFirst } = entries[0]!;
      const body = { start: entries[0]!.span.start, end: endOf(text, entries.at(-1)!.span) };
      return { entries: entries.map(({ port, span }) => ({ port, span })), body, around, portFirst, lineBreak };
    });
}

/** As much may stand around a port or between it and its service. A line with more says more than an entry does. */
const LONGEST = 300;

/** The first entry of each line. */
export function entriesOf(text: string, claims: readonly Claim[]): Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<number>();
  for (const claim of claims) {
    const entry = entryOf(text, claim);
    if (!entry || seen.has(entry.span.start)) continue;
    seen.add(entry.span.start);
    entries.push(entry);
  }
  return entries;
}

/** One line of a registry outside of tables, as a pattern for others. */
export interface Entry {
  readonly port: number;
  /** From the start of its line to the later one of port and service. */
  readonly span: Span;
  readonly around: Listing['around'];
  readonly portFirst: boolean;
  /** The same for all entries of a section that are written alike. */
  readonly likeness: string;
}

/** An entry as a pattern for others; `undefined` when it says more than a service and its one port. */
function entryOf(text: string, claim: Claim): Entry | undefined {
  const { port, role, side, endPort, form, span, serviceSpan, section } = claim;
  if (role !== 'assignment' || side === 'container' || endPort !== undefined || serviceSpan === undefined) return;
  if (form !== 'yaml' && form !== 'list') return;
  const portFirst = span.start < serviceSpan.start;
  const [first, second] = portFirst ? [span, serviceSpan] : [serviceSpan, span];
  if (first.end > second.start) return;
  const start = lineStart(text, first.start);
  const end = nearLineEnd(text, second.end);
  if (start === undefined || end === undefined) return;
  const before = text.slice(start, first.start);
  const between = betweenOf(text, first.end, second.start);
  if (between === undefined) return;
  const behind = text.slice(second.end, end);
  const around: Listing['around'] = [ownCopy(before), ownCopy(between), ownCopy(behind)];
  const begins =
    /^\s*[-*+]\s/.test(before) || (form === 'yaml' && /^\s*["']?$/.test(before) && /^["']?\s*:/.test(between));
  if (!begins || !around.every((part) => saysNothing(part, form))) return;
  const likeness = JSON.stringify([around, portFirst, section]);
  return { port, span: { start, end: second.end }, around, portFirst, likeness };
}

/** What stands between port and service; of whole lines between them, nothing. */
function betweenOf(text: string, from: number, to: number): string | undefined {
  const end = nearLineEnd(text, from);
  const start = lineStart(text, to);
  if (end !== undefined && end >= to) return text.slice(from, to);
  if (start === undefined || end === undefined) return undefined;
  return text.slice(from, end) + lineBreakOf(text) + text.slice(start, to);
}

/** Whether nothing is said but what the fields are, so that the same may stand around another service. */
function saysNothing(part: string, form: Claim['form']): boolean {
  const words = part.match(/[\p{L}\p{N}][\p{L}\p{N}_-]*["']?\s*:?/gu) ?? [];
  return words.every((word) => form === 'yaml' && word.endsWith(':') && isPlainKey(word.slice(0, -1)));
}

function isPlainKey(key: string): boolean {
  const means = keyMeaning(key);
  if (means.is === 'port') return means.name === undefined && !means.environment && !means.former && !means.fallback;
  return fieldKeys.name.has(keyWords(key).join(' '));
}

/** The end of the lines that belong to an entry: those that follow it and are indented deeper. */
function endOf(text: string, { start, end: last }: Span): number {
  const depth = /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))![0].length;
  let end = lineEnd(text, last);
  for (let at = nextLine(text, end); at < text.length; at = nextLine(text, lineEnd(text, at))) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    if (indent <= depth) break;
    end = lineEnd(text, at);
  }
  return end;
}

/** Where the line of an offset begins; `undefined` when that is far off. */
function lineStart(text: string, at: number): number | undefined {
  for (let start = at; at - start <= LONGEST; start--) if (start === 0 || isBreak(text, start - 1)) return start;
  return undefined;
}

/** Where the line of an offset ends; `undefined` when that is far off. */
function nearLineEnd(text: string, at: number): number | undefined {
  for (let end = at; end - at <= LONGEST; end++) if (end >= text.length || isBreak(text, end)) return end;
  return undefined;
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}

function lineEnd(text: string, at: number): number {
  const rest = /[\r\n]/g;
  rest.lastIndex = at;
  return rest.exec(text)?.index ?? text.length;
}

function nextLine(text: string, end: number): number {
  return end + (text.startsWith('\r\n', end) ? 2 : 1);
}
