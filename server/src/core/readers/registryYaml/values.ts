import { findPorts, isPort, type PortText } from '../../notation/portText.ts';
import type { Span } from '../../text.ts';
import { lowPorts } from '../../vocabulary/keys.ts';
import type { YamlScalar } from '../../yaml.ts';

/** What a scalar says when it is read as a port. */
export type PortValue =
  | { readonly is: 'ports'; readonly ports: readonly PortText[] }
  | { readonly is: 'mapping'; readonly host: PortText; readonly container: PortText; readonly address?: string }
  | { readonly is: 'wrong'; readonly span: Span; readonly message: string; readonly instead?: string };

/** Longer texts are sentences. */
const MAX_LENGTH = 120;
const PORT = String.raw`(?:\$\{\w+:?-)?(\d{1,5}(?:-\d{1,5})?)\}?`;
const ADDRESS = String.raw`(?:(\[[\da-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}|localhost|\*):)?`;
/** The short syntax: https://github.com/compose-spec/compose-spec/blob/main/spec.md#ports. Arrows mean the same. */
const MAPPING = new RegExp(String.raw`^\s*${ADDRESS}${PORT}\s?(?::|->|→)\s?${PORT}(?:/(tcp|udp|sctp))?\s*$`, 'di');
const DEFAULT = /^\s*\$\{\w+:?-(\d{1,5})\}\s*$/d;
const REVERSIBLE = /^\s*(\d{1,5})\s?[-–~]\s?(\d{1,5})\s*$/d;

/** Reads a scalar that consists of ports: `8080`, `22, 2224`, `3000-3099`, `127.0.0.1:8080:80/tcp`, `${PORT:-8080}`. */
export function readPorts(scalar: YamlScalar): PortValue | undefined {
  const { source, span } = scalar;
  if (source.length > MAX_LENGTH || !/\d/.test(source)) return undefined;
  const mapping = MAPPING.exec(source);
  if (mapping) return readMapping(mapping, span.start);
  const fallback = DEFAULT.exec(source);
  if (fallback) {
    const ports = findPorts(fallback[1]!, span.start + fallback.indices![1]![0]);
    return ports.length > 0 ? { is: 'ports', ports } : undefined;
  }
  const wrong = readWrong(source, span);
  if (wrong) return wrong;
  const ports = findPorts(source, span.start);
  return ports.length > 0 && isOnlyPorts(source, ports, span.start) ? { is: 'ports', ports } : undefined;
}

function readMapping(match: RegExpExecArray, base: number): PortValue | undefined {
  const [, address, hostText, containerText, protocol] = match;
  const [host] = findPorts(hostText!, base + match.indices![2]![0]);
  const [container] = findPorts(containerText!, base + match.indices![3]![0]);
  if (!host || !container) return undefined;
  const common = protocol === undefined ? {} : { protocol: protocol.toLowerCase() as 'tcp' };
  return {
    is: 'mapping',
    host: { ...host, ...common },
    container: { ...container, ...common },
    ...(address !== undefined && { address }),
  };
}

function readWrong(source: string, span: Span): PortValue | undefined {
  if (/^\d{5,7}$/.test(source) && Number(source) > 65535) {
    return { is: 'wrong', span, message: `${source} is not a port: ports go from 1 to 65535.` };
  }
  const range = REVERSIBLE.exec(source);
  if (!range) return undefined;
  const [first, last] = [Number(range[1]), Number(range[2])];
  if (!isPort(first) || !isPort(last) || first <= last) return undefined;
  const [start, end] = [span.start + range.indices![1]![0], span.start + range.indices![2]![1]];
  return {
    is: 'wrong',
    span: { start, end },
    message: `The range ${first}-${last} runs backwards.`,
    instead: `${last}-${first}`,
  };
}

/** Whether nothing but separators and protocols stands between the ports. */
function isOnlyPorts(source: string, ports: readonly PortText[], base: number): boolean {
  let at = 0;
  let rest = '';
  for (const { span } of ports) {
    rest += source.slice(at, span.start - base);
    at = span.end - base;
  }
  return /^(?:[\s,;/&+|()]|tcp|udp|sctp|and)*$/i.test(rest + source.slice(at));
}

/** Whether a value is a block of ports. */
export function isBlock(value: PortValue | undefined): boolean {
  return value?.is === 'ports' && value.ports.some(({ endPort }) => endPort !== undefined);
}

/** Whether a value without a word about ports may be one. Below 1024 only well-known numbers are. */
export function isPlausible(value: PortValue | undefined, listed = false): boolean {
  if (!value || value.is === 'wrong') return false;
  if (value.is === 'mapping' || listed) return true;
  return value.ports.every(({ port }) => port >= 1024 || lowPorts.has(port));
}
