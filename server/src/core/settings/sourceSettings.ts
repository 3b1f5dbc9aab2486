import type { Scope } from '../facts.ts';
import { isGlob } from '../glob.ts';
import { type Item, present } from './settingItem.ts';
import { integrity, isAddress, isOfPackage, packageFile, type Source } from './sources.ts';

/** A glob of documents or the URL of one, with the scope that all their claims have. */
export interface RegistryPattern extends Source {
  readonly scope?: Scope;
  /** How people know it, when it is a single document. */
  readonly name?: string;
  /** The folder whose settings name it. Documents that lie elsewhere govern this folder. */
  readonly folder?: string;
  /** They come from elsewhere although they may lie in that folder: from a package, or a repository of its own. */
  readonly isShared?: true;
}

const scopeKeys = ['environment', 'machine', 'project', 'path', 'address'] as const satisfies (keyof Scope)[];

/** What a document of ports may be called. */
const DOCUMENT = /\.(?:md|mdx|ya?ml|json)$/i;
const SETTINGS = /\.(?:ya?ml|json)$/i;

/** An entry of `registries`: a glob, or a map with more to tell of it. */
export function registryPattern(item: Item): RegistryPattern | undefined {
  if (typeof item.value === 'string') return pattern(item);
  const fields = fieldsOf(item, 'a glob, or a map with the key path or url', ['path', 'url', 'integrity', 'scope']);
  if (fields.has('url') && fields.has('path')) return item.expect('a map with path or url, and not both');
  const file = fields.get('path');
  if (!file && !fields.has('url')) return fields.size > 0 ? item.expect('a map with the key path or url') : undefined;
  if (file) fields.get('integrity')?.expect('left out, as a path has none');
  const found = file ? pattern(file) : remote(item, fields, 'https://ports.harbour.example/PORTS.md', DOCUMENT);
  const scope = fields
    .get('scope')
    ?.record(`a map with keys such as ${scopeKeys.join(', ')}`, (word, key) =>
      scopeKeys.some((known) => known === key) ? word.string('a name') : word.unknown('scope', scopeKeys),
    );
  return found && { ...found, ...(scope && { scope }) };
}

function pattern(item: Item): RegistryPattern | undefined {
  const path = item.glob('a file or glob, such as docs/PORTS.md');
  if (path?.includes('://'))
    return item.expect('a file or glob; a URL stands in a map with the keys url and integrity');
  return path === undefined ? undefined : named(item, path, 'PORTS.md');
}

/** What `extends` names: one file or several. */
export function extended(item: Item): Source[] {
  const items = Array.isArray(item.value) ? item.list('a list of files') : [item];
  return present(items.map(extendedFile));
}

function extendedFile(item: Item): Source | undefined {
  if (typeof item.value === 'object' && item.value !== null && !Array.isArray(item.value)) {
    if (!('url' in item.value)) return item.expect('a file, or a map with the keys url and integrity');
    const fields = fieldsOf(item, 'a file', ['url', 'integrity']);
    return remote(item, fields, 'https://ports.harbour.example/portolan.yaml', SETTINGS);
  }
  const path = item.string('a file with settings, such as ../harbour/portolan.yaml');
  if (path === undefined) return undefined;
  if (isGlob(path) || path.includes('://')) return item.expect('a single file, such as ../harbour/portolan.yaml');
  return named(item, path, 'portolan.yaml');
}

function fieldsOf(item: Item, what: string, known: readonly string[]): Map<string, Item> {
  const fields = new Map(item.entries(what));
  for (const [key, field] of fields) if (!known.includes(key)) field.unknown('key', known);
  return fields;
}

/** A file by its URL, which is worth nothing without its hash. */
function remote(item: Item, fields: ReadonlyMap<string, Item>, example: string, kinds: RegExp): Source | undefined {
  const [url, hash] = [fields.get('url'), fields.get('integrity')];
  if (!url || !hash) return item.expect('a map with the keys url and integrity');
  const path = url.string(`an address, such as ${example}`);
  const integrityOf = hash.string('a hash, such as sha384-…');
  if (path === undefined || integrityOf === undefined) return undefined;
  if (!isAddress(path, kinds)) return url.expect(`an address, such as ${example}, without user and password`);
  if (!integrity(integrityOf)) return hash.expect('sha256-, sha384- or sha512- and the whole hash in Base64');
  return { path, integrity: integrityOf };
}

function named(item: Item, path: string, example: string): Source | undefined {
  if (!isOfPackage(path) || packageFile(path)) return { path };
  return item.expect(`a file in a package, such as npm:@harbour/ports/${example}`);
}
