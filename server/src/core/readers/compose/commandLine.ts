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
  const parts = nodes.flatMap((node) => (isSeq(node) ? document.items(node) : node ? [node] : []));
  const scalars = parts.map((part) => document.scalar(part)).filter((scalar) => scalar !== undefined);
  return Expansion.join(scalars.map((scalar) => findings.expand(scalar, false)));
}
