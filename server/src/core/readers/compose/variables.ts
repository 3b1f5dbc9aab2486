import { ownPortVariables } from '../../vocabulary/variables.ts';
import { isMap, type YamlDocument, type YamlNode } from '../../yaml.ts';
import { type Variable, variableOf } from '../container/environment.ts';
import type { Findings } from '../container/findings.ts';

/**
 * The variables of `environment` in both notations: `KEY: value`, and `- KEY=value`.
 * https://docs.docker.com/reference/compose-file/services/#environment
 */
export function listVariables(findings: Findings, document: YamlDocument, node: YamlNode | undefined): Variable[] {
  const variables: Variable[] = [];
  for (const { key, value } of isMap(node) ? document.entries(node) : []) {
    const scalar = document.scalar(value);
    if (scalar) variables.push(variableOf(key, findings.expand(scalar, ownPortVariables.has(key))));
  }
  for (const item of document.items(node)) {
    const scalar = document.scalar(item);
    const text = scalar && findings.expand(scalar, false);
    const equals = text?.text.indexOf('=') ?? -1;
    if (text && equals > 0) variables.push(variableOf(text.text.slice(0, equals), text, equals + 1));
  }
  return variables;
}
