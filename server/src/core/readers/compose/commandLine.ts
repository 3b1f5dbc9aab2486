import { Expansion } from '../../interpolation.ts';
import { isSeq, type YamlDocument, type YamlNode } from '../../yaml.ts';
import type { Findings } from '../container/findings.ts';

/**
 * What containers are told to run: a string or a list, several of them one after the other, as one text.
 * https://docs.docker.com/reference/compose-file/services/#command
 */
export function commandLine(
  findings: Findings,
  document: YamlDocument,
  ...nodes: readonly (YamlNode | undefined)[]
): Expansion {
  const parts: Expansion[] = [];
  for (const node of nodes) {
    for (const part of isSeq(node) ? document.items(node) : [node]) {
      const scalar = document.scalar(part);
      if (scalar) parts.push(findings.expand(scalar, false));
    }
  }
  return Expansion.join(parts);
}
