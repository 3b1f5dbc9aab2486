/**
 * The difference of two texts as `git apply` and `patch` take it; empty when there is none.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 * @param context how many lines are shown around a change; without any, `git apply` needs `--unidiff-zero`
 */
export function unifiedDiff(file: string, before: string, after: string, context = 3): string {
  if (before === after) return '';
  const lines = difference(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines, context).map(([from, to]) => hunk(lines, from, to));
  return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

/** A line of either text, with its line end. ` ` stands in both. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** The parts of a difference that are shown: changes with their context, those near to each other as one. */
function hunksOf(lines: readonly Line[], context: number): [from: number, to: number][] {
  const hunks: [number, number][] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const last = hunks.at(-1);
    const to = Math.min(lines.length, at + 1 + context);
    if (last && at - context <= last[1]) last[1] = to;
    else hunks.push([Math.max(0, at - context), to]);
  }
  return hunks;
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const shown = lines.slice(from, to);
  const range = (sign: '-' | '+') => {
    const before = lines.slice(0, from).filter((line) => line.sign !== opposite(sign)).length;
    const count = shown.filter((line) => line.sign !== opposite(sign)).length;
    return `${sign}${count === 0 ? before : before + 1},${count}`;
  };
  const body = shown.map(
    ({ sign, text }) => sign + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`),
  );
  return `@@ ${range('-')} ${range('+')} @@\n${body.join('')}`;
}

function opposite(sign: '-' | '+'): '-' | '+' {
  return sign === '-' ? '+' : '-';
}

/** The lines of both texts, side by side. Edits are small and far between, so the next common line is never far. */
function difference(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let x = 0;
  let y = 0;
  while (x < before.length || y < after.length) {
    const [nextX, nextY] = nextCommon(before, x, after, y);
    for (; x < nextX; x++) lines.push({ sign: '-', text: before[x]! });
    for (; y < nextY; y++) lines.push({ sign: '+', text: after[y]! });
    for (; x < before.length && before[x] === after[y]; x++, y++) lines.push({ sign: ' ', text: before[x]! });
  }
  return lines;
}

/** Where two texts next have the same line, the nearest such place; their ends are the same, too. */
function nextCommon(before: readonly string[], x: number, after: readonly string[], y: number): [x: number, y: number] {
  for (let distance = 0; ; distance++) {
    const least = Math.max(0, distance - (after.length - y));
    const most = Math.min(distance, before.length - x);
    for (let skipped = least; skipped <= most; skipped++) {
      if (before[x + skipped] === after[y + distance - skipped]) return [x + skipped, y + distance - skipped];
    }
  }
}
