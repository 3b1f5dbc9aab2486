import type { Side } from '../facts.ts';
import { ownCopy } from '../text.ts';
import { hostKind } from './hostPort.ts';

/** What can be told from the name of a host that traffic is sent to. */
export interface Destination {
  readonly side: Side;
  readonly host?: string;
  readonly service?: string;
}

/** `$host`, `{{ host }}`, `<host>`, `__HOST__`, `BACKEND_HOST`, `your-host`: something that is yet to be filled in. */
const PLACEHOLDER = /[${}%<>@]|^__|^[A-Z][A-Z0-9]*_[A-Z0-9_]*$|^your[-_]/;

/** A name within a cluster: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ */
const IN_CLUSTER = /^[\w-]+\.[\w-]+\.svc(?:\.|$)/i;

/**
 * A plain name is another container. An address, a name with dots (`host.docker.internal`, `api.example.com`) and
 * `localhost` are hosts, and say nothing about the service. What is left to variables tells neither.
 */
export function destination(host: string): Destination {
  const kind = PLACEHOLDER.test(host) ? 'unknown' : hostKind(host);
  if (kind === 'unknown' || kind === 'every') return { side: 'any' };
  const copy = ownCopy(host);
  if (kind === 'domain' && IN_CLUSTER.test(host)) return { side: 'container', host: copy };
  return kind === 'name' ? { side: 'container', host: copy, service: copy } : { side: 'host', host: copy };
}
