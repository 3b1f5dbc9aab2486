import type { FileFacts } from '../facts.ts';
import { globMatcher } from '../glob.ts';
import { dirname } from '../path.ts';
import type { RegistryPattern } from '../settings.ts';

/** Folders that hold papers and settings about what lies beside them. */
const ABOUT =
  /^(docs?|documentation|wiki|config|configs|configuration|conf|infra|infrastructure|ops|deploy|deployment|governance|protocols|plan|\..+)$/i;

/**
 * The folder that a registry governs: its own, or the parent where it lies in a folder that is about its surroundings
 * (`docs/`, `config/`, `infra/`, `.claude/`), however deep in it.
 */
export function governedFolder(path: string): string {
  const segments = dirname(path).split('/');
  const about = segments.findLastIndex((segment) => ABOUT.test(segment));
  if (about < 0) return segments.join('/');
  let end = about;
  while (end > 0 && ABOUT.test(segments[end - 1]!)) end--;
  return segments.slice(0, end).join('/');
}

/** Sorts documents so that the nearest and most authoritative comes first. */
export function byAuthority(a: FileFacts, b: FileFacts): number {
  const standing = (file: FileFacts) => (file.document?.authority === 'registry' ? 0 : 1);
  return (
    standing(a) - standing(b) ||
    governedFolder(b.path).length - governedFolder(a.path).length ||
    b.claims.length - a.claims.length ||
    (a.path < b.path ? -1 : 1)
  );
}

/** A document as the settings see it: a registry whatever it looks like, with the scope that all its claims have. */
export function asConfigured(file: FileFacts, patterns: readonly RegistryPattern[]): FileFacts {
  const pattern = file.document && patterns.find(({ path }) => globMatcher([path])(file.path));
  if (!pattern) return file;
  const document = { ...file.document!, authority: 'registry', because: ['named in the settings'] } as const;
  const { scope } = pattern;
  const claims = scope ? file.claims.map((claim) => ({ ...claim, scope: { ...scope, ...claim.scope } })) : file.claims;
  return { ...file, document, claims };
}
