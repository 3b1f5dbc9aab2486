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

const LINE = /[^\r\n]*/y;
const DIRECTIVE = /^[ \t]*#[ \t]*([a-z]+)[ \t]*=(?:[ \t]*(\S+))?[ \t]*$/i;
const COMMENT = /^[ \t]*#/;
const NAME = /^\s*([a-z]+)(?=\s|$)/i;
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
    const pieces: string[] = [];
    const start = at;
    for (let continues = true; continues && at < text.length; ) {
      const line = lineAt(text, at);
      const isComment = COMMENT.test(line);
      const isBlank = line.trim() === '';
      const mark = isComment ? null : continuationOf(line, sign);
      // In the middle of an instruction comments and empty lines are passed over.
      continues = mark !== null || ((isComment || isBlank) && pieces.length > 0);
      const kept = isComment ? '' : line.slice(0, mark ?? line.length);
      const next = lineAfter(text, at + line.length);
      pieces.push(continues ? kept.padEnd(next - at) : kept);
      at = next;
    }
    const whole = pieces.length === 1 ? pieces[0]! : pieces.join('');
    const name = NAME.exec(whole);
    if (!name) continue;
    const instruction = {
      name: name[1]!.toUpperCase(),
      text: whole.slice(name[0].length),
      start: start + name[0].length,
    };
    instructions.push(instruction);
    if (TAKES_HEREDOCS.has(instruction.name) && instruction.text.includes('<<'))
      at = afterHeredocs(text, at, instruction.text);
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

/** Where a line's continuation mark begins; `null` when it has none. */
function continuationOf(line: string, sign: string): number | null {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(sign) ? trimmed.length - 1 : null;
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
  LINE.lastIndex = at;
  return LINE.exec(text)?.[0] ?? '';
}

/** The start of the line after the line break at an offset. */
function lineAfter(text: string, at: number): number {
  return Math.min(text.length, at + (text.startsWith('\r\n', at) ? 2 : 1));
}
