import { push } from '../../grouped.ts';
import type { YamlDocument, YamlNode } from '../../yaml.ts';

/** An object of a manifest, and the document that holds it. */
export interface KubeObject {
  readonly document: YamlDocument;
  readonly node: YamlNode;
}

interface Workload {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: ReadonlySet<string>;
}

/** A label that so many have chooses nobody. */
const MOST = 20;

/**
 * The workloads with one container in the objects of a file, by the labels of their pods.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export class Workloads {
  readonly #byLabel = new Map<string, Workload[]>();

  constructor(objects: readonly KubeObject[]) {
    for (const object of objects) {
      const workload = workloadOf(object);
      for (const label of workload?.labels ?? []) push(this.#byLabel, label, workload!);
    }
  }

  /** The name of the only workload whose pods a Service chooses. */
  chosenBy({ document, node }: KubeObject): string | undefined {
    const selector = labelsOf(document, document.get(document.get(node, 'spec'), 'selector'));
    const [first] = selector;
    const candidates = first === undefined ? [] : (this.#byLabel.get(first) ?? []);
    if (candidates.length > MOST) return undefined;
    const namespace = namespaceOf(document, node);
    const chosen = candidates.filter(
      (one) => one.namespace === namespace && selector.every((label) => one.labels.has(label)),
    );
    return chosen.length === 1 ? chosen[0]!.name : undefined;
  }
}

function workloadOf({ document, node }: KubeObject): Workload | undefined {
  const spec = document.get(node, 'spec');
  const template = document.get(spec, 'template') ?? node;
  const name = document.scalar(document.get(document.get(node, 'metadata'), 'name'))?.value;
  const containers = document.items(document.get(document.get(template, 'spec'), 'containers'));
  if (name === undefined || containers.length !== 1) return undefined;
  const labels = labelsOf(document, document.get(document.get(template, 'metadata'), 'labels'));
  return { name, namespace: namespaceOf(document, node), labels: new Set(labels) };
}

function namespaceOf(document: YamlDocument, node: YamlNode): string | undefined {
  return document.scalar(document.get(document.get(node, 'metadata'), 'namespace'))?.value;
}

function labelsOf(document: YamlDocument, node: YamlNode | undefined): string[] {
  return document.entries(node).map(({ key, value }) => `${key}=${document.scalar(value)?.value}`);
}
