import type { YamlDocument, YamlNode } from '../../yaml.ts';

/** What a map says, by key. */
export type Fields = ReadonlyMap<string, YamlNode | undefined>;

/** The fields of a map, those that it merges in with them; none where the node is no map. */
export function fieldsOf(document: YamlDocument, node: YamlNode | undefined): Fields {
  const fields = new Map<string, YamlNode | undefined>();
  for (const { key, value } of document.entries(node)) fields.set(key, value);
  return fields;
}
