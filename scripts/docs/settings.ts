import { stringify } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import strings from '../../package.nls.json' with { type: 'json' };
import schema from '../../schemas/portolan.schema.json' with { type: 'json' };
import { rules } from '../../server/src/core/rules/index.ts';
import { defaultExcludes } from '../../server/src/core/settings.ts';
import { code, fence, listed, summaryOf, table } from './markdown.ts';

/** As much of JSON Schema as settings are described with. */
interface Property {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
  readonly order?: number;
  readonly examples?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: Property | boolean;
}

const inEditor = Object.entries<Property>(manifest.contributes.configuration.properties)
  .map(([name, property]) => [name.replace('portolan.', ''), property] as const)
  .sort(([, a], [, b]) => a.order! - b.order!);
const inFile = schema.properties as Readonly<Record<string, Property>>;

/** The pages of the settings, made from the manifest of the extension and the schema of `portolan.yaml`. */
export function settingPages(): [path: string, page: string][] {
  return inEditor.map(([name, property]) => [`docs/settings/${name}.md`, pageOf(name, property)]);
}

function pageOf(name: string, property: Property): string {
  const ofFile = inFile[name];
  const rows = [
    ...(ofFile ? [['in `portolan.yaml`', code(name)]] : []),
    ['in VS Code', `\`portolan.${name}\`${ofFile ? '' : ', a setting of the editor alone'}`],
    ['value', valueText(property)],
    ['unless set', code(JSON.stringify(property.default))],
  ];
  const parts = [
    `# ${name}\n`,
    `${text(property.markdownDescription)}\n`,
    table(['', ''], rows),
    choicesOf(property),
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
    choices.map((choice, i) => [code(choice), text(enumDescriptions[i])]),
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
function shared(property: object): string {
  const name = '$ref' in property ? String(property.$ref).replace('#/definitions/', '') : '';
  return Object.entries<Property>(schema.definitions).find(([key]) => key === name)?.[1].description ?? '';
}

/** What a value may be, in words. */
function valueText(property: Property): string {
  const { type, enum: choices, anyOf, items, additionalProperties, properties = {} } = property;
  if (choices) return listed(choices.map(code), 'or');
  if (anyOf) return anyOf.map(valueText).join(', or ');
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'array') return items?.anyOf ? `a list; each entry is ${valueText(items)}` : `a ${kindText(property)}`;
  if (type !== 'object') return `a ${kindText(property)}`;
  if (typeof additionalProperties === 'object') return `names, each with ${valueText(additionalProperties)}`;
  const [first] = Object.values(properties);
  return first?.enum
    ? `names, each with ${valueText(first)}`
    : `a map with ${listed(Object.keys(properties).map(code))}`;
}

/** `text`, `list of texts`, `list of lists of texts` */
function kindText({ type, items }: Property, plural = ''): string {
  return type === 'array' ? `list${plural} of ${kindText(items ?? {}, 's')}` : `text${plural}`;
}

/** The English text of a key such as `%setting.rules%`. */
function text(key = ''): string {
  return Object.entries(strings).find(([name]) => `%${name}%` === key)?.[1] ?? key;
}

export function settingIndex(pages: ReadonlyMap<string, string>): string {
  const row = ([name]: readonly [string, Property]) => [
    `[${name}](${name}.md)`,
    summaryOf(pages.get(`docs/settings/${name}.md`) ?? ''),
  ];
  const [both, editorAlone] = [inEditor.filter(([name]) => inFile[name]), inEditor.filter(([name]) => !inFile[name])];
  return `# Settings

Portolan works without any of them. Those that change what is found go into a [\`portolan.yaml\`](../configuration.md), so that they hold for everybody and in CI; VS Code takes them too, with \`portolan.\` in front.

${table(['setting', ''], both.map(row))}
## Of the editor alone

${table(['setting', ''], editorAlone.map(row))}`;
}
