import type { Reading } from '../facts.ts';
import { findUrls, hostKind, parseHostPort } from '../notation/hostPort.ts';
import { basename, dirname, isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { isMap, isSeq, parseUncommented, type YamlDocument, type YamlNode, type YamlScalar } from '../yaml.ts';
import { PortCollector } from './portCollector.ts';

/** The one key that every configuration has; it spares the parsing of all other YAML files. */
const CONFIGURATION = /^\uFEFF?["']?scrape_configs["']?[ \t]*:/m;

/** How lists of targets begin: an entry of `targets` and `labels`, in YAML or in JSON. */
const LIST_IN_YAML = /^[ \t]*-[ \t]+["']?(?:targets|labels)["']?[ \t]*:/m;
const LIST_IN_JSON = /^\s*\[\s*\{\s*"(?:targets|labels)"\s*:/;

/** JSON files that say by their names, or their folder's, that they are lists of targets. */
const LIST_NAME = /targets|file[_-]?sd/i;
const LIST_FOLDER = /^(?:targets|file[_-]?sd|prometheus)$/i;

/** On which Prometheus listens unless it is told otherwise. */
const OWN_PORT = 9090;

/**
 * Reads what Prometheus scrapes, and to whom it sends: its configuration and the lists of targets that it takes in.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export const prometheus: Reader = {
  kind: 'prometheus',
  globs: [
    '**/*.yml',
    '**/*.yaml',
    '**/*{targets,file_sd,file-sd,filesd}*.json',
    '**/{targets,file_sd,file-sd,filesd,prometheus}/*.json',
  ],
  wants(path) {
    if (isYaml(path)) return true;
    return /\.json$/i.test(path) && (LIST_NAME.test(basename(path)) || LIST_FOLDER.test(basename(dirname(path))));
  },
  read(text) {
    const isConfiguration = CONFIGURATION.test(text);
    const isList = text.includes('targets') && (LIST_IN_YAML.test(text) || LIST_IN_JSON.test(text));
    if (!isConfiguration && !isList) return undefined;
    const parsed = parseUncommented(text);
    if (parsed.refused) return isConfiguration ? { ...nothing, refused: parsed.refused } : undefined;
    return readDocuments(parsed.documents);
  },
};

function readDocuments(documents: readonly YamlDocument[]): Reading | undefined {
  const targets = new Targets();
  let isMine = false;
  for (const document of documents) {
    const { root } = document;
    if (isSeq(document.get(root, 'scrape_configs'))) targets.readConfiguration(document);
    else if (isList(document)) targets.readGroups(document, root, undefined);
    else continue;
    isMine = true;
  }
  const { uses, problems } = targets.found;
  return isMine ? { ...nothing, uses, problems } : undefined;
}

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config */
function isList(document: YamlDocument): boolean {
  const groups = document.items(document.root);
  const isGroup = (group: YamlNode) =>
    document.items(document.get(group, 'targets')).some((target) => document.scalar(target)) &&
    document.entries(group).every(({ key }) => key === 'targets' || key === 'labels');
  return groups.length > 0 && groups.every(isGroup);
}

/** Collects the addresses of one file. */
class Targets {
  readonly found = new PortCollector('prometheus');

  readConfiguration(document: YamlDocument): void {
    const { root } = document;
    const items = (key: string, node = root) => document.items(document.get(node, key));
    for (const job of items('scrape_configs')) {
      const name = document.scalar(document.get(job, 'job_name'))?.value;
      this.readGroups(document, document.get(job, 'static_configs'), name);
      for (const names of items('dns_sd_configs', job)) this.#readNames(document, names);
      for (const relabel of items('relabel_configs', job)) this.#readReplacement(document, relabel, name);
    }
    for (const manager of items('alertmanagers', document.get(root, 'alerting'))) {
      this.readGroups(document, document.get(manager, 'static_configs'), undefined);
    }
    for (const remote of [...items('remote_write'), ...items('remote_read')]) {
      this.#read(document.scalar(document.get(remote, 'url')), undefined);
    }
  }

  /** Reads groups of targets. Takes the name of the job for which they are, if it is known. */
  readGroups(document: YamlDocument, groups: YamlNode | undefined, job: string | undefined): void {
    for (const group of document.items(groups)) {
      for (const target of document.items(document.get(group, 'targets'))) this.#read(document.scalar(target), job);
    }
  }

  /** A name that is looked up, and the port that is asked there. */
  #readNames(document: YamlDocument, node: YamlNode): void {
    const names = document.items(document.get(node, 'names'));
    const name = document.scalar(names[0])?.value;
    const port = document.scalar(document.get(node, 'port'));
    // `tasks.name` stands for all containers of a service: https://docs.docker.com/engine/swarm/networking/
    if (names.length !== 1 || name === undefined || !port) return;
    this.found.send('upstream', name.replace(/^tasks\./, ''), this.found.port(port.source, port.span.start));
  }

  /** The address of an exporter that is asked about the targets. */
  #readReplacement(document: YamlDocument, node: YamlNode, job: string | undefined): void {
    const isAddress = isMap(node) && document.scalar(document.get(node, 'target_label'))?.value === '__address__';
    if (isAddress) this.#read(document.scalar(document.get(node, 'replacement')), job);
  }

  #read(scalar: YamlScalar | undefined, job: string | undefined): void {
    if (!scalar) return;
    const { source, span } = scalar;
    const isUrl = source.includes('://');
    const address = isUrl ? findUrls(source)[0] : parseHostPort(source);
    if (!address) return;
    const port = this.found.port(source.slice(address.from, address.to), span.start + address.from);
    const role = isUrl ? 'url' : 'upstream';
    if (isItself(address.host, port?.port, job)) this.found.add(port, { role, side: 'any' });
    else this.found.send(role, address.host, port);
  }
}

/** In a container, `localhost` is Prometheus; from there it can reach others so on the host's network alone. */
function isItself(host: string, port: number | null | undefined, job: string | undefined): boolean {
  return hostKind(host) === 'loopback' && (port === OWN_PORT || job === undefined || /prometheus/i.test(job));
}
