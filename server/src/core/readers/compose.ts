import type { Reading, Service } from '../facts.ts';
import { isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { isMap, isSeq, parseUncommented, type YamlDocument, type YamlEntry, type YamlNode } from '../yaml.ts';
import { plainText, readBuild } from './compose/build.ts';
import { commandLine } from './compose/commandLine.ts';
import { readEnvFiles, readExtends, readIncludes, readReplaced } from './compose/composition.ts';
import { Fields, fieldsOf } from './compose/fields.ts';
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
  const defined = documents.map((document) => firstOfEach(servicesOf(document)));
  const findings = new Findings('compose', namesIn(defined));
  const services: Service[] = [];
  const includes: string[] = [];
  let project: string | undefined;
  for (const [i, document] of documents.entries()) {
    project ??= plainText(document, document.get(document.root, 'name'));
    includes.push(...readIncludes(document, path));
    for (const entry of defined[i]!) {
      const all = fieldsOf(document, entry.value);
      const replaces = readReplaced(all);
      const attributes = withoutReset(all);
      const service = describeService(document, entry, attributes, path);
      if (replaces.length > 0) service.replaces = replaces;
      services.push(service);
      readUses(findings, document, service, attributes);
    }
  }
  const { uses, problems } = findings;
  const reading: Draft<Reading> = { ...nothing, uses, services, problems };
  if (project !== undefined) reading.project = project;
  if (includes.length > 0) reading.includes = includes;
  return reading;
}

/** Filled in step by step, which is far cheaper than to spread one object into the other. */
type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

function servicesOf(document: YamlDocument): readonly YamlEntry[] {
  return document.entries(document.get(document.root, 'services'));
}

/** Compose takes no file in which a service is defined twice: as long as somebody types it, the first one counts. */
function firstOfEach(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const names = new Set(entries.map(({ key }) => key));
  return names.size === entries.length ? entries : entries.filter(({ key }) => names.delete(key));
}

function namesIn(defined: readonly (readonly YamlEntry[])[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entries of defined) for (const { key } of entries) names.add(key);
  return names;
}

/** `!reset` takes back what other files say: https://docs.docker.com/reference/compose-file/merge/ */
function withoutReset(attributes: Fields): Fields {
  const isReset = ({ value }: YamlEntry) => value?.tag === '!reset';
  const { entries } = attributes;
  return entries.some(isReset) ? new Fields(entries.filter((entry) => !isReset(entry))) : attributes;
}

function describeService(document: YamlDocument, { key, keySpan }: YamlEntry, attributes: Fields, path: string) {
  const service: Draft<Service> = {
    name: ownCopy(key),
    span: keySpan,
    aliases: aliasesOf(document, attributes.get('networks')),
    profiles: textsOf(document, attributes.get('profiles')),
  };
  const container = plainText(document, attributes.get('container_name'));
  const hostname = plainText(document, attributes.get('hostname'));
  const image = plainText(document, attributes.get('image'));
  const networkMode = plainText(document, attributes.get('network_mode'));
  const extended = readExtends(document, attributes.get('extends'), path);
  const build = readBuild(document, attributes);
  const envFiles = readEnvFiles(document, attributes.get('env_file'), path);
  if (container !== undefined) service.container = container;
  if (hostname !== undefined) service.hostname = hostname;
  if (image !== undefined) service.image = image;
  if (networkMode !== undefined) service.networkMode = networkMode;
  if (extended !== undefined) service.extends = extended;
  if (build !== undefined) service.build = build;
  if (envFiles.length > 0) service.envFiles = envFiles;
  return service;
}

/** The names that the networks of a service know it by. */
function aliasesOf(document: YamlDocument, networks: YamlNode | undefined): readonly string[] {
  if (!isMap(networks)) return NONE;
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
  const owner: Owner = container === undefined ? { name, side } : { name, side, container };
  readPorts(findings, document, owner, attributes.get('ports'));
  readExpose(findings, document, owner, attributes.get('expose'));
  const environment = attributes.get('environment');
  if (environment) readEnvironment(findings, owner, listVariables(findings, document, environment));
  const [entrypoint, command] = [attributes.get('entrypoint'), attributes.get('command')];
  if (entrypoint || command) readCommand(findings, owner, commandLine(findings, document, entrypoint, command));
  const check = document.get(attributes.get('healthcheck'), 'test');
  if (check) readHealthcheck(findings, owner, commandLine(findings, document, check));
  readLabels(findings, document, owner, attributes.get('labels'));
  const deploy = attributes.get('deploy');
  if (deploy) readLabels(findings, document, owner, document.get(deploy, 'labels'));
}
