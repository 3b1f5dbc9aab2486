import { nothing, type Reader } from '../reader.ts';
import { parseUncommented, type YamlDocument, type YamlNode } from '../yaml.ts';
import { readBackends } from './kubernetes/backends.ts';
import { readPods } from './kubernetes/pods.ts';
import { readServicePorts } from './kubernetes/services.ts';
import { PortCollector } from './portCollector.ts';

/** The kinds of objects in which ports stand; it spares the parsing of all other YAML files. */
const KIND =
  /^kind[ \t]*:[ \t]*["']?(?:Service|Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Job|CronJob|Ingress|IngressRoute|HTTPRoute|GRPCRoute|TCPRoute|List)["']?[ \t]*(?:#|$)/m;
const API = /^apiVersion[ \t]*:/m;

/** Control lines and values of Helm and Jinja: such a text is no YAML before it has been filled in. */
const TEMPLATE = /^[ \t]*(?:-[ \t]+)?(?:[\w./-]+:[ \t]*)?["']?\{[{%]/m;

/**
 * Reads the manifests of Kubernetes: https://kubernetes.io/docs/reference/kubernetes-api/. Inside of a cluster every
 * service and every pod has all ports to itself; only what a node publishes is on the host side.
 */
export const kubernetes: Reader = {
  kind: 'kubernetes',
  globs: ['**/*.yml', '**/*.yaml'],
  wants: (path) => /\.ya?ml$/i.test(path),
  read(text) {
    if (!KIND.test(text) || !API.test(text) || TEMPLATE.test(text)) return undefined;
    const parsed = parseUncommented(text);
    if (parsed.refused) return { ...nothing, refused: parsed.refused };
    const found = new PortCollector('kubernetes');
    let isMine = false;
    for (const document of parsed.documents) {
      for (const object of objectsIn(document)) {
        isMine = true;
        readObject(found, document, object);
      }
    }
    const { uses, problems } = found;
    return isMine ? { ...nothing, uses, problems } : undefined;
  },
};

/** The object that a document is, or those of the list that it is. */
function objectsIn(document: YamlDocument): readonly YamlNode[] {
  const { root } = document;
  const text = (key: string) => document.scalar(document.get(root, key))?.value;
  if (root === undefined || !text('apiVersion') || !text('kind')) return [];
  return text('kind') === 'List' ? document.items(document.get(root, 'items')) : [root];
}

function readObject(found: PortCollector, document: YamlDocument, object: YamlNode): void {
  const text = (key: string, node: YamlNode | undefined = object) => document.scalar(document.get(node, key))?.value;
  const name = text('name', document.get(object, 'metadata'));
  const spec = document.get(object, 'spec');
  if (text('kind') === 'Service' && text('apiVersion') === 'v1') readServicePorts(found, document, name, spec);
  readBackends(found, document, spec);
  readPods(found, document, name, spec);
}
