import { read } from '../analyze.ts';
import type { FileFacts, Suppression } from '../facts.ts';
import { kept } from '../grouped.ts';
import { suppressions } from '../suppressions.ts';
import { LineMap, type Span } from '../text.ts';
import { visibleText } from './visibleText.ts';

/** A comment to put into a text, or a word to put into one that is there. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Where in `text` the words `: reason` may follow. */
  readonly reasonAt?: number;
}

/**
 * The comment that silences a rule on the line of an offset.
 * @param file the facts of this very text
 * @returns `undefined` where no comment can be written that changes nothing else
 */
export function ignoreOnLine(file: FileFacts, text: string, offset: number, rule: string): Insertion | undefined {
  const signs = signsOf(file.path);
  if (!signs) return undefined;
  const number = file.lines.position(offset).line;
  const known = file.suppressions.find(({ lines: [first, last] }) => first === number && last === number);
  if (known) return harmless([further(known, rule)], { file, text, offset, rule });
  const line = lineAt(text, file.lines, number);
  const above = lineComment(signs, `portolan-ignore-next-line ${rule}`, line);
  const ends = endsOf(line.text).map((end) => endComment(signs, rule, line.start + end));
  const inFence = endComment(hash, rule, line.start + line.text.trimEnd().length);
  const candidates = signs === hash ? [above, ...ends] : /^\s*#/.test(line.text) ? [above] : [...ends, inFence];
  return harmless(candidates, { file, text, offset, rule });
}

/** The comment that silences a rule in the whole file; for the rest as {@link ignoreOnLine}. */
export function ignoreInFile(file: FileFacts, text: string, offset: number, rule: string): Insertion | undefined {
  const signs = signsOf(file.path);
  if (!signs) return undefined;
  const isOfFile = ({ lines: [first, last] }: Suppression) => first === 0 && last >= file.lines.lineCount - 1;
  const known = file.suppressions.find(
    (one) => isOfFile(one) && text.startsWith('portolan-ignore-file', one.span.start),
  );
  if (known) return harmless([further(known, rule)], { file, text, offset, rule });
  const places = signs === hash ? [preambleOf(text), headOf(text)] : [frontMatterOf(text)];
  const candidates = places.map((number) => {
    const line = { ...lineAt(text, file.lines, number), text: '' };
    const comment = lineComment(signs, `portolan-ignore-file ${rule}`, line);
    return signs === hash ? comment : { ...comment, text: comment.text + line.lineBreak };
  });
  return harmless(candidates, { file, text, offset, rule });
}

interface Signs {
  readonly open: string;
  readonly close: string;
}

const hash: Signs = { open: '# ', close: '' };
const html: Signs = { open: '<!-- ', close: ' -->' };

/** How a comment is written in a file. JSON has none, and MDX has none that is read as one of ours. */
function signsOf(path: string): Signs | undefined {
  if (/\.(?:json|mdx)$/i.test(path)) return undefined;
  return /\.(?:md|mdc|markdown)$/i.test(path) ? html : hash;
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** The one that ends it, or the one that other lines have. */
  readonly lineBreak: string;
}

function lineAt(text: string, lines: LineMap, number: number): Line {
  const start = lines.lineStart(number);
  const whole = text.slice(start, lines.lineStart(number + 1));
  const line = whole.replace(/(?<![\r\n])[\r\n]+$/, '');
  const lineBreak = whole.slice(line.length) || /\r?\n|\r/.exec(text)?.[0] || '\n';
  return { text: line, start, lineBreak };
}

/** A comment in a line of its own above another one, indented alike. */
function lineComment({ open, close }: Signs, words: string, { text, start, lineBreak }: Line): Insertion {
  const before = `${/^[ \t]*/.exec(text)![0]}${open}${words}`;
  return { at: start, text: before + close + lineBreak, reasonAt: before.length };
}

/** A comment behind what stands on a line. */
function endComment({ open, close }: Signs, rule: string, at: number): Insertion {
  const before = ` ${open}portolan-ignore ${rule}`;
  return { at, text: before + close, reasonAt: before.length };
}

/** Where a comment may follow on a line: within the last cell of a table, else behind the text. */
function endsOf(line: string): number[] {
  const end = line.trimEnd().length;
  const isClosed = line[end - 1] === '|';
  return isClosed ? [line.slice(0, end - 1).trimEnd().length, end] : [end];
}

/** One rule more in a comment that is there. */
function further({ span }: Suppression, rule: string): Insertion {
  return { at: span.end, text: ` ${rule}` };
}

/** The lines in which markdown carries data for programs. */
function frontMatterOf(text: string): number {
  const all = text.split(/\r\n?|\n/, 1000);
  if (!/^---\s*$/.test(all[0]!)) return 0;
  return all.findIndex((line, i) => i > 0 && /^(?:---|\.\.\.)\s*$/.test(line)) + 1;
}

/** The lines that have to come first: `#!`, `%YAML`, parser directives of Dockerfiles. */
function preambleOf(text: string): number {
  const all = text.split(/\r\n?|\n/, 1000);
  const first = all.findIndex((line) => !/^(?:#!|%|\s*#\s*(?:syntax|escape|check)\s*=)/i.test(line));
  return Math.max(0, first);
}

/** The line after the comments with which a text begins. */
function headOf(text: string): number {
  const first = text.split(/\r\n?|\n/, 1000).findIndex((line) => !/^\s*#/.test(line));
  return Math.max(0, first);
}

interface Wish {
  readonly file: FileFacts;
  readonly text: string;
  readonly offset: number;
  readonly rule: string;
}

/**
 * The first insertion that silences the rule where it should and leaves all else that the text says as it is. Editors ask
 * again with every move of the cursor.
 */
function harmless(candidates: readonly Insertion[], wish: Wish): Insertion | undefined {
  const line = wish.file.lines.position(wish.offset).line;
  const known = kept(found, wish.file, () => new Map<string, { readonly insertion: Insertion | undefined }>());
  const asked = JSON.stringify([wish.rule, line, candidates]);
  return kept(known, asked, () => ({ insertion: candidates.find((one) => isHarmless(one, wish)) })).insertion;
}

const found = new WeakMap<FileFacts, Map<string, { readonly insertion: Insertion | undefined }>>();

function isHarmless(insertion: Insertion, { file, text, offset, rule }: Wish): boolean {
  const { at, text: added } = insertion;
  const after = text.slice(0, at) + added + text.slice(at);
  const lines = new LineMap(after);
  const { line } = lines.position(offset >= at ? offset + added.length : offset);
  const isSilent = suppressions(after, lines).some(
    ({ lines: [first, last], rules }) => first <= line && line <= last && rules.includes(rule),
  );
  if (!isSilent) return false;
  const before = kept(meanings, file, () => meaningOf(file, text, (at) => at));
  const { visible, facts } = meaningOf(file, after, back(insertion));
  return facts !== undefined && facts === before.facts && visible === before.visible;
}

/** What a text says to people and programs, and to us; equal for two texts where nothing but comments differs. */
interface Meaning {
  readonly visible: string;
  readonly facts: string | undefined;
}

/** Of texts as they are, since one is asked about time and again. */
const meanings = new WeakMap<FileFacts, Meaning>();

function meaningOf(file: FileFacts, text: string, place: (offset: number) => number): Meaning {
  // As the text alone tells, before settings have their say.
  const alone = read(file.path, text, file.kind === 'registry');
  return { visible: visibleText(file, text), facts: alone && picture(alone, place) };
}

/** From offsets after an insertion to those before it; what begins or ends within it has none. */
function back({ at, text: { length } }: Insertion): (offset: number) => number {
  return (offset) => (offset <= at ? offset : offset >= at + length ? offset - length : -1);
}

/** All that is known of a file, but for its lines and ignore comments, and for how wide it writes its cells. */
function picture(file: FileFacts, place: (offset: number) => number): string {
  const { claims, uses, services, variables, problems, stages, document, nginx } = file;
  const { authority, title, titleSpan } = document ?? {};
  const tables = document?.tables?.map(({ columns, body }) => ({ columns, body }));
  const facts = { claims, uses, services, variables, problems, stages, nginx, authority, title, titleSpan, tables };
  return JSON.stringify(facts, (_, value) => (isSpan(value) ? [place(value.start), place(value.end)] : value));
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}
