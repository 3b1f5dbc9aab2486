import type { FileFacts } from '../../facts.ts';
import { globMatcher, isGlob } from '../../glob.ts';
import { push } from '../../grouped.ts';
import type { Include, Standing } from '../../nginxFacts.ts';
import { basename, dirname, resolve } from '../../path.ts';

/** A file that is included from very many places is a snippet for everybody: more need not be known of it. */
const MOST = 50;

/**
 * Which nginx files take in which others. Paths on the machine on which nginx will run are found again in the workspace
 * by what follows nginx's own folder. https://nginx.org/en/docs/ngx_core_module.html#include
 */
export class Includes {
  readonly #folders = new Map<string, string[]>();
  readonly #standings = new Map<string, readonly Standing[]>();
  readonly #roots = new Map<string, readonly string[]>();
  readonly #includers = new Map<string, { path: string; include: Include }[]>();

  constructor(files: readonly FileFacts[]) {
    for (const { path } of files) push(this.#folders, dirname(placed(path)), path);
    for (const { path, nginx } of files) {
      for (const include of nginx!.includes) {
        for (const other of this.#meant(include.pattern, path)) push(this.#includers, other, { path, include });
      }
    }
  }

  /** What stands around a file, once for each place that includes it; nothing stands around any other. */
  standingsOf(path: string): readonly Standing[] {
    const known = this.#standings.get(path);
    if (known) return known;
    // Where files include each other in a circle, nginx gives up; here the circle is cut.
    this.#standings.set(path, [{}]);
    const includers = (this.#includers.get(path) ?? []).slice(0, MOST);
    const standings = includers.flatMap(({ path: outer, include: { pattern: _, ...own } }) =>
      own.domains ? [own] : this.standingsOf(outer).map((around) => ({ ...around, ...own })),
    );
    if (standings.length > 0) this.#standings.set(path, standings.slice(0, MOST));
    return this.#standings.get(path)!;
  }

  /** The files that include this one, over any number of others, and that no file includes; else the file itself. */
  rootsOf(path: string): readonly string[] {
    const known = this.#roots.get(path);
    if (known) return known;
    const roots: string[] = [];
    const seen = new Set([path]);
    for (const file of seen) {
      const includers = this.#includers.get(file) ?? [];
      if (includers.length === 0) roots.push(file);
      for (const { path: outer } of includers) seen.add(outer);
    }
    this.#roots.set(path, roots);
    return roots;
  }

  /** The files that a pattern means: beside the including file, or beside its folder. */
  #meant(pattern: string, from: string): string[] {
    for (const path of pathsMeant(pattern, from)) {
      const found = this.#matching(path).filter((other) => other !== from);
      if (found.length > 0) return found;
    }
    return [];
  }

  #matching(path: string): string[] {
    if (isGlob(dirname(path))) return [];
    const beside = this.#folders.get(dirname(path)) ?? [];
    const name = basename(path);
    const matches = isGlob(name) ? globMatcher([name]) : (other: string) => other === name;
    return beside.filter((other) => matches(basename(placed(other))));
  }
}

/** The keys under which others may include a file: itself, and all of its folder. */
export function keysOf(path: string): string[] {
  return [...new Set([placed(path), anyIn(dirname(placed(path))), anyIn(dirname(path))])];
}

/** The keys of all that a file may include. What lies in some folders is read together in any case. */
export function keysIncludedBy({ path, nginx }: FileFacts): string[] {
  const meant = (nginx?.includes ?? []).flatMap(({ pattern }) => pathsMeant(pattern, path));
  const keys = meant.map((other) => (isGlob(basename(other)) ? anyIn(dirname(other)) : other));
  return isReadTogether(dirname(path)) ? [...keys, anyIn(dirname(path))] : keys;
}

function anyIn(folder: string): string {
  return `${folder}/*`;
}

/** Whether nginx reads all files of a folder, whether or not the including file is known. */
export function isReadTogether(folder: string): boolean {
  return /(?:^|\/)(?:conf\.d|sites-enabled|sites-available|templates)$/.test(folder);
}

/** The paths, or globs, that a pattern may mean, the likelier first. */
function pathsMeant(pattern: string, from: string): string[] {
  const below = withoutPrefix(pattern);
  if (below === undefined) return [];
  const folder = dirname(placed(from));
  return (folder === '' ? [''] : [folder, dirname(folder)]).map((base) => resolve(base, below));
}

/** Where the official image puts a template. https://hub.docker.com/_/nginx */
function placed(path: string): string {
  return path.replace(/(^|\/)templates\/([^/]+)\.template$/, '$1conf.d/$2');
}

/** `/etc/nginx/conf.d/*.conf` and `/usr/local/nginx/conf/conf.d/*.conf` are `conf.d/*.conf` below nginx's folder. */
function withoutPrefix(pattern: string): string | undefined {
  if (/[${}]/.test(pattern)) return undefined;
  if (!pattern.startsWith('/')) return pattern;
  return /^\/(?:[\w.-]+\/)*nginx\/(?:conf\/)?([^/].*)/s.exec(pattern)?.[1];
}
