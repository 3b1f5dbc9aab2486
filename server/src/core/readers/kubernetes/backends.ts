import { ownCopy } from '../../text.ts';
import type { YamlDocument, YamlNode, YamlScalar } from '../../yaml.ts';
import type { PortCollector } from '../portCollector.ts';

/**
 * Reads to which ports of which Services requests go: the backends of an Ingress, and those of the routes of the Gateway
 * API and of Traefik. https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource,
 * https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional,
 * https://doc.traefik.io/traefik/routing/providers/kubernetes-crd/#kind-ingressroute
 */
export function readBackends(found: PortCollector, document: YamlDocument, spec: YamlNode | undefined): void {
  const items = (node: YamlNode | undefined, key: string) => document.items(document.get(node, key));
  const send = (node: YamlNode | undefined, port: YamlScalar | undefined, name = 'name') => {
    const service = document.scalar(document.get(node, name))?.value;
    // What lies in another namespace is another service of the same name.
    if (!port || service === undefined || document.get(node, 'namespace')) return;
    const use = { role: 'proxy', side: 'container', service: ownCopy(service) } as const;
    found.add(found.port(port.source, port.span.start), use);
  };
  const backend = (node: YamlNode | undefined) => {
    const service = document.get(node, 'service');
    send(service, document.scalar(document.get(document.get(service, 'port'), 'number')));
    send(node, document.scalar(document.get(node, 'servicePort')), 'serviceName');
  };
  for (const key of ['defaultBackend', 'backend']) backend(document.get(spec, key));
  for (const rule of items(spec, 'rules')) {
    for (const path of items(document.get(rule, 'http'), 'paths')) backend(document.get(path, 'backend'));
    for (const to of items(rule, 'backendRefs')) send(to, document.scalar(document.get(to, 'port')));
  }
  for (const route of items(spec, 'routes')) {
    for (const to of items(route, 'services')) send(to, document.scalar(document.get(to, 'port')));
  }
}
