import schema from '../../schemas/output.schema.json' with { type: 'json' };
import { code, table } from './markdown.ts';
import type { Property } from './schema.ts';

const definitions: Readonly<Record<string, Property>> = schema.$defs;

const introduction = `# JSON for scripts

<!-- Made from schemas/output.schema.json by \`npm run docs\`. -->

Every command that tells something tells it to programs, too: \`--format json\`, or \`jsonl\` for one object a line where the
output can be long. Each output has a definition in [\`output.schema.json\`](../schemas/output.schema.json), a JSON Schema of
draft 2020-12 that is part of the npm package; tests hold the outputs to it, so that neither changes without the other.

\`\`\`sh
portolan who 9006 --format json | jq -r '.owners[]'
portolan next --group api --format json | jq '.ports[0].port'
portolan check --format jsonl | jq -r 'select(.severity == "error") | "\\(.file):\\(.line) \\(.message)"'
\`\`\`

- The exit status says the same as without \`--format\`: 0 clean or found, 1 findings or not found.
- With exit status 2 nothing is printed; what is wrong is said in one sentence on standard error, as are remarks.
- Fields may be added. One that changes its meaning or goes makes \`version\` go up.
- All text is escaped so that it steers no terminal.
- \`sarif\`, \`gitlab\` and \`rdjson\`, other formats of \`portolan check\`, are those of the tools that read them.
`;

/** The page on what commands print as JSON, made of the descriptions in the schema. */
export function jsonPage(): string {
  const sections = Object.entries(definitions).map(([name, definition]) => {
    const fields = rows(definition);
    const body = fields.length > 0 ? table(['field', 'type', ''], fields) : `Type: ${typeOf(definition)}.\n`;
    return `## ${name}\n\n${definition.description ? `${definition.description}\n` : ''}\n${body}`;
  });
  return [introduction, ...sections].join('\n');
}

/** A row for each field of a definition, and of the objects in it that have no definition of their own. */
function rows({ type, items, properties = {}, required = [] }: Property, path = ''): string[][] {
  if (type === 'array') return rows(items!, `${path}[]`);
  return Object.entries(properties).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const described = field.description ?? definitions[nameOf(field)]?.description ?? '';
    const absent = required.includes(name) ? '' : ', optional';
    return [[code(at), typeOf(field) + absent, described], ...rows(field, at)];
  });
}

function typeOf(definition: Property): string {
  const { $ref, const: value, enum: values, anyOf, oneOf = anyOf, type, items, additionalProperties } = definition;
  if ($ref) return `[${nameOf(definition)}](#${nameOf(definition).toLowerCase()})`;
  if (value !== undefined) return valueText(value);
  if (values) return values.map(valueText).join(', ');
  if (oneOf) return oneOf.map(typeOf).join(' or ');
  if (type === 'array') return `list of ${typeOf(items!)}`;
  if (type === 'object' && typeof additionalProperties === 'object') return `object of ${typeOf(additionalProperties)}`;
  return [type].flat().join(' or ');
}

function nameOf({ $ref = '' }: Property): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}

function valueText(value: unknown): string {
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}
