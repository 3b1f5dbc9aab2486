import type { Service, UseRole } from '../../facts.ts';
import { dirname, resolve } from '../../path.ts';
import { isMap, isSeq, type YamlDocument, type YamlNode } from '../../yaml.ts';
import { plainText } from './build.ts';
import type { Fields } from './fields.ts';

/** The service that `extends` names. https://docs.docker.com/reference/compose-file/services/#extends */
export function readExtends(document: YamlDocument, node: YamlNode | undefined, path: string): Service['extends'] {
  if (node === undefined) return undefined;
  const service = plainText(document, isMap(node) ? document.get(node, 'service') : node);
  if (service === undefined) return undefined;
  const file = isMap(node) ? plainText(document, document.get(node, 'file')) : undefined;
  return { service, ...(file !== undefined && { path: resolve(dirname(path), file) }) };
}

/**
 * The files that `include` names. Several under one `path` are merged, which the model need not tell from files side by
 * side, because both make one project. https://docs.docker.com/reference/compose-file/include/
 */
export function readIncludes(document: YamlDocument, path: string): string[] {
  return document.items(document.get(document.root, 'include')).flatMap((item) => {
    const named = isMap(item) ? document.get(item, 'path') : item;
    return (isSeq(named) ? document.items(named) : [named])
      .map((file) => plainText(document, file))
      .filter((file) => file !== undefined)
      .map((file) => resolve(dirname(path), file));
  });
}

/** The files whose variables the container is given. https://docs.docker.com/reference/compose-file/services/#env_file */
export function readEnvFiles(document: YamlDocument, node: YamlNode | undefined, path: string): string[] {
  if (node === undefined) return [];
  return (isSeq(node) ? document.items(node) : [node])
    .map((item) => plainText(document, isMap(item) ? document.get(item, 'path') : item))
    .filter((file) => file !== undefined)
    .map((file) => resolve(dirname(path), file));
}

/** Where an attribute stands in several merged files, those whose later value takes the place of the earlier one. */
const REPLACED: ReadonlyMap<string, UseRole> = new Map([
  ['command', 'command'],
  ['entrypoint', 'command'],
  ['healthcheck', 'healthcheck'],
]);

/** Those that are joined, unless a tag says otherwise. */
const JOINED: ReadonlyMap<string, readonly UseRole[]> = new Map([
  ['ports', ['published', 'target']],
  ['expose', ['exposed']],
  ['environment', ['environment']],
  ['labels', ['label']],
]);

/**
 * What a service says anew when its file is merged after others.
 * https://docs.docker.com/reference/compose-file/merge/
 */
export function readReplaced(attributes: Fields): UseRole[] {
  const roles: UseRole[] = [];
  for (const { key, value } of attributes.entries) {
    const replaced = REPLACED.get(key);
    const tag = value?.tag;
    if (replaced !== undefined) roles.push(replaced);
    else if (tag === '!override' || tag === '!reset') roles.push(...(JOINED.get(key) ?? []));
  }
  return roles;
}
