import { partitionPoint } from '../sorted.ts';
import type { Span } from '../text.ts';

/** Stands in an expanded text for a variable of which nothing is known. */
export const UNKNOWN = '\uFFFC';

/** Defaults nested deeper than this are not looked into. */
const MAX_DEPTH = 16;
/** What a port in an expanded text is made of. */
const DIGIT = new RegExp(`[\\d${UNKNOWN}]`);
const DIGIT_OR_VARIABLE = new RegExp(`[\\d$${UNKNOWN}]`);
const NAME = /[_a-z][_a-z0-9]*/iy;
const OPERATOR = /:?[-?+]/y;

const NONE: readonly never[] = [];

/** Whether a port may stand in an expanded text, or what a variable may turn into one. */
export function mayHoldPort(text: string): boolean {
  return DIGIT.test(text);
}

/** Whether a port may stand in a text that has not been expanded. */
export function mayExpandToPort(source: string): boolean {
  return DIGIT_OR_VARIABLE.test(source);
}

/** What is known of variables: the texts that they hold, each with its places in the same file. */
export type Values = ReadonlyMap<string, Expansion>;

/** `${PORT:80}`: the dash is missing. */
export interface MalformedDefault {
  readonly name: string;
  /** What stands after the colon. */
  readonly value: string;
  readonly span: Span;
}

/** A stretch of the expanded text and where it comes from. */
interface Segment {
  /** Offset in the expanded text. */
  readonly at: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly via: readonly string[];
}

/**
 * A text in which every variable is replaced by its literal default, or by {@link UNKNOWN} where it has none, and which
 * knows for each of its characters where it comes from.
 */
export class Expansion {
  readonly text: string;
  readonly malformed: readonly MalformedDefault[];
  readonly #start: number;
  /** Left out where the text stands in the source as it is, as most do. */
  readonly #segments: readonly Segment[] | undefined;

  private constructor(
    text: string,
    start: number,
    segments?: readonly Segment[],
    malformed: readonly MalformedDefault[] = NONE,
  ) {
    this.text = text;
    this.malformed = malformed;
    this.#start = start;
    this.#segments = segments;
  }

  /** A text that is put together of others. */
  static of(segments: readonly Segment[], malformed: readonly MalformedDefault[]): Expansion {
    const text = segments.length === 1 ? segments[0]!.text : segments.map((segment) => segment.text).join('');
    return new Expansion(text, 0, segments, malformed);
  }

  /** A text in which no variable stands. */
  static plain(text: string, start: number): Expansion {
    return new Expansion(text, start);
  }

  /** This text in the place of variables that hold it. Takes where it comes to stand, and those variables. */
  segmentsAt(at: number, via: readonly string[]): Segment[] {
    return this.#pieces().map((segment) => ({
      ...segment,
      at: at + segment.at,
      via: [...via, ...segment.via].slice(0, MAX_DEPTH),
    }));
  }

  /** Puts texts one after the other, with a space between, as the words of a command line. */
  static join(parts: readonly Expansion[]): Expansion {
    const segments: Segment[] = [];
    let whole = '';
    for (const part of parts) {
      for (const { text, start, end, via } of part.#pieces()) {
        segments.push({ at: whole.length, text, start, end, via });
        whole += text;
      }
      const end = segments.length > 0 ? segments[segments.length - 1]!.end : 0;
      segments.push({ at: whole.length, text: ' ', start: end, end, via: NONE });
      whole += ' ';
    }
    const isSound = parts.every((part) => part.malformed.length === 0);
    return new Expansion(whole, 0, segments, isSound ? NONE : parts.flatMap((part) => part.malformed));
  }

  #pieces(): readonly Segment[] {
    const { text } = this;
    if (this.#segments) return this.#segments;
    return text === '' ? NONE : [{ at: 0, text, start: this.#start, end: this.#start + text.length, via: NONE }];
  }

  /** Where the characters from `from` to before `to` stand in the source. A variable without a default counts whole. */
  span(from: number, to: number): Span {
    if (!this.#segments && this.text !== '') return { start: this.#start + from, end: this.#start + to };
    const segments = this.#pieces();
    const first = segments[indexAt(segments, from)];
    const last = segments[indexAt(segments, Math.max(from, to - 1))];
    if (!first || !last) return { start: 0, end: 0 };
    return {
      start: isWhole(first) ? first.start : first.start + (from - first.at),
      end: isWhole(last) ? last.end : last.start + (to - last.at),
    };
  }

  /**
   * Whether these characters stand side by side in the source, so that others can be written in their place. They do not
   * in `${PREFIX:-80}01`.
   */
  isWritten(from: number, to: number): boolean {
    const { start, end } = this.span(from, to);
    return end - start === to - from;
  }

  /** The variables that decide over these characters, outermost first. */
  via(from: number, to: number): readonly string[] {
    const segments = this.#segments;
    if (!segments) return NONE;
    let names: Set<string> | undefined;
    for (let i = indexAt(segments, from); i < segments.length && segments[i]!.at < to; i++) {
      const { via } = segments[i]!;
      if (via.length === 0) continue;
      names ??= new Set();
      for (const name of via) names.add(name);
    }
    return names ? [...names] : NONE;
  }
}

/** The index of the segment that holds an offset. */
function indexAt(segments: readonly Segment[], offset: number): number {
  return Math.max(0, partitionPoint(segments, ({ at }) => at <= offset) - 1);
}

/** Whether a segment's characters have no places of their own: `$$`, a variable without a default. */
function isWhole(segment: Segment): boolean {
  return segment.text.length !== segment.end - segment.start;
}

/**
 * Expands the interpolation of compose files: `$V`, `${V}`, and with `-`, `?` or `+`, nested, and `$$` for a dollar.
 * Takes the text and the offset at which it stands in the file. What is no interpolation stays as it is.
 * https://docs.docker.com/reference/compose-file/interpolation/
 * @param values the variables that the file itself sets, which count more than defaults
 */
export function expand(source: string, base = 0, values?: Values): Expansion {
  return source.includes('$') ? new Expander(source, base, values).run() : Expansion.plain(source, base);
}

/** One pass over a text, by recursive descent with a limit. */
class Expander {
  readonly #source: string;
  readonly #base: number;
  readonly #values: Values | undefined;
  #segments: Segment[] = [];
  #malformed: MalformedDefault[] = [];
  #length = 0;
  #position = 0;

  constructor(source: string, base: number, values: Values | undefined) {
    this.#source = source;
    this.#base = base;
    this.#values = values;
  }

  run(): Expansion {
    this.#text([]);
    return Expansion.of(this.#segments, this.#malformed);
  }

  /** Reads up to the end, or inside a default up to the brace that closes it; tells whether there was one. */
  #text(via: readonly string[]): boolean {
    const stop = via.length > 0 ? /[$}]/g : /\$/g;
    for (;;) {
      stop.lastIndex = this.#position;
      const mark = stop.exec(this.#source);
      this.#add(this.#source.slice(this.#position, mark?.index), this.#position, via);
      this.#position = mark ? mark.index : this.#source.length;
      if (!mark) return false;
      if (mark[0] === '}') {
        this.#position++;
        return true;
      }
      this.#dollar(via);
    }
  }

  #dollar(via: readonly string[]): void {
    const start = this.#position++;
    if (this.#source[this.#position] === '$') {
      this.#position++;
      this.#add('$', start, via);
      return;
    }
    const braced = this.#source[this.#position] === '{';
    if (braced) this.#position++;
    const name = this.#match(NAME);
    if (name === undefined) this.#add(this.#source.slice(start, this.#position), start, via);
    else if (!braced) this.#put(name, start, [...via, name]);
    else this.#variable(start, name, [...via, name]);
  }

  /** What follows the name in `${NAME…}`. */
  #variable(start: number, name: string, via: readonly string[]): void {
    const operator = this.#match(OPERATOR);
    const from = this.#position;
    const [segments, length] = [this.#segments.length, this.#length];
    const closed = via.length > MAX_DEPTH ? this.#skip() : this.#text(via);
    const value = this.#values?.get(name);
    const usesDefault = operator?.endsWith('-') && !value;
    const usesInstead = operator?.endsWith('+') && value;
    if (closed && (usesDefault || usesInstead) && this.#length > length) return;
    this.#segments.length = segments;
    this.#length = length;
    const missing = operator === undefined && this.#source[from] === ':';
    if (closed && missing) {
      const wrong = this.#source.slice(from + 1, this.#position - 1);
      this.#malformed.push({
        name,
        value: wrong,
        span: { start: this.#base + start, end: this.#base + this.#position },
      });
    }
    // Anything else, such as `${NAME#pattern}`, changes the value.
    const isPlain = operator ? /[-?]$/.test(operator) : this.#source[from] === '}';
    if (closed && isPlain) this.#put(name, start, via);
    else this.#add(UNKNOWN, start, via);
  }

  /** Adds what a variable holds, or that nothing is known of it. */
  #put(name: string, start: number, via: readonly string[]): void {
    const value = this.#values?.get(name);
    if (value) {
      this.#segments.push(...value.segmentsAt(this.#length, via));
      this.#length += value.text.length;
    } else this.#add(UNKNOWN, start, via);
  }

  /** Goes past the brace that closes; tells whether there is one. */
  #skip(): boolean {
    for (let open = 1; this.#position < this.#source.length; ) {
      const character = this.#source[this.#position++];
      if (character === '{') open++;
      if (character === '}' && --open === 0) return true;
    }
    return false;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#source)?.[0];
    this.#position += match?.length ?? 0;
    return match;
  }

  /** Adds text that stands from `start` up to the current position, or as long as it is when it lies ahead. */
  #add(text: string, start: number, via: readonly string[]): void {
    if (text === '') return;
    const end = Math.max(this.#position, start + text.length);
    this.#segments.push({ at: this.#length, text, start: this.#base + start, end: this.#base + end, via });
    this.#length += text.length;
  }
}
