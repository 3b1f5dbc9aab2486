import type { Protocol } from '../../facts.ts';
import type { Expansion } from '../../interpolation.ts';
import { isPort } from '../../portText.ts';
import { type Findings, noPort, type Port } from './findings.ts';

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** A port or a range. Unlike elsewhere, 0 is a problem: nobody can find a service on it. */
export function readRange(findings: Findings, text: Expansion, from: number, to: number): Port | undefined {
  const match = RANGE.exec(text.text.slice(from, to));
  if (!match) return findings.port(text, from, to);
  const [, first, last] = match as unknown as [string, string, string | undefined];
  const secondFrom = to - (last?.length ?? 0);
  if (last === undefined && !text.isWritten(from, to)) return findings.port(text, from, to);
  if (!text.isWritten(from, from + first.length) || !text.isWritten(secondFrom, to)) return undefined;
  const [port, endPort] = [Number(first), Number(last ?? first)];
  if (!isPort(port)) findings.problem(noPort(first, text.span(from, from + first.length)));
  if (last !== undefined && !isPort(endPort)) findings.problem(noPort(last, text.span(secondFrom, to)));
  if (!isPort(port) || !isPort(endPort)) return undefined;
  const span = text.span(from, to);
  if (endPort < port) {
    findings.problem({ span, message: `The range ${first}-${last} runs backwards.` });
    return undefined;
  }
  const via = text.via(from, to);
  const range = endPort > port ? { port, endPort, span } : { port, span };
  return via.length > 0 ? { ...range, via } : range;
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
