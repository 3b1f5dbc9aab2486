import { ownCopy } from '../../text.ts';
import type { YamlDocument, YamlNode, YamlScalar } from '../../yaml.ts';
import type { Port } from '../container/findings.ts';
import { protocolOf } from '../container/ports.ts';
import type { PortCollector } from '../portCollector.ts';

const VARIABLE = /\$[{(]?(\w+)/;

/** What a Service is called, and the workload to which it leads, where the file tells. */
interface Names {
  readonly name: string | undefined;
  readonly leadsTo: string | undefined;
}

/** A port that is left to a variable, such as `${PORT}`. */
export function variablePort(scalar: YamlScalar | undefined): Port | undefined {
  const variable = scalar && VARIABLE.exec(scalar.source)?.[1];
  return variable ? { port: null, span: scalar.span, via: [ownCopy(variable)] } : undefined;
}

/**
 * Reads the ports of a Service: the one on which others in the cluster reach it, the one of the pods behind it, and the
 * one on which every node publishes it. A port without a number, such as `${PORT}`, counts as one that nobody knows.
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export function readServicePorts(
  found: PortCollector,
  document: YamlDocument,
  { name, leadsTo }: Names,
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
    const mapping = found.nextMapping();
    found.add(port('port') ?? variablePort(field('port')), {
      role: 'exposed',
      side: 'container',
      protocol,
      mapping,
      ...owner,
    });
    const within = leadsTo === undefined ? {} : { within: ownCopy(leadsTo) };
    found.add(port('targetPort'), { role: 'target', side: 'container', protocol, mapping, ...owner, ...within });
    found.add(port('nodePort'), { role: 'published', side: 'host', protocol, mapping, ...owner });
  }
}
