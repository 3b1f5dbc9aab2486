import { mayExpandToPort } from '../../interpolation.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import { isMap, type YamlDocument, type YamlNode, type YamlScalar } from '../../yaml.ts';
import { type Variable, variableOf } from '../container/environment.ts';
import type { Findings } from '../container/findings.ts';

/**
 * The variables of `environment` in both notations: `KEY: value`, and `- KEY=value`. None if none of them holds a port.
 * https://docs.docker.com/reference/compose-file/services/#environment
 */
export function listVariables(findings: Findings, document: YamlDocument, node: YamlNode | undefined): Variable[] {
  const variables: Variable[] = [];
  if (isMap(node)) {
    const entries = document.entries(node);
    if (!entries.some(({ value }) => holdsPort(document.scalar(value)))) return variables;
    for (const { key, value } of entries) {
      const scalar = document.scalar(value);
      if (scalar) variables.push(variableOf(key, findings.expand(scalar, ownPortVariables.has(key))));
    }
    return variables;
  }
  const items = document.items(node).map((item) => document.scalar(item));
  if (!items.some(holdsPort)) return variables;
  for (const scalar of items) {
    const text = scalar && findings.expand(scalar, false);
    const equals = text?.text.indexOf('=') ?? -1;
    if (text && equals > 0) variables.push(variableOf(text.text.slice(0, equals), text, equals + 1));
  }
  return variables;
}

function holdsPort(scalar: YamlScalar | undefined): boolean {
  return scalar !== undefined && mayExpandToPort(scalar.source);
}
