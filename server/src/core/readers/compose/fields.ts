import type { YamlDocument, YamlEntry, YamlNode } from '../../yaml.ts';

/** What a map says, by key; a key that stands there twice says what it says last. */
export class Fields {
  readonly entries: readonly YamlEntry[];

  constructor(entries: readonly YamlEntry[]) {
    this.entries = entries;
  }

  get(key: string): YamlNode | undefined {
    return this.#find(key)?.value;
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** Maps in compose files are small, and most are asked for few keys: to look is cheaper than to set up a table. */
  #find(key: string): YamlEntry | undefined {
    const { entries } = this;
    for (let i = entries.length - 1; i >= 0; i--) if (entries[i]!.key === key) return entries[i];
    return undefined;
  }
}

/** The fields of a map, those that it merges in with them; none where the node is no map. */
export function fieldsOf(document: YamlDocument, node: YamlNode | undefined): Fields {
  return new Fields(document.entries(node));
}
