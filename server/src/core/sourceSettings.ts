import type { Scope } from './facts.ts';
import { isGlob } from './glob.ts';
import { type Item, present } from './settingItem.ts';
import type { RegistryPattern } from './settings.ts';
import { isOfPackage, packageFile, type Source } from './sources.ts';

const scopeKeys = ['environment', 'machine', 'project', 'path', 'address'] as const satisfies (keyof Scope)[];

/** An entry of `registries`: a glob, or a map with more to tell of it. */
export function registryPattern(item: Item): RegistryPattern | undefined {
  if (typeof item.value === 'string') return pattern(item);
  const fields = new Map(item.entries('a glob, or a map with the keys path and scope'));
  for (const [key, field] of fields) if (key !== 'path' && key !== 'scope') field.unknown('key', ['path', 'scope']);
  const file = fields.get('path');
  if (!file) return fields.size > 0 ? item.expect('a map with the key path') : undefined;
  const found = pattern(file);
  const scope = fields
    .get('scope')
    ?.record(`a map with keys such as ${scopeKeys.join(', ')}`, (word, key) =>
      scopeKeys.some((known) => known === key) ? word.string('a name') : word.unknown('scope', scopeKeys),
    );
  return found && { ...found, ...(scope && { scope }) };
}

function pattern(item: Item): RegistryPattern | undefined {
  const path = item.glob('a file or glob, such as docs/PORTS.md');
  if (path?.includes('://')) return item.expect('a file or glob, and no URL');
  return path === undefined ? undefined : named(item, path, 'PORTS.md');
}

/** What `extends` names: one file or several. */
export function extended(item: Item): Source[] {
  const items = Array.isArray(item.value) ? item.list('a list of files') : [item];
  return present(items.map(extendedFile));
}

function extendedFile(item: Item): Source | undefined {
  const path = item.string('a file with settings, such as ../harbour/portolan.yaml');
  if (path === undefined) return undefined;
  if (isGlob(path) || path.includes('://')) return item.expect('a single file, such as ../harbour/portolan.yaml');
  return named(item, path, 'portolan.yaml');
}

function named(item: Item, path: string, example: string): Source | undefined {
  if (!isOfPackage(path) || packageFile(path)) return { path };
  return item.expect(`a file in a package, such as npm:@harbour/ports/${example}`);
}
