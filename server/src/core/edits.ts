import type { Edit, Fix } from './finding.ts';
import type { Span } from './text.ts';

/**
 * The edits of all the fixes that can be made together. A fix is made wholly or not at all: one that overlaps an
 * earlier one is left out, and a next round finds it again. An edit that two fixes ask for is made once.
 */
export function combine(fixes: Iterable<Fix>): Edit[] {
  const taken = new Map<string, Edit[]>();
  for (const { edits } of fixes) {
    const news = edits.filter((edit) => !(taken.get(edit.path) ?? []).some((other) => isSame(edit, other)));
    const clashes = news.some((edit) => (taken.get(edit.path) ?? []).some(({ span }) => overlap(edit.span, span)));
    if (clashes) continue;
    for (const edit of news) taken.set(edit.path, [...(taken.get(edit.path) ?? []), edit]);
  }
  return [...taken.values()].flat();
}

/** The text after edits of its file that do not overlap. Insertions at one place keep their order. */
export function apply(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const { span, newText } of sorted) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

function isSame(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Whether two spans share a character, or one inserts within the other. Touching is no overlap. */
function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
