import type { Protocol } from '../../facts.ts';
import { type Expansion, UNKNOWN } from '../../notation/interpolation.ts';
import { ownCopy } from '../../text.ts';
import { isMap, type YamlDocument, type YamlNode } from '../../yaml.ts';
import type { Findings, Owner, Port } from '../container/findings.ts';
import { protocolOf, readRange, splitProtocol } from '../container/ports.ts';
import { fieldsOf } from './fields.ts';

/**
 * Reads `ports`: what is published, and the ports of the container behind it. A service that shares the network of the
 * host publishes nothing, its ports are there already. https://docs.docker.com/reference/compose-file/services/#ports
 */
export function readPorts(findings: Findings, document: YamlDocument, owner: Owner, node: YamlNode | undefined): void {
  for (const item of document.items(node)) {
    if (isMap(item)) readLong(findings, document, owner, item);
    const scalar = document.scalar(item);
    if (scalar) readShort(findings, owner, findings.expand(scalar, true));
  }
}

/** Reads `expose`. https://docs.docker.com/reference/compose-file/services/#expose */
export function readExpose(findings: Findings, document: YamlDocument, owner: Owner, node: YamlNode | undefined): void {
  for (const item of document.items(node)) {
    const scalar = document.scalar(item);
    if (!scalar) continue;
    const text = findings.expand(scalar, true);
    const { end, protocol } = splitProtocol(text.text);
    const use = protocol && findings.own(owner, 'exposed', readRange(findings, text, 0, end));
    if (use) use.protocol = protocol;
  }
}

/**
 * `[[address:]published:]target[/protocol]`. Split from the right, because an IPv6 address may stand without brackets,
 * as Docker does: https://github.com/docker/go-connections/blob/main/nat/nat.go
 */
export function readShort(findings: Findings, owner: Owner, text: Expansion): void {
  const { end, protocol } = splitProtocol(text.text);
  if (!protocol) return;
  const colon = text.text.lastIndexOf(':', end - 1);
  const target = readRange(findings, text, colon + 1, end);
  if (colon < 0) record(findings, owner, protocol, target);
  // Half-typed, or published without a target.
  if (colon < 0 || colon + 1 === end) return;
  const before = text.text.lastIndexOf(':', colon - 1);
  const hasAddress = colon > 0 && before >= 0;
  const address = hasAddress ? text.text.slice(0, before) : undefined;
  if (address !== undefined && !isAddress(address)) return;
  const published = readRange(findings, text, hasAddress ? before + 1 : 0, colon);
  record(findings, owner, protocol, target, published, address);
}

/** https://docs.docker.com/reference/compose-file/services/#long-syntax-3 */
function readLong(findings: Findings, document: YamlDocument, owner: Owner, node: YamlNode): void {
  const fields = fieldsOf(document, node);
  const port = (key: string) => {
    const scalar = document.scalar(fields.get(key));
    const text = scalar && findings.expand(scalar, true);
    return text && readRange(findings, text, 0, text.text.length);
  };
  const protocol = protocolOf(document.scalar(fields.get('protocol'))?.value || 'tcp');
  if (!protocol) return;
  const address = document.scalar(fields.get('host_ip'));
  const host = address && findings.expand(address, false).text;
  record(findings, owner, protocol, port('target'), port('published'), host);
}

function record(
  findings: Findings,
  owner: Owner,
  protocol: Protocol,
  target: Port | undefined,
  published?: Port,
  address?: string,
): void {
  const mapping = findings.nextMapping();
  if (target && published && !fits(published, target)) {
    findings.problem({
      span: published.span,
      message: 'The two ranges must be equally long: each published port leads to one port of the container.',
    });
    return;
  }
  if (owner.side === 'container') {
    const use = findings.own(owner, 'published', published);
    if (use) {
      use.side = 'host';
      use.protocol = protocol;
      use.mapping = mapping;
      if (address && !address.includes(UNKNOWN)) use.address = ownCopy(address.replace(/^\[(.*)\]$/, '$1'));
    }
  }
  const use = findings.own(owner, 'target', target);
  if (!use) return;
  use.protocol = protocol;
  use.mapping = mapping;
}

/** A range is mapped one to one, or is a pool from which the host port of a single target is chosen. */
function fits(published: Port, target: Port): boolean {
  if (published.port === null || target.port === null || target.endPort === undefined) return true;
  return (published.endPort ?? published.port) - published.port === target.endPort - target.port;
}

/** An IP address, in brackets or not, or one that a variable gives. Other names cannot be bound to. */
function isAddress(text: string): boolean {
  if (text === 'localhost' || text.includes(UNKNOWN)) return true;
  return /^[\d.]+$/.test(text) ? text.includes('.') : /^\[?[\da-f:.%]+\]?$/i.test(text) && text.includes(':');
}
