import { mayExpandToPort } from '../../notation/interpolation.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import { isMap, isScalar, type YamlDocument, type YamlNode } from '../../yaml.ts';
import { type Variable, variableOf } from '../container/environment.ts';
import type { Findings } from '../container/findings.ts';

/**
 * The variables of `environment` in both notations: `KEY: value`, and `- KEY=value`. None if none of them holds a port.
 * https://docs.docker.com/reference/compose-file/services/#environment
 */
export function listVariables(findings: Findings, document: YamlDocument, node: YamlNode | undefined): Variable[] {
  const variables: Variable[] = [];
  if (isMap(node)) {
    if (!node.entries.some(({ value }) => holdsPort(value))) return variables;
    for (const { key, value } of node.entries) {
      if (isScalar(value)) variables.push(variableOf(key, findings.expand(value, ownPortVariables.has(key))));
    }
    return variables;
  }
  const items = document.items(node);
  if (!items.some(holdsPort)) return variables;
  for (const item of items) {
    const text = isScalar(item) ? findings.expand(item, false) : undefined;
    const equals = text?.text.indexOf('=') ?? -1;
    if (text && equals > 0) variables.push(variableOf(text.text.slice(0, equals), text, equals + 1));
  }
  return variables;
}

function holdsPort(node: YamlNode | undefined): boolean {
  return isScalar(node) && mayExpandToPort(node.source);
}
