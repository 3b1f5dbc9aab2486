import type { Refusal } from './facts.ts';
import { YamlDocument } from './yaml/document.ts';
import { parseByLibrary } from './yaml/library.ts';
import { parsePlain } from './yaml/plain.ts';

export type { YamlDocument } from './yaml/document.ts';
export { isMap, isScalar, isSeq, type YamlEntry, type YamlNode, type YamlScalar } from './yaml/tree.ts';

/** Longer texts are refused: no file that people keep by hand comes near. */
const MAX_LENGTH = 1_000_000;

/** What a text gives: its documents, broken ones included, or the reason why it was not parsed at all. */
export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  readonly refused?: Refusal;
}

/**
 * Parses YAML 1.2, https://yaml.org/spec/1.2.2/, and never throws. All scalars are strings, unknown tags are tolerated,
 * and a broken text gives what can be read of it.
 */
export function parseYaml(text: string): YamlFile {
  const parsed = text.length > MAX_LENGTH ? 'too long' : parseByLibrary(text);
  if (typeof parsed === 'string') return { documents: [], refused: parsed };
  return { documents: parsed.map((document) => new YamlDocument(document)) };
}

/** Does the same for whoever needs no comments, and far faster where the text holds nothing unusual. */
export function parseUncommented(text: string): YamlFile {
  const plain = text.length > MAX_LENGTH ? undefined : parsePlain(text);
  return plain ? { documents: [new YamlDocument({ root: plain, errors: [] })] } : parseYaml(text);
}
