import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.ts';
import { shortPath } from './places.ts';
import type { Workspace } from './workspace.ts';

/**
 * A name for each finding that stays while lines come and go above it: made of its rule, file, service and port. Of
 * findings that are alike in all that, the first is told from the second.
 */
export function fingerprints(findings: readonly Finding[], { cwd }: Workspace): ReadonlyMap<Finding, string> {
  const seen = new Map<string, number>();
  const named = new Map<Finding, string>();
  for (const finding of findings) {
    const { rule, path, service, port } = finding;
    const key = JSON.stringify([rule, shortPath(path, cwd), service, port]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    named.set(finding, createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 32));
  }
  return named;
}
