import { parseJson, unescaped } from '../json.ts';
import { parseHostPort } from '../notation/hostPort.ts';
import { parsePort } from '../notation/portText.ts';
import { basename } from '../path.ts';
import { hasPort, type Ports } from '../ports.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { isSeq, type YamlDocument, type YamlNode, type YamlScalar } from '../yaml.ts';
import { readShort } from './compose/ports.ts';
import { readEnvironment, variableOf } from './container/environment.ts';
import { Findings, type Owner } from './container/findings.ts';
import { readRange } from './container/ports.ts';
import { readRun } from './shell/script.ts';

const MAY_HOLD_PORTS = /port|runArgs|Env"/i;

/** Longer labels are sentences. */
const LONGEST_LABEL = 60;

/** What the ports of the container are called, as the editor shows them. */
interface Labels {
  readonly single: Map<number, string>;
  readonly ranges: { readonly ports: Ports; readonly name: string }[];
}

/** Each port is looked for in all ranges. Real files have one or two. */
const MAX_RANGES = 100;

/** Reads the descriptions of dev containers: https://containers.dev/implementors/json_reference/ */
export const devcontainer: Reader = {
  kind: 'devcontainer',
  globs: ['**/{.devcontainer,devcontainer}.json'],
  wants: (path) => /^\.?devcontainer\.json$/.test(basename(path)),
  read(text) {
    if (!MAY_HOLD_PORTS.test(text)) return undefined;
    const document = parseJson(text);
    const findings = new Findings('devcontainer');
    const get = (key: string) => document.get(document.root, key);
    const labels = readLabels(findings, document, get('portsAttributes'));
    for (const port of scalarsOf(document, get('forwardPorts'))) readForwarded(findings, port, labels);
    for (const port of scalarsOf(document, get('appPort'))) readPublished(findings, port, labels);
    readRun(findings, scalarsOf(document, get('runArgs')));
    for (const key of ['containerEnv', 'remoteEnv']) {
      const variables = document.entries(get(key)).flatMap(({ key: name, value }) => {
        const scalar = document.scalar(value);
        const source = scalar && { source: unescaped(scalar), span: scalar.span };
        return source ? [variableOf(name, findings.expand(source, false))] : [];
      });
      readEnvironment(findings, { side: 'container' }, variables);
    }
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};

/** The items of a list, or the one thing that stands in its place. */
function scalarsOf(document: YamlDocument, node: YamlNode | undefined): YamlScalar[] {
  return (isSeq(node) ? document.items(node) : [node]).flatMap((item) => document.scalar(item) ?? []);
}

/** https://containers.dev/implementors/json_reference/#port-attributes */
function readLabels(findings: Findings, document: YamlDocument, node: YamlNode | undefined): Labels {
  const labels: Labels = { single: new Map(), ranges: [] };
  for (const { key, keySpan, value } of document.entries(node)) {
    const ports = /^\d+(?:-\d+)?$/.test(key) ? parsePort(key, keySpan.start) : undefined;
    const label = document.scalar(document.get(value, 'label'))?.value.trim();
    if (!ports || !label || label.length > LONGEST_LABEL) continue;
    const name = ownCopy(label);
    if (ports.endPort === undefined) labels.single.set(ports.port, name);
    else if (labels.ranges.length < MAX_RANGES) labels.ranges.push({ ports, name });
    findings.own({ side: 'container', name }, 'label', ports);
  }
  return labels;
}

/** A port in the container, or one of another container: https://containers.dev/implementors/json_reference/ */
function readForwarded(findings: Findings, scalar: YamlScalar, labels: Labels): void {
  const text = findings.expand(scalar, true);
  const address = parseHostPort(text.text);
  if (address?.host) findings.reference({ side: 'container' }, 'url', address, text);
  else {
    const port = readRange(findings, text, 0, text.text.length);
    findings.own(ownerOf(port?.port, labels), 'exposed', port);
  }
}

/** Published as Docker does; a port alone on the same one of the machine. */
function readPublished(findings: Findings, scalar: YamlScalar, labels: Labels): void {
  const text = findings.expand(scalar, true);
  const inside = /(?<!\d)(\d{1,5})(?:\/[a-z]{1,4})?$/i.exec(text.text)?.[1];
  const owner = ownerOf(inside === undefined ? undefined : Number(inside), labels);
  if (text.text.includes(':')) readShort(findings, owner, text);
  else findings.own({ ...owner, side: 'host' }, 'published', readRange(findings, text, 0, text.text.length));
}

function ownerOf(port: number | null | undefined, { single, ranges }: Labels): Owner {
  if (port == null) return { side: 'container' };
  const name = single.get(port) ?? ranges.find(({ ports }) => hasPort(ports, port))?.name;
  return { side: 'container', ...(name !== undefined && { name }) };
}
