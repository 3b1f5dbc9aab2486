import { expect } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import type { Edit, Finding } from '../../server/src/core/finding.ts';
import { Index } from '../../server/src/core/model/index.ts';
import { defaults, type Settings } from '../../server/src/core/settings/settings.ts';
import { dedent, draw, plain } from './fixture.ts';

/** Splits a picture of several files, each under a line `--- path`. */
export function filesOf(picture: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of dedent(picture).split(/^--- /m).slice(1)) {
    const end = part.indexOf('\n');
    files.set(part.slice(0, end).trim(), part.slice(end + 1));
  }
  return files;
}

/** Indexes files given by path and text. */
export function indexOf(files: ReadonlyMap<string, string>, settings: Settings = defaults): Index {
  const index = new Index(settings);
  for (const [path, text] of files) {
    const facts = read(path, text);
    if (facts) index.put(facts);
  }
  return index;
}

/** Does work that pauses now and then, without the pauses. */
export function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** All findings of a workspace without carets, file by file. */
export function findings(files: ReadonlyMap<string, string>, settings?: Settings): Finding[] {
  const index = indexOf(files, settings);
  return [...files.keys()].flatMap((path) => check(path, index));
}

/**
 * Checks a workspace drawn in one string, `--- path` above each file, and expects exactly the findings that its carets
 * say: `^^^^ rule-id: message`. A note that ends in `…` need only begin alike.
 */
export function checks(picture: string, settings?: Settings): void {
  const expected = filesOf(picture);
  const files = new Map([...expected].map(([path, text]) => [path, plain(text)]));
  const index = indexOf(files, settings);
  const join = (drawn: ReadonlyMap<string, string>) =>
    [...drawn].map(([path, text]) => `--- ${path}\n${text}`).join('');
  const drawn = new Map(
    [...files].map(([path, text]) => [
      path,
      shorten(
        draw(
          text,
          check(path, index).map(({ span, rule, message }) => ({ span, note: `${rule}: ${message}` })),
        ),
        expected.get(path)!,
      ),
    ]),
  );
  expect(join(drawn)).toBe(join(expected));
}

/** Cuts drawn notes where the expected line at the same place ends in `…`. */
function shorten(drawn: string, expected: string): string {
  const lines = expected.split('\n');
  return drawn
    .split('\n')
    .map((line, i) => {
      const wanted = lines[i];
      return wanted?.endsWith('…') && line.startsWith(wanted.slice(0, -1)) ? wanted : line;
    })
    .join('\n');
}

/** Applies the preferred fix of every finding, again and again until nothing is left to do, and expects these texts. */
export function fixed(before: string, after: string, settings?: Settings): void {
  let files = filesOf(before);
  for (let round = 0; round < 10; round++) {
    const edits = findings(files, settings).flatMap(
      ({ fixes }) => fixes.find(({ preferred }) => preferred)?.edits ?? [],
    );
    if (edits.length === 0) break;
    files = applied(files, edits);
  }
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(filesOf(after)));
}

/** Applies edits; of those that overlap, the first. */
export function applied(files: ReadonlyMap<string, string>, edits: readonly Edit[]): Map<string, string> {
  const result = new Map(files);
  for (const [path, text] of files) {
    let changed = text;
    let start = Number.POSITIVE_INFINITY;
    for (const edit of edits.filter((e) => e.path === path).sort((a, b) => b.span.start - a.span.start)) {
      if (edit.span.end > start || edit.span.start === start) continue;
      changed = changed.slice(0, edit.span.start) + edit.newText + changed.slice(edit.span.end);
      start = edit.span.start;
    }
    result.set(path, changed);
  }
  return result;
}
