import { stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import schema from '../../schemas/portolan.schema.json' with { type: 'json' };
import { rules } from '../../server/src/core/rules/index.ts';
import { defaultExcludes } from '../../server/src/core/settings/settings.ts';
import { english } from './english.ts';
import { code, fence, listed, summaryOf, table } from './markdown.ts';
import type { Property } from './schema.ts';

const inEditor = new Map(
  Object.entries<Property>(manifest.contributes.configuration.properties)
    .sort(([, a], [, b]) => a.order! - b.order!)
    .map(([name, property]) => [name.replace('portolan.', ''), property]),
);
const inFile = new Map(Object.entries(schema.properties as Readonly<Record<string, Property>>));
const names = [...new Set([...inFile.keys(), ...inEditor.keys()])];

/** The pages of the settings, made from the manifest of the extension and the schema of `portolan.yaml`. */
export function settingPages(): [path: string, page: string][] {
  return names.map((name) => [`docs/settings/${name}.md`, pageOf(name)]);
}

function pageOf(name: string): string {
  const [ofEditor, ofFile] = [inEditor.get(name), inFile.get(name)];
  const rows = [
    ...(ofFile ? [['in `portolan.yaml`', code(name)]] : []),
    ...(ofEditor ? [['in VS Code', `\`portolan.${name}\`${ofFile ? '' : ', a setting of the editor alone'}`]] : []),
    ['value', valueText(ofEditor ?? ofFile!)],
    ...(ofEditor ? [['unless set', code(JSON.stringify(ofEditor.default))]] : []),
  ];
  const parts = [
    `# ${name}\n`,
    `${ofEditor ? english(ofEditor.markdownDescription) : ofFile?.description}\n`,
    table(['', ''], rows),
    ...(ofEditor ? [choicesOf(ofEditor)] : []),
    ...(ofFile ? [exampleOf(name, ofFile), keysOf(ofFile), ...(further[name]?.() ?? [])] : []),
  ];
  const more = ofFile ? 'All of `portolan.yaml` is shown in [Configuration](../configuration.md).\n' : '';
  return [...parts, more].filter((part) => part !== '').join('\n');
}

/** What only one setting has to tell. */
const further: Readonly<Record<string, () => readonly string[]>> = {
  rules() {
    const rows = rules.map(({ id, level, finds }) => [`[${id}](../rules/${id}.md)`, level, finds]);
    const { enum: levels, enumDescriptions } = schema.definitions.level;
    const told = levels.map((level, i) => [level, enumDescriptions[i]!]);
    return ['## Levels\n', table(['level', ''], told), '## Rules\n', table(['rule', 'unless set', 'finds'], rows)];
  },
  exclude() {
    const lower = defaultExcludes.filter((glob) => !/\)[A-Z]/.test(glob));
    const also = 'Names such as `archive` also in capitals. `!GLOB` takes one back in.\n';
    return ['## Left out anyway\n', also, fence('text', lower.join('\n'))];
  },
};

function choicesOf({ enum: choices, enumDescriptions = [] }: Property): string {
  if (!choices) return '';
  return table(
    ['value', ''],
    choices.map((choice, i) => [code(choice), english(enumDescriptions[i])]),
  );
}

function exampleOf(name: string, { examples = [] }: Property): string {
  const value = examples[0] ?? (name === 'rules' ? { 'unregistered-port': 'off' } : undefined);
  return value === undefined ? '' : `## Example\n\n${fence('yaml', stringify({ [name]: value }))}`;
}

/** The keys that an entry can have, with those in them: `scope.machine`. */
function keysOf({ items }: Property): string {
  const rows = (properties: Readonly<Record<string, Property>>, above = ''): string[][] =>
    Object.entries(properties).flatMap(([key, property]) => [
      [code(above + key), property.description ?? shared(property)],
      ...rows(property.properties ?? {}, `${above}${key}.`),
    ]);
  const entry = items?.anyOf?.find(({ properties }) => properties);
  return entry ? `## Keys of an entry\n\n${table(['key', ''], rows(entry.properties!))}` : '';
}

/** What a definition says that a property refers to. */
function shared({ $ref = '' }: Property): string {
  const definitions: Readonly<Record<string, Property>> = schema.definitions;
  return definitions[$ref.replace('#/definitions/', '')]?.description ?? '';
}

/** What a value may be, in words. */
function valueText(property: Property): string {
  const { type, enum: choices, anyOf, items, additionalProperties, properties = {} } = property;
  if (choices) return listed(choices.map(code), 'or');
  if (anyOf) return anyOf.map(valueText).join(', or ');
  if (type === 'boolean') return '`true` or `false`';
  if (isA('array', type)) return items?.anyOf ? `a list; each entry is ${valueText(items)}` : `a ${kindText(property)}`;
  if (!isA('object', type)) return `a ${kindText(property)}`;
  if (typeof additionalProperties === 'object') return `names, each with ${valueText(additionalProperties)}`;
  const [first] = Object.values(properties);
  return first?.enum
    ? `names, each with ${valueText(first)}`
    : `a map with ${listed(Object.keys(properties).map(code))}`;
}

function isA(kind: string, type: Property['type']): boolean {
  return [type].flat().includes(kind);
}

/** `text`, `list of texts`, `list of lists of texts` */
function kindText({ type, items }: Property, plural = ''): string {
  return isA('array', type) ? `list${plural} of ${kindText(items ?? {}, 's')}` : `text${plural}`;
}

export function settingIndex(pages: ReadonlyMap<string, string>): string {
  const rows = (chosen: readonly string[]) =>
    chosen.map((name) => [`[${name}](${name}.md)`, summaryOf(pages.get(`docs/settings/${name}.md`) ?? '')]);
  return `# Settings

Portolan works without any of them. Those that change what is found go into a [\`portolan.yaml\`](../configuration.md), so that they hold for everybody and in CI; VS Code takes them too, with \`portolan.\` in front.

${table(['setting', ''], rows([...inFile.keys()]))}
## Of the editor alone

${table(['setting', ''], rows(names.filter((name) => !inFile.has(name))))}`;
}
