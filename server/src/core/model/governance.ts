import type { FileFacts } from '../facts.ts';
import { globMatcher, plainPath } from '../glob.ts';
import { dirname, isWithin } from '../path.ts';
import type { RegistryPattern } from '../settings/sourceSettings.ts';
import {
  arePages,
  GROUPS,
  isAboutSurroundings,
  isAroundGroups,
  isShared,
  mayHoldPages,
} from '../vocabulary/folders.ts';

/**
 * The folder that a registry governs by its place: its own, or the parent where it lies in a folder that is about its
 * surroundings (`docs/`, `config/`, `infra/`, `.claude/`, `group_vars/all/`), however deep in it, or right in one that
 * all share (`tools/`).
 */
function governedFolder(path: string): string {
  const segments = dirname(path).split('/');
  if (isShared(segments.at(-1)!)) segments.pop();
  let end = segments.findLastIndex(
    (segment, i) => isAboutSurroundings(segment) || (segment === GROUPS && segments[i + 1] === 'all'),
  );
  if (end < 0) return segments.join('/');
  while (end > 0 && isAroundIt(segments[end - 1]!, segments[end]!)) end--;
  return segments.slice(0, end).join('/');
}

function isAroundIt(outer: string, inner: string): boolean {
  if (arePages(inner) && mayHoldPages(outer)) return true;
  return isAboutSurroundings(outer) || (inner === GROUPS && isAroundGroups(outer));
}

/** The folder that a document governs: as the settings say, else by its place. */
export function governedBy(file: FileFacts): string {
  return file.document?.governs ?? governedFolder(file.path);
}

/** Sorts documents so that the nearest and most authoritative comes first. */
export function byAuthority(a: FileFacts, b: FileFacts): number {
  const standing = (file: FileFacts) => (file.document?.authority === 'registry' ? 0 : 1);
  const claim = (file: FileFacts) => (file.document?.canonical ? 0 : 1);
  return (
    standing(a) - standing(b) ||
    governedBy(b).length - governedBy(a).length ||
    claim(a) - claim(b) ||
    b.claims.length - a.claims.length ||
    (a.path < b.path ? -1 : 1)
  );
}

/**
 * A document as the settings see it: a registry whatever it looks like, with the scope that all its claims have. One
 * that lies outside the folder whose settings name it, or is shared with others, governs that folder.
 * @param borrowed it lies outside the workspace, and says nothing where no settings name it
 */
export function asConfigured(file: FileFacts, patterns: readonly RegistryPattern[], borrowed = false): FileFacts {
  if (!file.document) return file;
  const pattern = patterns.find((candidate) => isNamedBy(candidate, file.path));
  if (!pattern) return borrowed ? silenced(file) : file;
  const { scope, folder = '' } = pattern;
  const isAbroad = !isWithin(file.path, folder) || pattern.isShared;
  const abroad = isAbroad ? { governs: folder, ...(pattern.name !== undefined && { name: pattern.name }) } : {};
  const because = ['named in the settings', ...file.document.because];
  const document = { ...file.document, ...abroad, authority: 'registry', because } as const;
  const claims = scope ? file.claims.map((claim) => ({ ...claim, scope: { ...scope, ...claim.scope } })) : file.claims;
  return { ...file, document, claims };
}

const matchers = new WeakMap<RegistryPattern, (path: string) => boolean>();

/** Whether an entry of the settings means this file. */
export function isNamedBy(pattern: RegistryPattern, path: string): boolean {
  let matches = matchers.get(pattern);
  if (!matches) {
    const plain = plainPath(pattern.path);
    const glob = globMatcher([pattern.path]);
    matches = (asked) => asked === plain || glob(asked);
    matchers.set(pattern, matches);
  }
  return matches(path);
}

function silenced({ document: _, ...file }: FileFacts): FileFacts {
  return { ...file, claims: [] };
}
