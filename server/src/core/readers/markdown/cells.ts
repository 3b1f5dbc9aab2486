const SPACE = 0x20;
const BACKSLASH = 0x5c;
const PIPE = 0x7c;

/** One cell of a table row: its text without the spaces around it, and where that begins. */
export interface Cell {
  readonly text: string;
  readonly start: number;
}

/** A cell as a person reads it, and as it is written, without markup. */
export interface Text {
  readonly text: string;
  readonly masked: string;
  readonly start: number;
}

/**
 * Splits a table row into its cells. Pipes at both ends are optional; a backslash protects the pipe or backslash after
 * it, and code marks protect nothing. https://github.github.com/gfm/#tables-extension-
 */
export function splitCells(line: string, base = 0): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  for (let i = 0; i <= line.length; i++) {
    const code = i < line.length ? line.charCodeAt(i) : PIPE;
    if (code === BACKSLASH && (line[i + 1] === '|' || line[i + 1] === '\\')) i++;
    else if (code === PIPE) {
      cells.push(trimmed(line, from, i, base));
      from = i + 1;
    }
  }
  if (cells.length > 1 && cells.at(-1)!.text === '') cells.pop();
  if (cells.length > 1 && cells[0]!.text === '' && line.trimStart().startsWith('|')) cells.shift();
  return cells;
}

function trimmed(line: string, from: number, to: number, base: number): Cell {
  let start = from;
  let end = to;
  while (start < end && line.charCodeAt(start) === SPACE) start++;
  while (end > start && line.charCodeAt(end - 1) === SPACE) end--;
  const text = line.slice(start, end);
  const bare = text.trimStart();
  return { text: bare.trimEnd(), start: base + start + text.length - bare.length };
}
