/** Thrown where the text holds something that is left to the library; never leaves the plain parser. */
export const UNUSUAL = Symbol('unusual');

export function unusual(): never {
  throw UNUSUAL;
}

/** Deeper texts are left to the library, which knows how to refuse them. */
export const MAX_DEPTH = 60;

const SPACE = 0x20;
const HASH = 0x23;
const FEED = 0x0a;
const RETURN = 0x0d;

/** Goes through the lines that hold something. `at` stands where the next node begins, in column `column`. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** -1 behind the last line. */
  column = -1;
  /** Where the line's text ends, spaces and line break off. */
  end = 0;
  /** Where the next line begins. */
  next = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Moves to the next line that holds more than a comment. */
  nextLine(): void {
    const text = this.text;
    while (this.next < text.length) {
      const start = this.next;
      let end = this.endOfLine();
      this.next = end + 1;
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
      if (at >= end || text.charCodeAt(at) === HASH) continue;
      this.at = at;
      this.column = at - start;
      this.end = end;
      return;
    }
    this.column = -1;
  }

  /** Where the line that begins at `next` ends, in front of its line feed. */
  endOfLine(): number {
    const feed = this.text.indexOf('\n', this.next);
    return feed < 0 ? this.text.length : feed;
  }

  /** Moves on in the line, over spaces too. */
  advance(length: number): void {
    let at = this.at + length;
    while (at < this.end && this.text.charCodeAt(at) === SPACE) at++;
    this.column += at - this.at;
    this.at = at;
  }

  /** Matches a sticky expression here and moves over the match. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text);
    if (found) this.advance(found[0].length);
    return found;
  }

  /** Whether nothing but a comment is left of the line. */
  isLineOver(): boolean {
    return this.at >= this.end || this.isComment(this.at);
  }

  isComment(at: number): boolean {
    return this.text.charCodeAt(at) === HASH && this.text.charCodeAt(at - 1) === SPACE;
  }

  /** Whether a word ends in front of an offset; so it does at the end of the text. */
  isGap(at: number): boolean {
    if (at >= this.text.length) return true;
    const code = this.text.charCodeAt(at);
    return code === SPACE || code === FEED || code === RETURN;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === RETURN;
}
