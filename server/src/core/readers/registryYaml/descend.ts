import { groupKeys } from '../../vocabulary/keys.ts';
import { isMap, type YamlDocument, type YamlEntry, type YamlNode } from '../../yaml.ts';
import { type Context, nameOfItem, readFields } from './context.ts';
import { type KeyMeaning, keyMeaning } from './keyMeaning.ts';

/** A key of a map, what it means, and its value. */
export interface Item extends YamlEntry {
  readonly means: KeyMeaning;
}

/** The context for what stands below a key: the key becomes an owner, a scope, a role or a part of the section. */
export function contextBelow(document: YamlDocument, item: Item, outer: Context): Context {
  const { below, ...inner } = outer;
  const { means, key, keySpan, value } = item;
  const isEntry = hasPortKey(document, value);
  if (means.is === 'port' || means.is === 'mapping') return belowPorts(inner, item, means);
  if (means.is === 'range' || means.is === 'start' || means.is === 'end') return { ...asRange(inner), below: 'ranges' };
  if (means.is === 'role' && outer.role === 'assignment') {
    return { ...inSection(inner, key), role: means.role, listed: true };
  }
  if (means.is === 'environment' || (below === 'environments' && means.is === 'name')) return inEnvironment(inner, key);
  if (means.is === 'group' && !isEntry) return { ...inSection(inner, key), below: means.of, listed: true };
  if (isMap(value) && !isEntry && (below === 'projects' || below === 'machines')) {
    const scope = below === 'projects' ? { project: key } : { machine: key };
    return { ...inSection(inner, key), scope: { ...outer.scope, ...scope }, below: 'services', listed: true };
  }
  if (isListOfOwners(document, value)) return inSection(inner, key);
  const { listed: _, ...rest } = grouped(inner);
  return { ...rest, owner: { name: key, span: keySpan }, about: {}, ...(below === 'ranges' && { below }) };
}

/** Below `ports`: the ports of the owner, by what they are for. Without an owner: its owners, or a group of them. */
function belowPorts(inner: Context, { key, keySpan }: Item, means: KeyMeaning & { is: 'port' | 'mapping' }): Context {
  const role = means.is === 'port' && means.former ? 'former' : inner.role;
  const side = means.is === 'port' && means.side !== 'any' ? { side: means.side } : {};
  const context: Context = { ...inner, ...side, role, listed: true };
  if (inner.owner) return { ...context, roles: true };
  const isGroup = means.name === undefined || groupKeys.has(means.name);
  return isGroup ? inSection(context, key) : { ...context, owner: { name: means.name!, span: keySpan } };
}

/** Below a key that names a group: no owner yet. */
function inSection(context: Context, key: string): Context {
  const { roles: _, ...rest } = grouped(context);
  return { ...rest, section: [...rest.section, key], about: {} };
}

/** An owner whose keys are owners themselves was a group: its name goes to the section. */
export function grouped(context: Context): Context {
  const { owner, ...rest } = context;
  return owner ? { ...rest, section: [...rest.section, owner.name] } : context;
}

export function inEnvironment(context: Context, environment: string): Context {
  return { ...context, scope: { ...context.scope, environment } };
}

export function asRange(context: Context): Context {
  return context.role === 'assignment' ? { ...context, role: 'range' } : context;
}

/** Whether a map says itself which ports it has. */
function hasPortKey(document: YamlDocument, map: YamlNode | undefined): boolean {
  return document.entries(map).some(({ key }) => {
    const { is } = keyMeaning(key);
    return is === 'port' || is === 'mapping';
  });
}

/** Whether the maps of a list have owners of their own: names, or keys that are names. */
function isListOfOwners(document: YamlDocument, list: YamlNode | undefined): boolean {
  return document.items(list).some((item) => {
    const entries = document.entries(item);
    if (nameOfItem(readFields(document, entries))) return true;
    return entries.length > 0 && entries.every(({ key }) => keyMeaning(key).is === 'name');
  });
}
