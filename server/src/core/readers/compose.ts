import type { Reading, Service } from '../facts.ts';
import { isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { isMap, isSeq, parseUncommented, type YamlDocument, type YamlEntry, type YamlNode } from '../yaml.ts';
import { plainText, readBuild } from './compose/build.ts';
import { commandLine } from './compose/commandLine.ts';
import { readEnvFiles, readExtends, readIncludes, readReplaced } from './compose/composition.ts';
import { type Fields, fieldsOf } from './compose/fields.ts';
import { readLabels } from './compose/labels.ts';
import { readExpose, readPorts } from './compose/ports.ts';
import { isCompose } from './compose/recognition.ts';
import { listVariables } from './compose/variables.ts';
import { readCommand, readHealthcheck } from './container/commands.ts';
import { readEnvironment } from './container/environment.ts';
import { Findings, type Owner } from './container/findings.ts';

/** Spares the parsing of most YAML files of a workspace. */
const TOP_KEY = /^\uFEFF?(?:services|"services"|'services'|include)[ \t]*:/m;

/** A file with more services is refused: no file that people keep by hand comes near. */
const MOST_SERVICES = 10_000;

/** Reads compose files, whatever their name: https://docs.docker.com/reference/compose-file/ */
export const compose: Reader = {
  kind: 'compose',
  globs: ['**/*.yml', '**/*.yaml'],
  wants: isYaml,
  read(text, path) {
    if (!TOP_KEY.test(text)) return undefined;
    const parsed = parseUncommented(text);
    if (parsed.refused) return { ...nothing, refused: parsed.refused };
    const documents = parsed.documents.filter((document) => isCompose(document, path));
    if (documents.some((document) => servicesOf(document).length > MOST_SERVICES))
      return { ...nothing, refused: 'too long' };
    return documents.length > 0 ? readDocuments(documents, path) : undefined;
  },
};

function readDocuments(documents: readonly YamlDocument[], path: string): Reading {
  const entriesOf = (document: YamlDocument) => firstOfEach(servicesOf(document));
  const findings = new Findings(documents.flatMap(entriesOf).map(({ key }) => key));
  const services: Service[] = [];
  const includes: string[] = [];
  let project: string | undefined;
  for (const document of documents) {
    project ??= plainText(document, document.get(document.root, 'name'));
    includes.push(...readIncludes(document, path));
    for (const entry of entriesOf(document)) {
      const all = fieldsOf(document, entry.value);
      const replaces = readReplaced(all);
      const attributes = withoutReset(all);
      const described = describeService(document, entry, attributes, path);
      const service = replaces.length > 0 ? { ...described, replaces } : described;
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

function servicesOf(document: YamlDocument): readonly YamlEntry[] {
  return document.entries(document.get(document.root, 'services'));
}

/** Compose takes no file in which a service is defined twice: as long as somebody types it, the first one counts. */
function firstOfEach(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const names = new Set(entries.map(({ key }) => key));
  return names.size === entries.length ? entries : entries.filter(({ key }) => names.delete(key));
}

/** `!reset` takes back what other files say: https://docs.docker.com/reference/compose-file/merge/ */
function withoutReset(attributes: Fields): Fields {
  const isReset = (value: YamlNode | undefined) => value?.tag === '!reset';
  for (const value of attributes.values()) {
    if (isReset(value)) return new Map([...attributes].filter(([, other]) => !isReset(other)));
  }
  return attributes;
}

function describeService(
  document: YamlDocument,
  { key, keySpan }: YamlEntry,
  attributes: Fields,
  path: string,
): Service {
  const service: Draft = {
    name: ownCopy(key),
    span: keySpan,
    aliases: aliasesOf(document, attributes.get('networks')),
    profiles: textsOf(document, attributes.get('profiles')),
  };
  const set = <Key extends keyof Service>(field: Key, value: Service[Key] | undefined) => {
    if (value !== undefined) service[field] = value;
  };
  const text = (name: string) => plainText(document, attributes.get(name));
  const envFiles = readEnvFiles(document, attributes.get('env_file'), path);
  set('container', text('container_name'));
  set('hostname', text('hostname'));
  set('image', text('image'));
  set('networkMode', text('network_mode'));
  set('extends', readExtends(document, attributes.get('extends'), path));
  set('build', readBuild(document, attributes));
  if (envFiles.length > 0) service.envFiles = envFiles;
  return service;
}

type Draft = { -readonly [Key in keyof Service]: Service[Key] };

/** The names that the networks of a service know it by. */
function aliasesOf(document: YamlDocument, networks: YamlNode | undefined): readonly string[] {
  const maps = document.entries(networks).filter(({ value }) => isMap(value));
  return maps.length === 0 ? NONE : maps.flatMap(({ value }) => textsOf(document, document.get(value, 'aliases')));
}

function textsOf(document: YamlDocument, list: YamlNode | undefined): readonly string[] {
  if (!isSeq(list)) return NONE;
  return document
    .items(list)
    .map((item) => plainText(document, item))
    .filter((item) => item !== undefined);
}

const NONE: readonly string[] = [];

function readUses(findings: Findings, document: YamlDocument, service: Service, attributes: Fields): void {
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
