import type { LineMap } from '../../text.ts';

/** A document without lines that decide nothing over its blocks. */
export interface Skeleton {
  readonly text: string;
  /** The numbers that the kept lines have in the document. */
  readonly lines: readonly number[];
}

const PIPE = 0x7c;
const DELIMITER_ROW = /^\|[ \t]*:?-[-:| \t]*$/;
/** Of shorter tables nothing is taken off. */
const FEWEST = 8;

/**
 * Takes off the rows inside long tables, since a row between two rows is one as well, whatever holds the table. The
 * markdown parser needs a hundred times as long for a row as it takes to see that.
 */
export function skeletonOf(text: string, map: LineMap): Skeleton {
  const lines: number[] = [];
  const parts: string[] = [];
  /** Where what is kept next begins. */
  let from = 0;
  const count = map.lineCount;
  for (let line = 0; line < count; ) {
    let end = line;
    while (end < count && text.charCodeAt(map.lineStart(end)) === PIPE) end++;
    const isLong = end - line >= FEWEST && isTable(text, map, line, end);
    const firstOff = isLong ? line + 3 : Math.max(end, line + 1);
    for (let kept = line; kept < firstOff; kept++) lines.push(kept);
    if (isLong) {
      parts.push(text.slice(from, map.lineStart(firstOff)));
      from = map.lineStart(end - 1);
      lines.push(end - 1);
    }
    line = Math.max(end, line + 1);
  }
  return { text: parts.join('') + text.slice(from), lines };
}

/** Whether lines with a pipe in front are one table at most: its delimiter row is the second one, and there is no other. */
function isTable(text: string, map: LineMap, line: number, end: number): boolean {
  for (let at = line; at < end; at++) {
    const row = text.slice(map.lineStart(at), map.lineStart(at + 1)).trimEnd();
    if (DELIMITER_ROW.test(row) !== (at === line + 1)) return false;
  }
  return true;
}
