import { findPorts } from '../../notation/portText.ts';
import { roleWords } from '../../vocabulary/keys.ts';
import { clean } from './inline.ts';
import { nameOf } from './names.ts';
import { type PortItem, portItems } from './portCell.ts';

/** One line of a list, a map or plain text, split at its sign into a name and ports. */
export interface Pair {
  readonly name: string;
  /** Where the part with the name begins, and the masked part itself. */
  readonly start: number;
  readonly part: string;
  readonly items: readonly PortItem[];
  /** What follows the ports. */
  readonly remark: string;
  /** `8080: api` rather than `api: 8080`. */
  readonly portFirst: boolean;
}

const WORD = '(?:ports?|portas?|puertos?|端口|포트|ポート|порты?)';
const NUMBER = '\\d{1,5}(?:\\s?[-–—−~〜]\\s?\\d{1,5})?';
const PROTOCOL = '(?:\\s?[/(](?:tcp|udp)(?:/(?:tcp|udp))?\\)?)?';
const SIGN = '(?:->|=>|[-–—=→:：|])';
const PORT_FIRST = new RegExp(
  `^\\s{0,20}(?:${WORD}[\\s:]{0,20})?(${NUMBER}(?:\\s?[,/+&]\\s?${NUMBER})*\\+?${PROTOCOL})\\s{0,20}${SIGN}\\s*`,
  'iu',
);
const NAME_FIRST = /^([^:：=→]{1,80}?)\s{0,20}(?:[:：=→]|\s[-–—]|->|=>)\s*/u;
const PORT_VALUE = new RegExp(`^[\\s~]*(?:${WORD}[\\s:]{0,20})?:?\\d{1,5}(?![\\d.]*[.:]\\d)`, 'iu');
const LABEL = /^\s*([\p{L}\d]{1,12})[\s:]{1,20}\d{4,5}(?![\d.]*[.:]\d)/u;
const MEASURE = /^\d*\s*(?:ports?|ms|s|sec\w*|min\w*|mb|gb|kb|%|x|times|services?|users?|lines?)(?![\p{L}])/iu;
const SERVICE = new RegExp(
  `^\\s{0,12}(\\p{L}[\\p{L}\\p{N}_.+-]{0,40})\\s{1,40}(${NUMBER}/(?:tcp|udp)(?:[ ,]{1,4}${NUMBER}/(?:tcp|udp))*)(?=\\s|$)`,
  'iu',
);
const REMARK = /^(?:$|[（(+!—–/|,;#]|-\s|\p{Extended_Pictographic})/u;

/** Splits a masked line such as `9000 - API Gateway` or `Name: 54000 (remark)`; `undefined` for any other line. */
export function pairOf(masked: string, base: number): Pair | undefined {
  return portFirst(masked, base) ?? nameFirst(masked, base);
}

/**
 * Splits a masked line of the form of `/etc/services`: `survival  25565/tcp  the old world`.
 * https://man7.org/linux/man-pages/man5/services.5.html
 */
export function servicePair(masked: string, base: number): Pair | undefined {
  const match = SERVICE.exec(masked);
  if (!match) return undefined;
  const [whole, part, ports] = match;
  const items = portItems(ports!, base + whole.length - ports!.length);
  if (items.length === 0) return undefined;
  const start = base + whole.indexOf(part!);
  return { name: part!, start, part: part!, items, remark: clean(masked.slice(whole.length)), portFirst: false };
}

/** `API 9000, console 9001`: the ports of one service, each behind the word for it. */
function isLabelled(value: string): boolean {
  const label = LABEL.exec(value)?.[1];
  return label !== undefined && roleWords.has(label.toLowerCase());
}

function portFirst(masked: string, base: number): Pair | undefined {
  const match = PORT_FIRST.exec(masked);
  if (!match) return undefined;
  const items = portItems(match[1]!, base + match[0].indexOf(match[1]!));
  const part = masked.slice(match[0].length);
  const name = nameOf(clean(part));
  if (items.length === 0 || name === undefined || !/\p{L}/u.test(name)) return undefined;
  if ((/^\d/.test(name) && MEASURE.test(name)) || findPorts(name)[0]?.span.start === 0) return undefined;
  return { name, start: base + match[0].length, part, items, remark: '', portFirst: true };
}

function nameFirst(masked: string, base: number): Pair | undefined {
  const match = NAME_FIRST.exec(masked);
  const name = match && nameOf(clean(match[1]!));
  if (!match || !name) return undefined;
  const value = masked.slice(match[0].length);
  const items = PORT_VALUE.test(value) || isLabelled(value) ? portItems(value, base + match[0].length) : [];
  const last = items.at(-1);
  if (!last) return undefined;
  const remark = clean(value.slice(last.span.end - base - match[0].length));
  if (MEASURE.test(remark) || !REMARK.test(remark)) return undefined;
  return { name, start: base, part: match[1]!, items, remark, portFirst: false };
}
