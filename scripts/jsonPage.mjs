// Prints docs/json.md, made of the descriptions in the schema: `npm run -s docs:json` writes it.
import { readFileSync } from 'node:fs';

const schema = JSON.parse(readFileSync(new URL('../schemas/output.schema.json', import.meta.url), 'utf8'));

const introduction = `# JSON for scripts

<!-- Made from schemas/output.schema.json by \`npm run docs:json\`. -->

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

const sections = Object.entries(schema.$defs).map(([name, definition]) => {
  const fields = rows(definition).map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`,
  );
  const table =
    fields.length > 0 ? `\n| field | type | |\n|---|---|---|\n${fields.join('')}` : `\nType: ${typeOf(definition)}.\n`;
  return `## ${name}\n\n${definition.description ? `${definition.description}\n` : ''}${table}`;
});
process.stdout.write([introduction, ...sections].join('\n'));

/** A row for each field of a definition, and of the objects in it that have no definition of their own. */
function rows(definition, path = '') {
  if (definition.type === 'array') return rows(definition.items, `${path}[]`);
  return Object.entries(definition.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const described = field.description ?? schema.$defs[nameOf(field)]?.description ?? '';
    const absent = definition.required.includes(name) ? '' : ', optional';
    return [[`\`${at}\``, typeOf(field) + absent, described], ...rows(field, at)];
  });
}

function typeOf({ $ref, const: value, enum: values, anyOf, oneOf, type, items, additionalProperties }) {
  if ($ref) return `[${nameOf({ $ref })}](#${nameOf({ $ref }).toLowerCase()})`;
  if (value !== undefined) return code(value);
  if (values) return values.map(code).join(', ');
  if (anyOf ?? oneOf) return (anyOf ?? oneOf).map(typeOf).join(' or ');
  if (type === 'array') return `list of ${typeOf(items)}`;
  if (type === 'object' && typeof additionalProperties === 'object') return `object of ${typeOf(additionalProperties)}`;
  return [type].flat().join(' or ');
}

function nameOf({ $ref }) {
  return $ref?.split('/').at(-1);
}

function code(value) {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
