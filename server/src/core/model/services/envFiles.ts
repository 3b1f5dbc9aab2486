import type { FileFacts, Service, Variable } from '../../facts.ts';
import { kept } from '../../grouped.ts';
import { ownPortVariables } from '../../vocabulary/variables.ts';
import type { PlacedUse } from './uses.ts';

/**
 * The ports on which its environment files tell a service to listen. What compose itself sets counts more, and of
 * several files the later one. https://docs.docker.com/reference/compose-file/services/#env_file
 * @param own what compose itself tells of the service
 */
export function envFileUses(
  { name, envFiles }: Service,
  find: (path: string) => FileFacts | undefined,
  own: readonly PlacedUse[],
): PlacedUse[] {
  if (envFiles === undefined || envFiles.length === 0) return [];
  const set = new Set(own.map(({ variable }) => variable));
  const told = new Map<string, Pick<PlacedUse, 'path' | 'port' | 'span'>>();
  for (const path of envFiles) {
    for (const { name: variable, port, span } of tellingIn(find(path))) {
      if (!set.has(variable)) told.set(variable, { port, path, span });
    }
  }
  return [...told].map(([variable, place]) => {
    const use = { ...place, variable, within: name, service: name };
    return { ...use, kind: 'use', role: 'environment', side: 'container', form: 'dotenv' };
  });
}

/** The variables of an environment file that tell any service where to listen; of equal ones the last counts. */
function tellingIn(file: FileFacts | undefined): Iterable<Variable> {
  if (!file) return [];
  // One file may be given to many services.
  return kept(telling, file, () => {
    const own = file.variables.filter(({ name }) => ownPortVariables.has(name));
    return [...new Map(own.map((variable) => [variable.name, variable])).values()];
  });
}

const telling = new WeakMap<FileFacts, readonly Variable[]>();
