import type { FileFacts } from '../../core/facts.ts';
import type { Finding, Severity } from '../../core/finding.ts';
import { discreet } from '../../core/secrets.ts';
import { shortPath } from '../places.ts';
import { printed } from '../printed.ts';
import type { Report } from '../report.ts';
import type { Style } from '../terminal.ts';

/** Longer source lines are shown as a window around the port. */
const WIDTH = 110;
const LOOKS = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'gray' } as const satisfies Record<
  Severity,
  string
>;

/** For people: under the name of its file each finding with its source line, then a summary. */
export function stylish({ findings, workspace, summary }: Report, style: Style): string {
  const blocks: string[] = [];
  let file: string | undefined;
  for (const finding of findings) {
    if (finding.path !== file) blocks.push(style('underline', printed(shortPath(finding.path, workspace.cwd))));
    file = finding.path;
    const text = workspace.texts.get(file) ?? '';
    const facts = workspace.index.file(file);
    if (facts) blocks.push(describe(finding, text, facts, style));
  }
  const others = findings.length - summary.errors - summary.warnings;
  const counts = [plural(summary.errors, 'error'), plural(summary.warnings, 'warning')];
  if (others > 0) counts.push(plural(others, 'note'));
  const total = `${counts.join(', ')} in ${plural(summary.files, 'file')}`;
  const look = summary.errors > 0 ? 'red' : summary.warnings > 0 ? 'yellow' : 'green';
  return [...blocks, `${style(['bold', look], total)}\n`].join('\n');
}

function describe(
  { span, severity, message, rule }: Finding,
  text: string,
  { lines, kind }: FileFacts,
  style: Style,
): string {
  const isVariable = kind === 'dotenv';
  const { line, column } = lines.position(span.start);
  const start = lines.lineStart(line);
  const whole = text.slice(start, lines.lineStart(line + 1)).replace(/(?<![\r\n])[\r\n]+$/, '');
  const length = Math.max(1, Math.min(span.end - start, whole.length) - column);
  const source = printed(discreet(whole, { start: column, end: column + length }, isVariable));
  const [shown, caret] = drawn(source, column, length);
  const look = LOOKS[severity];
  return (
    `  ${line + 1}:${column + 1}  ${style(look, severity)}  ${printed(message)}  ${style('gray', rule)}\n` +
    `      ${style('gray', shown)}\n      ${style(look, caret)}\n`
  );
}

/** The source line without its indentation, and carets under the port. Tabs stay, so that both are equally wide. */
function drawn(source: string, column: number, length: number): [line: string, carets: string] {
  const indent = source.length - source.trimStart().length;
  const tooFar = column + length - indent > WIDTH ? column - WIDTH / 2 : 0;
  const from = Math.min(column, Math.max(indent, tooFar));
  const shown = source.slice(from, from + WIDTH);
  const before = source.slice(from, column).replace(/[^\t]/gu, (one) => ' '.repeat(cells(one)));
  return [shown, before + '^'.repeat(Math.min(length, WIDTH))];
}

/** How many cells of a terminal a character takes. */
function cells(character: string): number {
  if (/\p{Mark}|\u200d/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
