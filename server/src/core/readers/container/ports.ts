import type { Protocol } from '../../facts.ts';
import type { Expansion } from '../../notation/interpolation.ts';
import { isPort } from '../../notation/portText.ts';
import { type Findings, noPort, type Port } from './findings.ts';

const PORT = /^\d+$/;
const RANGE = /^\d+-\d+$/;

/** A port or a range. Unlike elsewhere, 0 is a problem: nobody can find a service on it. */
export function readRange(findings: Findings, text: Expansion, from: number, to: number): Port | undefined {
  const digits = text.text.slice(from, to);
  if (PORT.test(digits) && text.isWritten(from, to)) return readOne(findings, text, from, to);
  if (!RANGE.test(digits)) return findings.port(text, from, to);
  const dash = from + digits.indexOf('-');
  if (!text.isWritten(from, dash) || !text.isWritten(dash + 1, to)) return undefined;
  const first = readOne(findings, text, from, dash);
  const last = readOne(findings, text, dash + 1, to);
  if (!first || !last) return undefined;
  const [port, endPort] = [first.port!, last.port!];
  const span = text.span(from, to);
  if (endPort < port) {
    findings.problem({ span, message: `The range ${digits} runs backwards.` });
    return undefined;
  }
  const via = text.via(from, to);
  const range = endPort > port ? { port, endPort, span } : { port, span };
  return via.length > 0 ? { ...range, via } : range;
}

/** A port whose digits are written here. */
function readOne(findings: Findings, text: Expansion, from: number, to: number): Port | undefined {
  const digits = text.text.slice(from, to);
  const port = Number(digits);
  const span = text.span(from, to);
  if (!isPort(port)) {
    findings.problem(noPort(digits, span));
    return undefined;
  }
  const via = text.via(from, to);
  return via.length > 0 ? { port, span, via } : { port, span };
}

/** Where the ports end, and the protocol after them; no protocol when there is one that containers do not know. */
export function splitProtocol(text: string): { end: number; protocol: Protocol | undefined } {
  const slash = text.indexOf('/');
  if (slash < 0) return { end: text.length, protocol: 'tcp' };
  return { end: slash, protocol: protocolOf(text.slice(slash + 1)) };
}

/** A protocol that containers know; `undefined` for others. */
export function protocolOf(text: string): Protocol | undefined {
  const protocol = text.toLowerCase();
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp' ? protocol : undefined;
}
