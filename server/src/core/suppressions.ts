import type { Suppression } from './facts.ts';
import type { LineMap } from './text.ts';

const WORD = 'portolan-ignore';

const DIRECTIVE = /portolan-ignore(-next-line|-file)?(?=-->|[^\w-]|$)/y;
const RULE = /[ \t,]+([a-z0-9]+(?:-[a-z0-9]+)*)(?=[ \t,:]|-->|$)/my;

/**
 * The ignore comments in a text: `# portolan-ignore[-next-line|-file] [rule …] [: reason]`, or the same in `<!-- … -->`.
 * Rules are separated by spaces or commas; without any the comment silences all. `lines` belongs to the text.
 */
export function suppressions(text: string, lines: LineMap): Suppression[] {
  const found: Suppression[] = [];
  for (let at = text.indexOf(WORD); at >= 0; at = text.indexOf(WORD, at + WORD.length)) {
    if (!beginsComment(text, at)) continue;
    DIRECTIVE.lastIndex = at;
    const match = DIRECTIVE.exec(text);
    if (match === null) continue;
    const rules: string[] = [];
    let end = DIRECTIVE.lastIndex;
    for (let rule = ruleAt(text, end); rule !== null; rule = ruleAt(text, end)) {
      rules.push(rule[1]!);
      end += rule[0].length;
    }
    found.push({ span: { start: at, end }, lines: reach(match[1], lines.position(at).line, lines), rules });
  }
  return found;
}

/** A comment, without its signs, that says nothing to people any more where it was made for this tool. */
export function withoutDirectives(comment: string): string {
  if (!comment.includes(WORD)) return comment;
  const said = comment.split('\n').map(withoutDirective);
  return said.filter((line) => line.trim() !== '').join('\n');
}

/** A line up to its directive with the signs in front of it. */
function withoutDirective(line: string): string {
  const at = line.search(/(?<![^#\s])portolan-ignore/);
  if (at < 0) return line;
  let start = at;
  while (start > 0 && /[#\s]/.test(line[start - 1]!)) start--;
  if (start === 0) return '';
  const gap = line.slice(start, at).search(/\s/);
  return gap < 0 ? line : line.slice(0, start + gap + 1);
}

function ruleAt(text: string, at: number): RegExpExecArray | null {
  RULE.lastIndex = at;
  return RULE.exec(text);
}

function reach(form: string | undefined, line: number, lines: LineMap): [number, number] {
  if (form === '-file') return [0, lines.lineCount - 1];
  return form === '-next-line' ? [line + 1, line + 1] : [line, line];
}

/** Whether only a comment's opening stands before: `<!--`, or a `#` that begins a word, for within one it is no comment. */
function beginsComment(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === ' ' || text[before - 1] === '\t') before--;
  if (text.endsWith('<!--', before)) return true;
  const afterHashes = before;
  while (text[before - 1] === '#') before--;
  return before < afterHashes && (before === 0 || /[\s;{}]/.test(text[before - 1]!));
}
