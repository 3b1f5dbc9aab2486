import { findPorts, mayBeYear, type PortText } from '../../notation/portText.ts';
import type { Span } from '../../text.ts';
import type { Line } from './blocks.ts';
import { clean, extent, mask } from './inline.ts';
import { nameOf } from './names.ts';

/** A heading, taken apart. */
export interface Heading {
  readonly level: number;
  /** The words, without numbering, ports and ranges. */
  readonly title: string;
  /** The ports that the heading states. */
  readonly ports: readonly PortText[];
  /** Where its words are written. */
  readonly span: Span | undefined;
}

const WORD = '(?:ports?|portas?|puertos?|range|端口|포트|ポート|порты?|منفذ|cổng)';
const ENDS_IN_WORD = new RegExp(`${WORD}$`, 'iu');
const BEGINS_WITH_WORD = new RegExp(`^号?\\s?${WORD}`, 'iu');
/** Stands for a port that is taken out. */
const PLACE = '\u0000';
const GAP = new RegExp(`${WORD}?[\\s:]{0,8}\\u0000(?:\\s?号?${WORD}(?!\\p{L}))?`, 'giu');
/** `Group 3 (Ports 9013 & Auth)` names a group and tells one of its ports. */
const SEVERAL = /\b(?:ports|portas|puertos)\s+\d/i;
const NUMBERING = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[A-Z][.)])\s+(?=\S)/;
/** What is longer is a text that happens to begin with a `#`, and states nothing. */
const LONGEST = 1000;
const GROUP = /[（([]([^()（）[\]]*)[)）\]]/g;

/** Takes a heading's line apart: `### 4. AI Agent Service (Port 9007)` is about the AI Agent Service and states 9007. */
export function headingOf(line: Line, level: number): Heading {
  const masked = mask(line.text);
  const bare = clean(masked);
  if (isFile(bare)) return { level, title: bare, ports: [], span: extent(masked, line.start) };
  const number = NUMBERING.exec(bare)?.[0].length ?? 0;
  const lead = number === 0 ? 0 : masked.indexOf(bare.slice(0, number).trim()) + number - 1;
  const words = lead === 0 ? masked : ' '.repeat(lead) + masked.slice(lead);
  const found = words.length > LONGEST ? [] : findPorts(words).filter((port) => isStated(port, words));
  const ports = found.length === 1 && found[0]!.endPort === undefined && SEVERAL.test(words) ? [] : found;
  const placed = ports.map((port) => ({
    ...port,
    span: { start: line.start + port.span.start, end: line.start + port.span.end },
  }));
  return { level, title: titleOf(words, found), ports: placed, span: extent(words, line.start) };
}

/** Whether a heading is nothing but the path of a file, as seen from the registry's folder: `./infra/compose.yaml`. */
export function isFile(title: string): boolean {
  return /^\.\/\S.*\.\w{1,10}$/.test(title);
}

/** A number in a heading is a port when it says so, stands alone in parentheses, or ends the heading after a sign. */
function isStated(port: PortText, words: string): boolean {
  const before = words.slice(0, port.span.start);
  const after = clean(words.slice(port.span.end));
  if (/\S:$/.test(before)) return false;
  const opening = Math.max(before.lastIndexOf('('), before.lastIndexOf('（'), before.lastIndexOf('['));
  const near = withoutNumbers(before.slice(opening + 1));
  if (ENDS_IN_WORD.test(near)) return port.port >= 20;
  if (port.port < 100) return false;
  if (BEGINS_WITH_WORD.test(after)) return true;
  if (mayBeYear(port)) return false;
  if (port.endPort !== undefined) return true;
  if (clean(before) === '' && /^[-–—:]\s?\S/.test(after)) return true;
  if (near === '' && opening >= 0) return /^[\d\s,;/&+~–-]{0,80}[)）\]]/.test(after);
  return after === '' && /[-–—:|]\s?$/.test(before);
}

/** A text without the numbers at its end and the signs between them, so that the word before a list of ports is left. */
function withoutNumbers(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s\d,;:#/&+~–-]/.test(text[end - 1]!)) end--;
  return clean(text.slice(0, end)).replace(/(?:\d\s?)(?:and|und|y|e|et|和|и)$/, '');
}

function titleOf(words: string, ports: readonly PortText[]): string {
  const plain = nameOf(clean(withoutPorts(words, ports))) ?? '';
  return /^[（(][^()（）]*[)）]$/.test(plain) ? plain.slice(1, -1) : plain;
}

/** A heading's words without its ports, the parentheses in which they stand, and the words for ports beside them. */
function withoutPorts(words: string, ports: readonly PortText[]): string {
  if (ports.length === 0) return words;
  let text = '';
  let from = 0;
  for (const { span } of ports) {
    text += words.slice(from, span.start) + PLACE;
    from = span.end;
  }
  text += words.slice(from);
  const outside = text.replace(GROUP, (group) => (group.includes(PLACE) ? ' ' : group));
  return outside.includes(PLACE) ? outside.replace(GAP, ' ') : outside;
}
