import type { Side, Use } from '../../facts.ts';
import { hostKind } from '../../notation/hostPort.ts';
import { ownCopy } from '../../text.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import type { YamlDocument, YamlNode } from '../../yaml.ts';
import { protocolOf } from '../container/ports.ts';
import type { PortCollector } from '../portCollector.ts';
import { variablePort } from './services.ts';

/** https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const PROBE_ACTIONS = ['httpGet', 'tcpSocket', 'grpc'];

type Owner = Pick<Use, 'service' | 'container'> & { readonly side: Side };

/**
 * Reads the containers of a pod, or of the pods that a workload makes: their ports, the port that the environment tells
 * them, and the ports on which they are checked. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */
export function readPods(
  found: PortCollector,
  document: YamlDocument,
  name: string | undefined,
  spec: YamlNode | undefined,
): void {
  const template = (node: YamlNode | undefined) => document.get(document.get(node, 'template'), 'spec');
  const job = document.get(document.get(spec, 'jobTemplate'), 'spec');
  for (const pod of [spec, template(spec), template(job)]) {
    const isOnHost = document.scalar(document.get(pod, 'hostNetwork'))?.value === 'true';
    const containers = ['initContainers', 'containers'].flatMap((key) => document.items(document.get(pod, key)));
    for (const node of containers) {
      const own = document.scalar(document.get(node, 'name'))?.value;
      const owner: Owner = {
        side: isOnHost ? 'host' : 'container',
        ...(name !== undefined && { service: ownCopy(name) }),
        ...(own !== undefined && own !== name && { container: ownCopy(own) }),
      };
      readContainer(found, document, owner, node);
    }
  }
}

function readContainer(found: PortCollector, document: YamlDocument, owner: Owner, node: YamlNode): void {
  const port = (from: YamlNode | undefined, key: string) => {
    const scalar = document.scalar(document.get(from, key));
    return scalar && found.port(scalar.source, scalar.span.start);
  };
  const text = (from: YamlNode | undefined, key: string) => document.scalar(document.get(from, key))?.value;
  for (const entry of document.items(document.get(node, 'ports'))) {
    const protocol = protocolOf(text(entry, 'protocol') || 'TCP');
    if (!protocol) continue;
    const address = text(entry, 'hostIP');
    const bound = address ? { address: ownCopy(address) } : {};
    const inner = port(entry, 'containerPort') ?? variablePort(document.scalar(document.get(entry, 'containerPort')));
    found.add(inner, { role: 'exposed', protocol, ...owner });
    found.add(port(entry, 'hostPort'), { role: 'published', protocol, ...owner, ...bound, side: 'host' });
  }
  const variables = document.items(document.get(node, 'env'));
  const keys = new Set(variables.map((variable) => text(variable, 'name') ?? ''));
  for (const variable of variables) {
    const key = text(variable, 'name') ?? '';
    // `PGPORT` beside `PGHOST` is the port of somebody else.
    const isOwn = ownPortVariables.has(key) && (key === 'PORT' || !keys.has(key.replace(/PORTS?$/, 'HOST')));
    if (isOwn) found.add(port(variable, 'value'), { role: 'environment', ...owner, variable: ownCopy(key) });
  }
  for (const action of PROBES.flatMap((key) =>
    PROBE_ACTIONS.map((way) => document.get(document.get(node, key), way)),
  )) {
    const host = text(action, 'host');
    // Whoever names a host asks somebody else than the container.
    if (host === undefined || hostKind(host) === 'every')
      found.add(port(action, 'port'), { role: 'healthcheck', ...owner });
  }
}
