import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Level } from '../finding.ts';
import type { Span } from '../text.ts';
import { composedByLibrary } from '../yaml/library.ts';
import { noSettings, parseConfig, type Settings } from './settings.ts';

/** One thing more that somebody sets. Paths and globs are relative to the folder of the `portolan.yaml`. */
export type Setting =
  | { readonly key: 'rules'; readonly rule: string; readonly level: Level }
  | { readonly key: 'aliases'; readonly service: string; readonly name: string }
  | { readonly key: 'exclude' | 'registries'; readonly glob: string };

/** The text to put in place of another one. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * The edit of a `portolan.yaml` that sets one thing more and leaves all else as it is written.
 * @param text the whole file; empty for a new one
 * @param knownRules all rules that there are
 * @returns `undefined` for a text that is broken, or written in a way in which this cannot be added
 */
export function editSettings(text: string, setting: Setting, knownRules: readonly string[]): TextEdit | undefined {
  const before = parseConfig(text, knownRules);
  const documents = composedByLibrary(text);
  if (typeof documents === 'string' || documents.length > 1 || documents.some(({ errors }) => errors.length > 0))
    return undefined;
  const edit = new Writer(text).set(documents[0]?.contents ?? undefined, pathOf(setting));
  if (!edit) return undefined;
  // What was written is only as good as what is read of it.
  const after = parseConfig(text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end), knownRules);
  const isAsMeant = isSame(after.settings, withSetting(before.settings, setting));
  return isAsMeant && after.problems.length <= before.problems.length ? edit : undefined;
}

/** Settings with one thing more. */
export function withSetting(settings: Settings, setting: Setting): Settings {
  const { rules, aliases, exclude, registries } = settings;
  if (setting.key === 'rules') return { ...settings, rules: { ...rules, [setting.rule]: setting.level } };
  if (setting.key === 'aliases') {
    const known = Object.hasOwn(aliases, setting.service) ? aliases[setting.service]! : [];
    return { ...settings, aliases: { ...aliases, [setting.service]: [...known, setting.name] } };
  }
  if (setting.key === 'exclude') return { ...settings, exclude: [...exclude, setting.glob] };
  return { ...settings, registries: [...registries, { path: setting.glob }] };
}

function isSame(a: Settings, b: Settings): boolean {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  return JSON.stringify({ ...noSettings, ...a }, sorted) === JSON.stringify({ ...noSettings, ...b }, sorted);
}

/** The keys that lead to a value; `list` tells that it is one more item there. */
interface Path {
  readonly keys: readonly string[];
  readonly value: string;
  readonly list: boolean;
}

function pathOf(setting: Setting): Path {
  if (setting.key === 'rules') return { keys: ['rules', setting.rule], value: setting.level, list: false };
  if (setting.key === 'aliases') return { keys: ['aliases', setting.service], value: setting.name, list: true };
  return { keys: [setting.key], value: setting.glob, list: true };
}

/** Writes into one text. */
class Writer {
  readonly #text: string;
  readonly #lineBreak: string;

  constructor(text: string) {
    this.#text = text;
    this.#lineBreak = /\r?\n|\r/.exec(text)?.[0] ?? '\n';
  }

  /** Sets a value below a node; without one, below nothing but comments. */
  set(node: Node | undefined, path: Path): TextEdit | undefined {
    if (node === undefined || isEmpty(node)) return this.#below(this.#text.length, 0, path);
    if (!isMap(node)) return undefined;
    const [key, ...rest] = path.keys;
    const pair = node.items.findLast((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    if (!pair) return this.#add(node, path);
    const value = pair.value as Node | null;
    const inner = { ...path, keys: rest };
    if (value === null || isEmpty(value)) return this.#fill(pair, node, inner);
    if (isAlias(value)) return undefined;
    if (rest.length > 0) return this.set(value, inner);
    if (path.list) return isSeq(value) ? this.#add(value, inner) : undefined;
    return isScalar(value)
      ? { span: { start: value.range![0], end: value.range![1] }, newText: scalar(path.value) }
      : undefined;
  }

  /** One entry or item more in a map or a sequence. */
  #add(node: YAMLMap | Node, path: Path): TextEdit | undefined {
    if (!isCollection(node) || !node.range) return undefined;
    const last = node.items.at(-1);
    const end = last === undefined ? undefined : endOf(last);
    if (node.flow) {
      if (end !== undefined) return this.#insert(end, `, ${flow(path)}`);
      const close = node.range[1] - 1;
      return this.#insert(close, isMap(node) ? ` ${flow(path)} ` : flow(path));
    }
    if (end === undefined) return undefined;
    const indent = this.#columnOf(node.range[0]);
    return indent === undefined ? undefined : this.#below(this.#endOfLine(end), indent, path);
  }

  /** The value of a key that has none. */
  #fill(pair: Pair<unknown, unknown>, map: YAMLMap, path: Path): TextEdit | undefined {
    const key = pair.key as Node;
    const colon = this.#text.indexOf(':', key.range![1]);
    if (colon < 0) return undefined;
    if (map.flow || path.keys.length + Number(path.list) === 0) return this.#insert(colon + 1, ` ${flow(path, true)}`);
    const indent = this.#columnOf(key.range![0]);
    return indent === undefined ? undefined : this.#below(this.#endOfLine(colon), indent + 2, path);
  }

  /** New lines behind a line's end, or at the end of the text. */
  #below(at: number, indent: number, path: Path): TextEdit {
    const isOpen = at > 0 && !/[\r\n]/.test(this.#text[at - 1]!);
    const isLast = at >= this.#text.length;
    const written = block(path, ' '.repeat(indent)).join(this.#lineBreak);
    const lead = isOpen && !/^\uFEFF$/.test(this.#text.slice(0, at)) ? this.#lineBreak : '';
    return this.#insert(at, lead + written + (isLast || lead === '' ? this.#lineBreak : ''));
  }

  #insert(at: number, newText: string): TextEdit {
    return { span: { start: at, end: at }, newText };
  }

  #endOfLine(from: number): number {
    // A block scalar ends behind its line break.
    if (from > 0 && /[\r\n]/.test(this.#text[from - 1]!)) return from;
    const length = this.#text.slice(from).search(/[\r\n]|$/);
    return from + length;
  }

  /** How far a node is indented; `undefined` where it does not begin its line. */
  #columnOf(at: number): number | undefined {
    const start = Math.max(this.#text.lastIndexOf('\n', at - 1), this.#text.lastIndexOf('\r', at - 1)) + 1;
    const before = this.#text.slice(start, at).replace(/^\uFEFF/, '');
    return /^ *$/.test(before) ? before.length : undefined;
  }
}

/** `key:` with nothing behind it. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && (node.source === undefined || node.source === '') && node.range![0] === node.range![1];
}

/** Where an entry or item ends, without what is behind it. */
function endOf(item: unknown): number | undefined {
  const node = isPair(item) ? ((item.value as Node | null) ?? (item.key as Node)) : (item as Node);
  return node.range?.[1];
}

/** The lines of a block, each with the indentation in front. */
function block({ keys, value, list }: Path, indent: string): string[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [indent + (list ? `- ${scalar(value)}` : scalar(value))];
  const isOneLine = rest.length === 0 && (!list || indent !== '');
  if (isOneLine) return [`${indent}${scalar(key)}: ${flow({ keys: rest, value, list }, true)}`];
  return [`${indent}${scalar(key)}:`, ...block({ keys: rest, value, list }, `${indent}  `)];
}

/** The same on one line. A `whole` value brings its own brackets. */
function flow({ keys, value, list }: Path, whole = false): string {
  const [key, ...rest] = keys;
  if (key === undefined) return list && whole ? `[${scalar(value)}]` : scalar(value);
  const entry = `${scalar(key)}: ${flow({ keys: rest, value, list }, true)}`;
  return whole ? `{ ${entry} }` : entry;
}

/** A text as YAML takes it, in quotes where a bare one might be read as something else. */
export function scalar(text: string): string {
  const isPlain =
    /^[\p{L}_][\p{L}\p{N} _./()-]*$/u.test(text) && !/\s$|^(?:true|false|null|yes|no|on|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
