import { ownCopy } from '../../text.ts';
import type { YamlDocument, YamlNode } from '../../yaml.ts';
import { protocolOf } from '../container/ports.ts';
import type { PortCollector } from '../portCollector.ts';

const VARIABLE = /\$[{(]?(\w+)/;

/**
 * Reads the ports of a Service: the one on which others in the cluster reach it, the one of the pods behind it, and the
 * one on which every node publishes it. A port without a number, such as `${PORT}`, counts as one that nobody knows.
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export function readServicePorts(
  found: PortCollector,
  document: YamlDocument,
  name: string | undefined,
  spec: YamlNode | undefined,
): void {
  const owner = name === undefined ? {} : { service: ownCopy(name) };
  for (const entry of document.items(document.get(spec, 'ports'))) {
    const field = (key: string) => document.scalar(document.get(entry, key));
    const port = (key: string) => {
      const scalar = field(key);
      return scalar && found.port(scalar.source, scalar.span.start);
    };
    const protocol = protocolOf(field('protocol')?.value || 'TCP');
    if (!protocol) continue;
    const written = field('port');
    const variable = written && VARIABLE.exec(written.source)?.[1];
    const unknown = variable && { port: null, span: written.span, via: [ownCopy(variable)] };
    const mapping = found.nextMapping();
    found.add(port('port') ?? (unknown || undefined), {
      role: 'exposed',
      side: 'container',
      protocol,
      mapping,
      ...owner,
    });
    found.add(port('targetPort'), { role: 'target', side: 'container', protocol, mapping, ...owner });
    found.add(port('nodePort'), { role: 'published', side: 'host', protocol, mapping, ...owner });
  }
}
