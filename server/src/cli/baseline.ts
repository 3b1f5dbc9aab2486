import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Finding } from '../core/finding.ts';
import { dirname, slashes } from '../core/path.ts';
import { textIn } from './input.ts';
import { UsageError } from './usageError.ts';
import type { Workspace } from './workspace.ts';
import { replaceFile } from './writing.ts';

/** How many findings of each rule are accepted in each file, whose paths are relative to the baseline's folder. */
type Counts = Readonly<Record<string, Readonly<Record<string, { readonly count: number }>>>>;

/** Where it is kept if nobody says. */
export const BASELINE = 'portolan-baseline.json';

/**
 * Findings that were there when the check was introduced, and that fail nothing until their number grows: then all of
 * that rule in that file are reported, because nobody can tell the new one from the old.
 * @see https://eslint.org/docs/latest/use/suppressions
 */
export class Baseline {
  readonly #path: string;
  readonly #counts: Counts;

  private constructor(path: string, counts: Counts) {
    this.#path = path;
    this.#counts = counts;
  }

  /** @throws {UsageError} when there is no such file, or it is no baseline */
  static read(name: string, cwd: string): Baseline {
    const path = slashes(resolve(cwd, name));
    if (existsSync(path)) return new Baseline(path, parse(textIn(path, `The baseline ${name}`), name));
    throw new UsageError(`There is no baseline ${name}; --update-baseline makes one.`);
  }

  /** The baseline of a file, empty if there is no such file. */
  static readIfThere(name: string, cwd: string): Baseline {
    const path = slashes(resolve(cwd, name));
    return existsSync(path) ? Baseline.read(name, cwd) : new Baseline(path, {});
  }

  /** The findings that it does not accept. */
  beyond(findings: readonly Finding[]): Finding[] {
    const now = this.#countsOf(findings);
    return findings.filter(({ path, rule }) => {
      const file = this.#name(path);
      return countIn(now, file, rule) > countIn(this.#counts, file, rule);
    });
  }

  /** Whether it accepts more than was found in the files that were asked for. */
  isLoose(findings: readonly Finding[], workspace: Workspace): boolean {
    return JSON.stringify(this.#pruned(findings, workspace)) !== JSON.stringify(sorted(this.#counts));
  }

  /** Accepts all findings; files that were not asked for stay as they are. */
  update(findings: readonly Finding[], workspace: Workspace): void {
    this.#write({ ...this.#others(workspace), ...this.#countsOf(findings) });
  }

  /** Accepts no more than what was found in the files that were asked for. */
  prune(findings: readonly Finding[], workspace: Workspace): void {
    this.#write(this.#pruned(findings, workspace));
  }

  #pruned(findings: readonly Finding[], workspace: Workspace): Counts {
    const now = this.#countsOf(findings);
    const kept: Record<string, Record<string, { count: number }>> = { ...this.#others(workspace) };
    for (const [file, ofRules] of Object.entries(this.#counts)) {
      if (Object.hasOwn(kept, file)) continue;
      const lowered = Object.entries(ofRules)
        .map(([rule, { count }]) => [rule, { count: Math.min(count, countIn(now, file, rule)) }] as const)
        .filter(([, { count }]) => count > 0);
      if (lowered.length > 0) kept[file] = Object.fromEntries(lowered);
    }
    return sorted(kept);
  }

  /** What it says of files that exist and were not asked for. */
  #others({ asked, index }: Workspace): Counts {
    const names = new Set(asked.map((path) => this.#name(path)));
    const folder = dirname(this.#path);
    const isOther = (file: string) => !names.has(file) && index.file(`${folder}/${file}`) !== undefined;
    return Object.fromEntries(Object.entries(this.#counts).filter(([file]) => isOther(file)));
  }

  #countsOf(findings: readonly Finding[]): Counts {
    const counts = new Map<string, Map<string, number>>();
    for (const { path, rule } of findings) {
      const file = this.#name(path);
      const ofRules = counts.get(file) ?? new Map<string, number>();
      counts.set(file, ofRules.set(rule, (ofRules.get(rule) ?? 0) + 1));
    }
    const entries = [...counts].map(([file, ofRules]) => [
      file,
      Object.fromEntries([...ofRules].map(([rule, count]) => [rule, { count }])),
    ]);
    return Object.fromEntries(entries);
  }

  #name(path: string): string {
    return slashes(relative(dirname(this.#path), path));
  }

  #write(counts: Counts): void {
    const path = existsSync(this.#path) ? realpathSync(this.#path) : this.#path;
    replaceFile(path, `${JSON.stringify(sorted(counts), null, 2)}\n`);
  }
}

function countIn(counts: Counts, file: string, rule: string): number {
  const ofRules = Object.hasOwn(counts, file) ? counts[file]! : {};
  return Object.hasOwn(ofRules, rule) ? ofRules[rule]!.count : 0;
}

function sorted(counts: Counts): Counts {
  const inOrder = <T>(object: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  return inOrder(Object.fromEntries(Object.entries(counts).map(([file, ofRules]) => [file, inOrder(ofRules)])));
}

function parse(text: string, name: string): Counts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`The baseline ${name} is not JSON; make it anew with --update-baseline.`);
  }
  const isCount = (entry: unknown) => isObject(entry) && Number.isSafeInteger(entry.count) && Number(entry.count) >= 0;
  const isCounts =
    isObject(value) && Object.values(value).every((of) => isObject(of) && Object.values(of).every(isCount));
  if (isCounts) return value as unknown as Counts;
  throw new UsageError(
    `The baseline ${name} does not count findings by file and rule; make it anew with --update-baseline.`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
