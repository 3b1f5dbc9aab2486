import type { Scope } from '../facts.ts';
import { basename, dirname } from '../path.ts';
import { stageOf } from '../vocabulary/stages.ts';

export { stageOf };

/** Jobs that a forge runs by itself, on machines that last as long. */
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\//i;

/** The stage for which a file is meant, told by its name, else by the nearest of two folders that names one. */
export function stageOfFile(path: string): string | undefined {
  if (WORKFLOW.test(path)) return 'test';
  const folder = dirname(path);
  return stageOf(basename(path)) ?? stageOf(basename(folder)) ?? stageOf(basename(dirname(folder)));
}

/**
 * Whether a claim of this scope can speak of what stands in a file. Files for tests choose other ports on purpose, so
 * only a claim that names tests, or that very file, speaks of them.
 * @param folder the one that the claim's registry governs
 */
export function reaches(scope: Scope, path: string, stage: string | undefined, folder: string): boolean {
  if (namesOneFile(scope)) return mayMean(scope.path, path, folder);
  const claimed = stageOf(scope.environment);
  if (stage === 'test' && claimed !== 'test') return false;
  if (stage !== undefined && claimed !== undefined && claimed !== stage) return false;
  return mayMean(scope.path, path, folder);
}

/** Begins a path as seen from the folder that a registry governs, which means that one file and no other. */
export const BESIDE = './';

/** Whether a claim speaks of one certain file. */
export function namesOneFile({ path }: Scope): boolean {
  return path?.startsWith(BESIDE) ?? false;
}

/**
 * Whether what a claim limits itself to may be this file. `./infra/compose.yaml` is one file; other paths may be older
 * than the folders are, so that only the file's name counts.
 */
export function mayMean(limit: string | undefined, path: string, folder: string): boolean {
  if (limit?.startsWith(BESIDE)) return path === (folder === '' ? '' : `${folder}/`) + limit.slice(BESIDE.length);
  const name = limit === undefined ? '' : basename(limit.replace(/[`*]/g, '').trim());
  return !/\.ya?ml$/.test(name) || basename(path) === name;
}

/** Whether two claims can never hold at the same place and time, so that the same port in both is no conflict. */
export function disjoint(a: Scope, b: Scope): boolean {
  const differ = (x: string | undefined, y: string | undefined) =>
    x !== undefined && y !== undefined && x.trim().toLowerCase() !== y.trim().toLowerCase();
  return (
    differ(stageOf(a.environment) ?? a.environment, stageOf(b.environment) ?? b.environment) ||
    differ(a.machine, b.machine) ||
    differ(a.project, b.project) ||
    differ(a.path, b.path) ||
    (differ(a.address, b.address) && !isWildcard(a.address) && !isWildcard(b.address))
  );
}

/** Why the scopes of two claims do not part them, where that is worth a word; begins with a comma. */
export function whyTogether(a: Scope, b: Scope): string {
  for (const field of ['environment', 'machine', 'project'] as const) {
    const [x, y] = [a[field], b[field]];
    if (x !== undefined && y !== undefined) return `, both in ${y}`;
    if (x !== undefined || y !== undefined)
      return `, of which only one names ${field === 'environment' ? 'an' : 'a'} ${field} (${x ?? y})`;
  }
  return '';
}

/** Whether an address stands for every address of the machine. */
export function isWildcard(address: string | undefined): boolean {
  return (
    address === undefined || address === '' || address === '*' || address === '0.0.0.0' || /^\[?::\]?$/.test(address)
  );
}
