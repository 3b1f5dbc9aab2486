import { findPorts, type PortText } from '../../portText.ts';
import type { Span } from '../../text.ts';
import type { Line } from './blocks.ts';
import { clean, extent, mask } from './inline.ts';

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

const WORD = `(?:${['ports?', 'portas?', 'puertos?', 'range', '端口', '포트', 'ポート', 'порты?', 'منفذ', 'cổng'].join('|')})`;
const AFTER_WORD = new RegExp(`${WORD}s?[\\s:#]*(?:\\d+[\\s,;/&+–-]*(?:and |und |y |e )?)*$`, 'iu');
const BEFORE_WORD = new RegExp(`^号?\\s?${WORD}`, 'iu');
const NUMBERING = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[A-Z][.)])\s+(?=\S)/;
const GROUP = /[（([]([^()（）[\]]*)[)）\]]/g;

/** Takes a heading's line apart: `### 4. AI Agent Service (Port 9007)` is about the AI Agent Service and states 9007. */
export function headingOf(line: Line, level: number): Heading {
  const masked = mask(line.text);
  const number = NUMBERING.exec(clean(masked))?.[0].length ?? 0;
  const lead = number === 0 ? 0 : masked.indexOf(clean(masked).slice(0, number).trim()) + number - 1;
  const words = ' '.repeat(lead) + masked.slice(lead);
  const ports = findPorts(words).filter((port) => isStated(port, words));
  const shift = ({ span, ...port }: PortText) => ({
    ...port,
    span: { start: line.start + span.start, end: line.start + span.end },
  });
  return { level, title: titleOf(words, ports), ports: ports.map(shift), span: extent(words, line.start) };
}

/** A number in a heading is a port when it says so, stands alone in parentheses, or ends the heading after a sign. */
function isStated(port: PortText, words: string): boolean {
  const before = words.slice(0, port.span.start);
  const after = words.slice(port.span.end);
  if (/\S:$/.test(before)) return false;
  const group = before.slice(Math.max(before.lastIndexOf('('), before.lastIndexOf('（'), before.lastIndexOf('[')) + 1);
  const near = clean(group);
  if (AFTER_WORD.test(near)) return port.port >= 20;
  if (port.port < 100) return false;
  if (BEFORE_WORD.test(clean(after))) return true;
  if (isYear(port)) return false;
  if (port.endPort !== undefined) return true;
  const listed = /^[\s\d,;/&+:~–-]*$/.test(near);
  return listed && (group.length < before.length ? /^[\s\d,;/&+~–-]*[)）\]]/.test(after) : false)
    ? true
    : /[-–—:|]\s*$/.test(before) && !clean(after);
}

function isYear({ port, endPort }: PortText): boolean {
  return port >= 1990 && port <= 2039 && (endPort === undefined || endPort <= 2039);
}

function titleOf(words: string, ports: readonly PortText[]): string {
  let text = '';
  let from = 0;
  for (const { span } of ports) {
    text += words.slice(from, span.start) + '\u0000';
    from = span.end;
  }
  text += words.slice(from);
  if (ports.length > 0) {
    text = text
      .replace(GROUP, (group) => (group.includes('\u0000') ? ' ' : group))
      .replace(new RegExp(`${WORD}?[\\s:]*\\u0000`, 'giu'), ' ');
  }
  const plain = clean(text).replace(/^[^\p{L}\p{N}(（<{]+|[\s\-–—:|,;→]+$/gu, '');
  return /^[（(][^()（）]*[)）]$/.test(plain) ? plain.slice(1, -1) : plain;
}
