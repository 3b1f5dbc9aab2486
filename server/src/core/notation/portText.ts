import type { Protocol } from '../facts.ts';
import type { Ports } from '../ports.ts';
import type { Span } from '../text.ts';

/** A port or a range of ports as a text states it. */
export interface PortText {
  readonly port: number;
  readonly endPort?: number;
  readonly protocol?: Protocol;
  /** The digits, or the range's text. */
  readonly span: Span;
}

/** Port numbers are 16 bits wide and 0 is none: https://www.rfc-editor.org/rfc/rfc6335#section-6 */
export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}

/**
 * A number or a range that stands free: no letter, digit, sign or decimal point touches it. Hyphen, en dash, em dash,
 * minus, tilde and the wave dash join a range. All repetitions are bounded, so the pattern never backtracks far.
 */
const PORTS =
  /(?<![\p{L}\p{N}_#$€£%@+.~-])([1-9]\d{0,4})(?:\s?(?:[-–—−~〜～]|\.\.|\bto\b)\s?([1-9]\d{0,4}))?(?![\p{L}\p{N}_%]|,0\d\d|\.\d|-\d)(?:\s?[/(]?\s?(tcp|udp|sctp)(?!\s?[/+,&]\s?(?:tcp|udp|sctp)|[\p{L}\p{N}]))?/giu;

/**
 * The ports and ranges that stand in a text, in order, with their places counted from `base`. Parts of addresses,
 * versions, dates and longer numbers are none. Whether a number means a port at all is for the caller to know.
 */
export function findPorts(text: string, base = 0): PortText[] {
  const alone = plainPort(text, base);
  if (alone || !DIGIT.test(text)) return alone ? [alone] : [];
  const found: PortText[] = [];
  for (const match of text.matchAll(PORTS)) {
    const [whole, first, last, suffix] = match;
    const port = Number(first);
    const endPort = last === undefined ? undefined : Number(last);
    if (!isPort(port) || (endPort !== undefined && (!isPort(endPort) || endPort < port))) continue;
    const length = last === undefined ? first!.length : whole.indexOf(last, first!.length) + last.length;
    const start = base + match.index;
    found.push({
      port,
      ...(endPort !== undefined && endPort > port && { endPort }),
      ...(suffix !== undefined && { protocol: suffix.toLowerCase() as Protocol }),
      span: { start, end: start + length },
    });
  }
  return found;
}

const DIGIT = /[1-9]/;
/** A port or a range with nothing but blanks around it, as most cells of ports have. */
export function plainPort(text: string, base: number): PortText | undefined {
  if (text.length > 5 || text.charCodeAt(0) === ZERO) return plainRange(text, base);
  let port = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return plainRange(text, base);
    port = port * 10 + digit;
  }
  return isPort(port) ? { port, span: { start: base, end: base + text.length } } : undefined;
}

const ZERO = 0x30;
const PLAIN = /^\s*([1-9]\d{0,4})(?:\s?[-–]\s?([1-9]\d{0,4}))?\s*$/;

function plainRange(text: string, base: number): PortText | undefined {
  const [, first, last] = PLAIN.exec(text) ?? [];
  if (first === undefined) return undefined;
  const port = Number(first);
  const endPort = Number(last ?? first);
  if (!isPort(port) || !isPort(endPort) || endPort < port) return undefined;
  const start = base + text.indexOf(first);
  const end = base + text.trimEnd().length;
  return { port, ...(endPort > port && { endPort }), span: { start, end } };
}

/** The one port or range that makes up a whole text, such as `8080`, `8000-8099`, `5353/udp`; `undefined` for others. */
export function parsePort(text: string, base = 0): PortText | undefined {
  const alone = plainPort(text, base);
  if (alone) return alone;
  const found = findPorts(text, base);
  const only = found[0];
  if (found.length !== 1 || only === undefined) return undefined;
  const rest = text.slice(0, only.span.start - base) + text.slice(only.span.end - base);
  return /^(?:[/(]?\s?(?:tcp|udp|sctp)\)?)?$/i.test(rest.trim()) ? only : undefined;
}

/** Whether a port, or a range of them, may as well be years of our time. */
export function mayBeYear({ port, endPort = port }: Ports): boolean {
  return port >= 1990 && endPort <= 2039;
}
