import type { Settings } from '../../settings/settings.ts';

/**
 * The compose files that would be merged in front of one, in their order, whether or not they are there: as the
 * settings say, or the base in front of its override.
 * https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
 */
export function layersBefore(path: string, stacks: Settings['stacks']): string[] {
  const stack = stacks.find((files) => files.includes(path));
  if (stack) return stack.slice(0, stack.indexOf(path));
  if (!path.includes('.override.')) return [];
  const [, base] = /^(.*?(?:docker-)?compose)\.override\.ya?ml$/.exec(path) ?? [];
  return base === undefined ? [] : [`${base}.yaml`, `${base}.yml`];
}

/** The opposite: the compose files in front of which one would be merged. */
export function layersAfter(path: string, stacks: Settings['stacks']): string[] {
  const [, base] = /^(.*compose)\.ya?ml$/.exec(path) ?? [];
  const overrides = base === undefined ? [] : [`${base}.override.yaml`, `${base}.override.yml`];
  if (stacks.length === 0) return overrides;
  const stacked = stacks.filter((files) => files.includes(path)).flat();
  return [...new Set([...overrides, ...stacked])].filter((other) => layersBefore(other, stacks).includes(path));
}
