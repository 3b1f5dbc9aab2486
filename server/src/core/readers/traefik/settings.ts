import type { Span } from '../../text.ts';
import { isMap, isScalar, isSeq, type YamlDocument, type YamlNode } from '../../yaml.ts';

/** One value of a configuration, as it is written. */
interface Setting {
  /** The keys that lead to it; entries of lists have none. */
  readonly keys: readonly string[];
  readonly source: string;
  readonly span: Span;
}

/** Nothing that counts lies deeper. */
const MAX_DEPTH = 6;

/** All values of a document in YAML. */
export function yamlSettings(document: YamlDocument): Setting[] {
  const settings: Setting[] = [];
  const visit = (node: YamlNode | undefined, keys: readonly string[]) => {
    if (isScalar(node)) settings.push({ keys, source: node.source, span: node.span });
    else if (isSeq(node)) for (const item of document.items(node)) visitMap(item, keys);
    else visitMap(node, keys);
  };
  const visitMap = (node: YamlNode | undefined, keys: readonly string[]) => {
    if (!isMap(node) || keys.length >= MAX_DEPTH) return;
    for (const { key, value } of document.entries(node)) visit(value, [...keys, key]);
  };
  visitMap(document.root, []);
  return settings;
}

const TABLE = /^\s*\[\[?\s*([\w."'@-]+)\s*\]\]?\s*(?:#.*)?$/;
const STRING = /^\s*([\w.-]+)\s*=\s*(["'])([^"'\\]*)\2\s*(?:#.*)?$/;

/** The strings of a text in TOML that stand on lines of their own: https://toml.io/en/v1.0.0 */
export function tomlSettings(text: string): Setting[] {
  const settings: Setting[] = [];
  let table: readonly string[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const header = TABLE.exec(line);
    const [, name, , source] = STRING.exec(line) ?? [];
    if (header) table = header[1]!.replace(/["']/g, '').split('.');
    else if (name !== undefined && source !== undefined) {
      const start = at + line.indexOf(source, line.indexOf('='));
      settings.push({ keys: [...table, ...name.split('.')], source, span: { start, end: start + source.length } });
    }
    at += line.length + 1;
  }
  return settings;
}
