import type { Reading, Service } from '../facts.ts';
import { nothing, type Reader } from '../reader.ts';
import { isMap, parseUncommented, type YamlDocument, type YamlEntry, type YamlNode } from '../yaml.ts';
import { plainText, readBuild } from './compose/build.ts';
import { commandLine } from './compose/commandLine.ts';
import { readEnvFiles, readExtends, readIncludes, readReplaced } from './compose/composition.ts';
import { readLabels } from './compose/labels.ts';
import { readExpose, readPorts } from './compose/ports.ts';
import { isCompose } from './compose/recognition.ts';
import { listVariables } from './compose/variables.ts';
import { readCommand, readHealthcheck } from './container/commands.ts';
import { readEnvironment } from './container/environment.ts';
import { Findings, type Owner } from './container/findings.ts';

/** Spares the parsing of most YAML files of a workspace. */
const TOP_KEY = /^\uFEFF?(?:services|"services"|'services'|include)[ \t]*:/m;

/** Reads compose files, whatever their name: https://docs.docker.com/reference/compose-file/ */
export const compose: Reader = {
  kind: 'compose',
  globs: ['**/*.yml', '**/*.yaml'],
  wants: (path) => /\.ya?ml$/i.test(path),
  read(text, path) {
    if (!TOP_KEY.test(text)) return undefined;
    const parsed = parseUncommented(text);
    if (parsed.refused) return { ...nothing, refused: parsed.refused };
    const documents = parsed.documents.filter((document) => isCompose(document, path));
    return documents.length > 0 ? readDocuments(documents, path) : undefined;
  },
};

function readDocuments(documents: readonly YamlDocument[], path: string): Reading {
  const entriesOf = (document: YamlDocument) => document.entries(document.get(document.root, 'services'));
  const findings = new Findings(documents.flatMap(entriesOf).map(({ key }) => key));
  const services: Service[] = [];
  const includes: string[] = [];
  let project: string | undefined;
  for (const document of documents) {
    project ??= plainText(document, document.get(document.root, 'name'));
    includes.push(...readIncludes(document, path));
    for (const entry of entriesOf(document)) {
      const all = new Map(document.entries(entry.value).map(({ key, value }) => [key, value]));
      const replaces = readReplaced(all);
      const attributes = withoutReset(all);
      const service = {
        ...describeService(document, entry, attributes, path),
        ...(replaces.length > 0 && { replaces }),
      };
      services.push(service);
      readUses(findings, document, service, attributes);
    }
  }
  const { uses, problems } = findings;
  return {
    ...nothing,
    uses,
    services,
    problems,
    ...(project !== undefined && { project }),
    ...(includes.length > 0 && { includes }),
  };
}

/** `!reset` takes back what other files say: https://docs.docker.com/reference/compose-file/merge/ */
function withoutReset(attributes: ReadonlyMap<string, YamlNode | undefined>): Map<string, YamlNode | undefined> {
  return new Map([...attributes].filter(([, value]) => value?.tag !== '!reset'));
}

function describeService(
  document: YamlDocument,
  { key, keySpan }: YamlEntry,
  attributes: ReadonlyMap<string, YamlNode | undefined>,
  path: string,
): Service {
  const text = (name: string) => plainText(document, attributes.get(name));
  const list = (node: YamlNode | undefined) =>
    document
      .items(node)
      .map((item) => plainText(document, item))
      .filter((item) => item !== undefined);
  const optional = {
    container: text('container_name'),
    hostname: text('hostname'),
    image: text('image'),
    networkMode: text('network_mode'),
    extends: readExtends(document, attributes.get('extends'), path),
  };
  const networks = document.entries(attributes.get('networks'));
  const aliases = networks.flatMap(({ value }) => (isMap(value) ? list(document.get(value, 'aliases')) : []));
  const build = readBuild(document, attributes);
  const files = readEnvFiles(document, attributes.get('env_file'), path);
  const envFiles = files.length > 0 ? files : undefined;
  const known = Object.fromEntries(
    Object.entries({ ...optional, build, envFiles }).filter(([, value]) => value !== undefined),
  );
  return { name: key, span: keySpan, ...known, aliases, profiles: list(attributes.get('profiles')) };
}

function readUses(
  findings: Findings,
  document: YamlDocument,
  service: Service,
  attributes: ReadonlyMap<string, YamlNode | undefined>,
): void {
  const { name, container, networkMode } = service;
  const side = networkMode === 'host' ? 'host' : 'container';
  const owner: Owner = { name, side, ...(container !== undefined && { container }) };
  readPorts(findings, document, owner, attributes.get('ports'));
  readExpose(findings, document, owner, attributes.get('expose'));
  readEnvironment(findings, owner, listVariables(findings, document, attributes.get('environment')));
  readCommand(
    findings,
    owner,
    commandLine(findings, document, attributes.get('entrypoint'), attributes.get('command')),
  );
  readHealthcheck(
    findings,
    owner,
    commandLine(findings, document, document.get(attributes.get('healthcheck'), 'test')),
  );
  readLabels(findings, document, owner, attributes.get('labels'));
  readLabels(findings, document, owner, document.get(attributes.get('deploy'), 'labels'));
}
