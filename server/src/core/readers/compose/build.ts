import type { Build } from '../../facts.ts';
import { expand, UNKNOWN } from '../../notation/interpolation.ts';
import { ownCopy } from '../../text.ts';
import { isMap, type YamlDocument, type YamlNode } from '../../yaml.ts';
import { type Fields, fieldsOf } from './fields.ts';

/** Contexts that are repositories or archives: https://docs.docker.com/build/concepts/context/ */
const REMOTE = /^(?:[a-z][a-z+.-]*:\/\/|git@|github\.com\/)|^[\w.-]+:/i;

/**
 * Reads `build`, a folder or a map. `undefined` where no file of the workspace is known to be the Dockerfile.
 * https://docs.docker.com/reference/compose-file/build/
 */
export function readBuild(document: YamlDocument, attributes: Fields): Build | undefined {
  const node = attributes.get('build');
  if (node === undefined) return undefined;
  const fields = fieldsOf(document, node);
  const text = (key: string, otherwise: string) => (fields.has(key) ? plainText(document, fields.get(key)) : otherwise);
  const context = isMap(node) ? text('context', '.') : plainText(document, node);
  const dockerfile = text('dockerfile', 'Dockerfile');
  const target = text('target', '');
  if (context === undefined || dockerfile === undefined || target === undefined) return undefined;
  if (REMOTE.test(context) || fields.has('dockerfile_inline')) return undefined;
  const runs = ['command', 'entrypoint'].some((key) => attributes.has(key));
  const args = argumentNames(document, fields.get('args'));
  return {
    context,
    dockerfile,
    ...(target !== '' && { target }),
    ...(runs && { overridesCommand: true }),
    ...(args.length > 0 && { args }),
  };
}

/** `PORT: 80`, and `- PORT=80`. */
function argumentNames(document: YamlDocument, node: YamlNode | undefined): string[] {
  const items = document.items(node).map((item) => document.scalar(item)?.value.split('=', 1)[0] ?? '');
  return (isMap(node) ? document.entries(node).map(({ key }) => key) : items).map(ownCopy);
}

/** A scalar with the defaults of its variables put in; `undefined` when it is empty or a variable has no default. */
export function plainText(document: YamlDocument, node: YamlNode | undefined): string | undefined {
  const source = document.scalar(node)?.source;
  const text = source?.includes('$') ? expand(source).text : source;
  return text === undefined || text === '' || text.includes(UNKNOWN) ? undefined : ownCopy(text);
}
