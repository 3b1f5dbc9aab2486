import { isPort } from '../../notation/portText.ts';
import { isMap, type YamlDocument, type YamlNode } from '../../yaml.ts';
import { keyMeaning, keyWords } from './keyMeaning.ts';

/** Deeper maps are no registry, and need not be looked at. */
const DEEPEST = 12;

/**
 * The keys that stand over different ports in several maps: `p2p` below `quay` and below `crane` names a port of each,
 * and no service. Where all ports are the same, one service is told of twice.
 */
export function recurringKeys(document: YamlDocument): ReadonlySet<string> {
  const ports = new Map<string, Set<string>>();
  const visit = (node: YamlNode | undefined, depth: number): void => {
    for (const { key, value } of document.entries(node)) {
      if (isMap(value) && depth < DEEPEST) visit(value, depth + 1);
      const text = document.scalar(value)?.value ?? '';
      if (depth === 0 || !isPort(Number(text)) || keyMeaning(key).is !== 'name') continue;
      const phrase = keyWords(key).join(' ');
      const known = ports.get(phrase);
      if (known) known.add(text);
      else ports.set(phrase, new Set([text]));
    }
  };
  visit(document.root, 0);
  return new Set([...ports].flatMap(([phrase, { size }]) => (size > 1 ? [phrase] : [])));
}
