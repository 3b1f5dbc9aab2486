/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In upper case. */
  readonly name: string;
  /** What follows the name. Comments and line continuations are spaces, so that every character keeps its place. */
  readonly text: string;
  /** Where `text` starts. */
  readonly start: number;
}

/** A word of an instruction. */
export interface Word {
  /** As written, with its quotes. */
  readonly text: string;
  readonly start: number;
}

const BREAK = /[\r\n]/g;
const DIRECTIVE = /^[ \t]*#[ \t]*([a-z]+)[ \t]*=(?:[ \t]*(\S+))?[ \t]*$/i;
const COMMENT = /^[ \t]*#/;
const NAME = /\s*[a-z]+(?=\s|$)/iy;
/** https://docs.docker.com/reference/dockerfile/#here-documents */
const HEREDOC = /(?<!\S)\d?<<(-?)(["']?)([a-z_][\w.]*)\2(?!\S)/gi;
const TAKES_HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);

/**
 * The instructions of a Dockerfile in order, here-documents left out.
 * https://docs.docker.com/reference/dockerfile/#format
 */
export function parseInstructions(text: string): Instruction[] {
  const instructions: Instruction[] = [];
  const sign = escapeSign(text);
  for (let at = 0; at < text.length; ) {
    const start = at;
    let whole = '';
    for (let continues = true; continues && at < text.length; ) {
      const line = lineAt(text, at);
      const isComment = COMMENT.test(line);
      const mark = isComment ? -1 : continuationOf(line, sign);
      // In the middle of an instruction comments and empty lines are passed over.
      continues = mark >= 0 || (at > start && (isComment || line.trim() === ''));
      const kept = isComment ? '' : mark < 0 ? line : line.slice(0, mark);
      const next = lineAfter(text, at + line.length);
      whole += continues ? kept.padEnd(next - at) : kept;
      at = next;
    }
    NAME.lastIndex = 0;
    if (!NAME.test(whole)) continue;
    const end = NAME.lastIndex;
    const name = whole.slice(0, end).trim().toUpperCase();
    const instruction = { name, text: whole.slice(end), start: start + end };
    instructions.push(instruction);
    if (TAKES_HEREDOCS.has(name) && instruction.text.includes('<<')) at = afterHeredocs(text, at, instruction.text);
  }
  return instructions;
}

/** The words of an instruction. Quotes hold a word together. */
export function wordsOf({ text, start }: Pick<Instruction, 'text' | 'start'>): Word[] {
  const words: Word[] = [];
  let from = -1;
  let quote = '';
  for (let i = 0; i <= text.length; i++) {
    const character = text[i] ?? ' ';
    const isEnd = i === text.length || (quote === '' && isBlank(character));
    if (isEnd && from >= 0) {
      words.push({ text: text.slice(from, i), start: start + from });
      from = -1;
    }
    if (isEnd) continue;
    if (from < 0) from = i;
    if (character === '\\' && quote !== "'") i++;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  return words;
}

/** As in an expression, which is asked where it might say so. */
function isBlank(character: string): boolean {
  return character === ' ' || ((character < '!' || character > '~') && /\s/.test(character));
}

/** A word without the quotes around it. */
export function unquoted({ text, start }: Word): Word {
  const isQuoted = /^(["']).*\1$/s.test(text) && text.length > 1;
  return isQuoted ? { text: text.slice(1, -1), start: start + 1 } : { text, start };
}

/** Parser directives stand in front of everything else. https://docs.docker.com/reference/dockerfile/#escape */
function escapeSign(text: string): '\\' | '`' {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    const directive = DIRECTIVE.exec(line);
    if (!directive) break;
    if (directive[1]!.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
    at = lineAfter(text, at + line.length);
  }
  return '\\';
}

/** Where a line's continuation mark begins; -1 when it has none. */
function continuationOf(line: string, sign: string): number {
  const mark = line.lastIndexOf(sign);
  return mark >= 0 && (mark === line.length - 1 || line.slice(mark + 1).trim() === '') ? mark : -1;
}

/** Where the line after the bodies of all here-documents begins that an instruction opens. */
function afterHeredocs(text: string, from: number, opening: string): number {
  let at = from;
  for (const [, dash, , delimiter] of opening.matchAll(HEREDOC)) {
    for (let isOpen = true; isOpen && at < text.length; ) {
      const line = lineAt(text, at);
      isOpen = (dash === '-' ? line.replace(/^\t+/, '') : line) !== delimiter;
      at = lineAfter(text, at + line.length);
    }
  }
  return at;
}

function lineAt(text: string, at: number): string {
  BREAK.lastIndex = at;
  return text.slice(at, BREAK.test(text) ? BREAK.lastIndex - 1 : text.length);
}

/** The start of the line after the line break at an offset. */
function lineAfter(text: string, at: number): number {
  return Math.min(text.length, at + (text.startsWith('\r\n', at) ? 2 : 1));
}
