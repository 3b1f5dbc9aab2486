import { mayExpandToPort, UNKNOWN } from '../../notation/interpolation.ts';
import type { YamlDocument, YamlNode } from '../../yaml.ts';
import type { Findings, Owner } from '../container/findings.ts';

/** https://doc.traefik.io/traefik/routing/providers/docker/#services */
const TRAEFIK = /^traefik\.(?:http|tcp|udp)\.services\.[^.]+\.loadbalancer\.server\.port$/i;
/** https://github.com/lucaslorentz/caddy-docker-proxy#go-templates */
const CADDY = /^caddy(?:_\d+)?(?:\.|$)/i;
const UPSTREAMS = new RegExp(`\\{\\{\\s*upstreams(?:\\s+https?)?\\s+([\\d${UNKNOWN}]{1,6})\\s*\\}\\}`);

/** Reads `labels`: the ports to which a reverse proxy sends what it gets for this container. */
export function readLabels(findings: Findings, document: YamlDocument, owner: Owner, node: YamlNode | undefined): void {
  if (node === undefined) return;
  const labels = document.entries(node).map(({ key, value }) => ({ key, scalar: document.scalar(value) }));
  for (const item of document.items(node)) labels.push({ key: '', scalar: document.scalar(item) });
  for (const { key, scalar } of labels) {
    if (!scalar || !mayExpandToPort(scalar.source)) continue;
    const text = findings.expand(scalar, false);
    const equals = key === '' ? text.text.indexOf('=') : -1;
    const name = key === '' ? text.text.slice(0, Math.max(0, equals)) : key;
    const value = text.text.slice(equals + 1);
    const at = equals + 1;
    const end = text.text.length;
    if (TRAEFIK.test(name)) findings.own(owner, 'label', findings.port(text, at, end), { side: 'container' });
    const match = CADDY.test(name) ? UPSTREAMS.exec(value) : null;
    if (!match) continue;
    const from = at + match.index + match[0].indexOf(match[1]!);
    findings.own(owner, 'label', findings.port(text, from, from + match[1]!.length), { side: 'container' });
  }
}
