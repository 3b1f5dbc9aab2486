import { isMap, isSeq, type Node } from 'yaml';
import type { Service, UseRole } from '../../facts.ts';
import { dirname, joinPath } from '../../path.ts';
import type { YamlDocument } from '../../yaml.ts';

type Attributes = ReadonlyMap<string, Node | undefined>;

/** Reads a scalar as plain text; `undefined` when nobody can tell it. */
export type PlainText = (node: Node | undefined) => string | undefined;

/** The service that `extends` names. https://docs.docker.com/reference/compose-file/services/#extends */
export function readExtends(
  document: YamlDocument,
  node: Node | undefined,
  path: string,
  text: PlainText,
): Service['extends'] {
  const service = text(isMap(node) ? document.get(node, 'service') : node);
  if (service === undefined) return undefined;
  const file = isMap(node) ? text(document.get(node, 'file')) : undefined;
  return { service, ...(file !== undefined && { path: joinPath(dirname(path), file) }) };
}

/**
 * The files that `include` names. Several under one `path` are merged, which the model need not tell from files side by
 * side, because both make one project. https://docs.docker.com/reference/compose-file/include/
 */
export function readIncludes(document: YamlDocument, path: string, text: PlainText): string[] {
  return document.items(document.get(document.root, 'include')).flatMap((item) => {
    const named = isMap(item) ? document.get(item, 'path') : item;
    return (isSeq(named) ? document.items(named) : [named])
      .map(text)
      .filter((file) => file !== undefined)
      .map((file) => joinPath(dirname(path), file));
  });
}

/** Where an attribute stands in several merged files, those whose later value takes the place of the earlier one. */
const REPLACED: Readonly<Record<string, UseRole>> = {
  command: 'command',
  entrypoint: 'command',
  healthcheck: 'healthcheck',
};

/** Those that are joined, unless a tag says otherwise. */
const JOINED: Readonly<Record<string, readonly UseRole[]>> = {
  ports: ['published', 'target'],
  expose: ['exposed'],
  environment: ['environment'],
  labels: ['label'],
};

/**
 * What a service says anew when its file is merged after others.
 * https://docs.docker.com/reference/compose-file/merge/
 */
export function readReplaced(attributes: Attributes): UseRole[] {
  return [...attributes].flatMap(([name, value]) => {
    if (Object.hasOwn(REPLACED, name)) return [REPLACED[name]!];
    const isTagged = value?.tag === '!override' || value?.tag === '!reset';
    return isTagged && Object.hasOwn(JOINED, name) ? JOINED[name]! : [];
  });
}
