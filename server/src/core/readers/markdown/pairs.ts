import { findPorts } from '../../notation/portText.ts';
import { SIDES_ALONE } from '../../vocabulary/cells.ts';
import { isDefaultPort } from '../../vocabulary/images.ts';
import { roleWords } from '../../vocabulary/keys.ts';
import { wholePhrase } from '../../vocabulary/phrases.ts';
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
  /** The port stands in an address under which the machine itself is reached: `api: http://localhost:8080`. */
  readonly reached?: true;
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
const REMARK = /^(?:[.。]?$|[（(+!—–/|,;#]|-\s|\p{Extended_Pictographic})/u;

/** `crane: http://localhost:4009`; a path behind it would be that of one page among others. */
const REACHED =
  /^[<(\s]*(?:https?:\/\/|wss?:\/\/)?(?:localhost|0\.0\.0\.0|\[::1?\]|\d{1,3}(?:\.\d{1,3}){3}):\d{2,5}[/>)]*(?=$|[\s,;|（])/i;
/** `crane: 4017:3000`, as Docker writes it; two digits in front may be those of an hour. */
const MAPPED = /^\s*(?:\d{3,5}|80):\d{2,5}(?:\/(?:tcp|udp))?(?=$|[\s,;（])/i;
/** `crane 4013 → 3000` */
const BY_ARROW = /^([^:：=→]{1,80}?)[,\s]\s{0,20}(\d{2,5})\s{0,20}(?:→|->|=>)\s{0,20}(\d{2,5})(?![\d.])/u;
/** `crane (4005)`, `crane (port 4006) - lifts`: a name, and nothing but its port in parentheses. */
const IN_PARENTHESES = new RegExp(
  `^([^:：=→()（）\\d][^:：=→()（）]{0,60}?)\\s{0,20}[（(]\\s{0,20}(?:${WORD}[\\s:]{0,20})?\\d{4,5}(?:/(?:tcp|udp))?\\s{0,20}[)）](?=\\s*$|\\s*[-–—:：])`,
  'iu',
);
/** `**4001** Crane`, `3460/tcp crane`: the marks, or the protocol, part the port from the name. */
const MARKED = new RegExp(
  `^\\s{0,20}(?:\\uFEFF{1,4}${NUMBER}${PROTOCOL}\\uFEFF{1,4}|${NUMBER}/(?:tcp|udp))\\s{1,20}(?=\\p{L})`,
  'iu',
);
/** What goes on with one of these words is a sentence about the port. */
const GOES_ON =
  /^(?:is|are|was|were|will|has|had|and|or|for|to|in|on|at|of|if|as|by|from|should|must|may|can|ports?)\b/i;

/** Splits a masked line such as `9000 - API Gateway` or `Name: 54000 (remark)`; `undefined` for any other line. */
export function pairOf(masked: string, base: number): Pair | undefined {
  return portFirst(masked, base) ?? byArrow(masked, base) ?? nameFirst(masked, base) ?? unsigned(masked, base);
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
  return label !== undefined && (roleWords.has(label.toLowerCase()) || sideAlone.test(label));
}

const sideAlone = wholePhrase(SIDES_ALONE);

/** `5150 smtp, 5151 ui`: behind the last port stands what that one is for, as it does behind the others. */
function isPartName(remark: string, count: number): boolean {
  const words = remark.toLowerCase().split(' ');
  return count > 1 && words.length < 3 && words.every((word) => roleWords.has(word));
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
  const reached = REACHED.exec(value);
  const isOfPorts = reached || MAPPED.test(value) || PORT_VALUE.test(value) || isLabelled(value);
  const items = isOfPorts ? portItems(reached?.[0] ?? value, base + match[0].length) : [];
  const last = items.at(-1);
  if (!last) return undefined;
  const remark = clean(value.slice(reached?.[0].length ?? last.span.end - base - match[0].length));
  if (MEASURE.test(remark) || !(REMARK.test(remark) || isPartName(remark, items.length) || last.side)) return undefined;
  return { name, start: base, part: match[1]!, items, remark, portFirst: false, ...(reached && { reached: true }) };
}

/** A name with a host's port that leads to one on which some image listens; any other arrow may tell of a move. */
function byArrow(masked: string, base: number): Pair | undefined {
  const [whole, part, host, inside] = BY_ARROW.exec(masked) ?? [];
  const name = part === undefined ? undefined : nameOf(clean(part));
  if (whole === undefined || name === undefined || !/\p{L}/u.test(name) || !isDefaultPort(Number(inside)))
    return undefined;
  const from = masked.indexOf(host!, part!.length);
  const items = portItems(masked.slice(from, whole.length), base + from);
  const remark = clean(masked.slice(whole.length));
  return { name, start: base, part: part!, items, remark, portFirst: false };
}

/** A name and its port without a sign between them. */
function unsigned(masked: string, base: number): Pair | undefined {
  const [whole, part] = IN_PARENTHESES.exec(masked) ?? [];
  const name = part === undefined ? undefined : nameOf(clean(part));
  if (whole !== undefined && name !== undefined && name.split(' ').length <= LONGEST_UNSIGNED) {
    const items = portItems(masked.slice(part!.length, whole.length), base + part!.length);
    return { name, start: base, part: part!, items, remark: clean(masked.slice(whole.length)), portFirst: false };
  }
  const marked = MARKED.exec(masked)?.[0];
  const rest = marked === undefined ? '' : masked.slice(marked.length);
  const owner = nameOf(clean(rest));
  if (marked === undefined || owner === undefined || GOES_ON.test(owner)) return undefined;
  if (
    owner
      .split(/[(（,–—-]/)[0]!
      .trim()
      .split(' ').length > LONGEST_UNSIGNED
  )
    return undefined;
  const items = portItems(marked, base);
  return { name: owner, start: base + marked.length, part: rest, items, remark: '', portFirst: true };
}

/** More words than these are a sentence rather than a name. */
const LONGEST_UNSIGNED = 4;
