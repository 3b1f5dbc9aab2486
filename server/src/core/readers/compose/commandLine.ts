import { Expansion, mayExpandToPort } from '../../notation/interpolation.ts';
import { isScalar, type YamlDocument, type YamlNode, type YamlScalar } from '../../yaml.ts';
import type { Findings } from '../container/findings.ts';

/**
 * What containers are told to run: a string or a list, several of them one after the other, as one text. It is empty
 * where no port can stand.
 * https://docs.docker.com/reference/compose-file/services/#command
 */
export function commandLine(
  findings: Findings,
  document: YamlDocument,
  ...nodes: readonly (YamlNode | undefined)[]
): Expansion {
  const words: YamlScalar[] = [];
  for (const node of nodes) {
    if (isScalar(node)) words.push(node);
    for (const part of document.items(node)) if (isScalar(part)) words.push(part);
  }
  if (!words.some(({ source }) => mayExpandToPort(source))) return EMPTY;
  return Expansion.join(words.map((word) => findings.expand(word, false)));
}

const EMPTY = Expansion.plain('', 0);
