import { isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { parseUncommented, type YamlDocument, type YamlNode } from '../yaml.ts';
import { readBackends } from './kubernetes/backends.ts';
import { readPods } from './kubernetes/pods.ts';
import { type KubeObject, Workloads } from './kubernetes/selection.ts';
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
  wants: isYaml,
  read(text) {
    if (!KIND.test(text) || !API.test(text) || TEMPLATE.test(text)) return undefined;
    const parsed = parseUncommented(text);
    if (parsed.refused) return { ...nothing, refused: parsed.refused };
    const found = new PortCollector('kubernetes');
    const objects = parsed.documents.flatMap(objectsIn);
    if (objects.length === 0) return undefined;
    const workloads = new Workloads(objects);
    for (const object of objects) readObject(found, object, workloads);
    const { uses, problems } = found;
    return { ...nothing, uses, problems };
  },
};

/** The object that a document is, or those of the list that it is. */
function objectsIn(document: YamlDocument): readonly KubeObject[] {
  const { root } = document;
  const text = (key: string) => document.scalar(document.get(root, key))?.value;
  if (root === undefined || !text('apiVersion') || !text('kind')) return [];
  const nodes = text('kind') === 'List' ? document.items(document.get(root, 'items')) : [root];
  return nodes.map((node) => ({ document, node }));
}

function readObject(found: PortCollector, object: KubeObject, workloads: Workloads): void {
  const { document, node } = object;
  const text = (key: string, of: YamlNode | undefined = node) => document.scalar(document.get(of, key))?.value;
  const name = text('name', document.get(node, 'metadata'));
  const spec = document.get(node, 'spec');
  if (text('kind') === 'Service' && text('apiVersion') === 'v1') {
    readServicePorts(found, document, { name, leadsTo: workloads.chosenBy(object) }, spec);
  }
  readBackends(found, document, spec);
  readPods(found, document, name, spec);
}
