import settings from '../../../../schemas/portolan.schema.json' with { type: 'json' };
import type { Span } from '../text.ts';
import { isMap, isScalar, isSeq, parseYaml, type YamlDocument, type YamlNode } from '../yaml.ts';

/** Something that can be put into a `portolan.yaml`. */
export interface SettingsCompletion {
  readonly label: string;
  /** A few words: the kind of value that a key takes, or the default; empty when there is nothing to tell. */
  readonly detail: string;
  /** One line. */
  readonly documentation: string;
  /** The word around the cursor, whose place `newText` takes. */
  readonly span: Span;
  readonly newText: string;
}

/**
 * The keys and values that can stand at a place of a `portolan.yaml`, in the order of its schema, and none that stands
 * there already. What has been typed of a word narrows nothing: editors do that. The text may be broken, and never
 * makes this throw.
 */
export function completeSettings(text: string, offset: number): SettingsCompletion[] {
  const span = wordAt(text, offset);
  if (text[span.end] === '#' && span.start === span.end) return []; // it would become a part of what is put before it
  const [document] = parseYaml(finished(text, span)).documents;
  const place = document && placeOf(document, span.start);
  if (!place) return [];
  const offers = place.taken ? keysOf(place.schemas, place.taken, colonAt(text, span)) : valuesOf(place.schemas);
  const present = text.slice(span.start, span.end);
  return offers.filter(({ newText }) => newText !== present).map((offer) => ({ ...offer, span }));
}

/** The part of JSON Schema in which the settings are described: https://json-schema.org/draft-07 */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: string;
  readonly enum?: readonly string[];
  /** What each of `enum` means: an addition of VS Code's, https://code.visualstudio.com/docs/languages/json */
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const definitions: Readonly<Record<string, Schema>> = settings.definitions;

/** A schema as the alternatives that it allows, each without references. */
function alternatives({ $ref, anyOf, ...own }: Schema): Schema[] {
  if (anyOf) return anyOf.flatMap(alternatives);
  const referred = $ref === undefined ? undefined : definitions[$ref.replace('#/definitions/', '')];
  return referred ? alternatives({ ...referred, ...own }) : [own];
}

function belowKey(schemas: readonly Schema[], key: string): Schema[] {
  return schemas.flatMap(({ properties = {}, additionalProperties }) => {
    if (Object.hasOwn(properties, key)) return alternatives(properties[key]!);
    return typeof additionalProperties === 'object' ? alternatives(additionalProperties) : [];
  });
}

/** What may stand at a place. */
interface Place {
  readonly schemas: readonly Schema[];
  /** The other keys of the map, when the place is that of a key. */
  readonly taken?: ReadonlySet<string>;
}

/** Finds the key or the value that begins at an offset. */
function placeOf(document: YamlDocument, at: number): Place | undefined {
  let schemas = alternatives(settings);
  let node = document.root;
  while (node && schemas.length > 0) {
    if (isMap(node)) {
      const entries = document.entries(node);
      const own = entries.find(({ keySpan, value }) => keySpan.start === at || covers(value, at));
      if (!own) return undefined;
      if (own.keySpan.start === at) {
        return { schemas, taken: new Set(entries.filter((entry) => entry !== own).map(({ key }) => key)) };
      }
      schemas = belowKey(schemas, own.key);
      node = own.value;
    } else if (isSeq(node)) {
      schemas = schemas.flatMap(({ items }) => (items ? alternatives(items) : []));
      node = document.items(node).find((item) => covers(item, at));
    } else {
      return document.scalar(node)?.span.start === at ? { schemas } : undefined;
    }
  }
  return undefined;
}

/** Whether a scalar begins at an offset in a node. */
function covers(node: YamlNode | undefined, at: number): boolean {
  if (isMap(node)) return node.entries.some(({ keySpan, value }) => keySpan.start === at || covers(value, at));
  if (isSeq(node)) return node.items.some((item) => covers(item, at));
  return isScalar(node) && node.span.start === at;
}

type Offer = Omit<SettingsCompletion, 'span'>;

function keysOf(schemas: readonly Schema[], taken: ReadonlySet<string>, colon: string): Offer[] {
  const allows = ({ properties = {} }: Schema) => [...taken].every((key) => Object.hasOwn(properties, key));
  const fitting = schemas.filter(allows);
  const properties = new Map(
    (fitting.length > 0 ? fitting : schemas).flatMap(({ properties = {} }) => Object.entries(properties)),
  );
  return [...properties]
    .filter(([key]) => !taken.has(key))
    .map(([label, property]) => {
      const { type, description = '', default: unset } = alternatives(property)[0]!;
      const kind = unset !== undefined ? `${unset} unless set` : kindOf(type);
      // A map or a list begins on the next line.
      const blank = colon !== '' && kind !== 'list' && kind !== 'map' ? ' ' : '';
      return { label, detail: kind, documentation: description, newText: label + colon + blank };
    });
}

function kindOf(type: string | readonly string[] = []): string {
  if (type.includes('array')) return 'list';
  return type.includes('object') ? 'map' : 'text';
}

function valuesOf(schemas: readonly Schema[]): Offer[] {
  return schemas.flatMap(({ enum: values = [], enumDescriptions = [], default: unset }) =>
    values.map((value, index) => ({
      label: value,
      detail: value === unset ? 'unless set' : '',
      documentation: enumDescriptions[index] ?? '',
      newText: value,
    })),
  );
}

/** The word that the cursor is in or at; empty at the cursor if there is none. */
function wordAt(text: string, offset: number): Span {
  const at = Math.max(0, Math.min(Math.trunc(offset) || 0, text.length));
  let start = at;
  let end = at;
  while (isWord(text[start - 1])) start--;
  while (isWord(text[end])) end++;
  // The hyphen before an item of a list belongs to no word.
  while (text[start] === '-') start++;
  return start > at ? { start: at, end: at } : { start, end };
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\w-]/.test(char);
}

/**
 * The text as it will be once the word is typed: with something where there is nothing yet, and with a colon where a
 * key begins its line, or else the parser would take it for a part of the lines around it.
 */
function finished(text: string, { start, end }: Span): string {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const before = start === 0 ? '' : text.slice(lineStart, start);
  const after = /[^\r\n]*/.exec(text.slice(end))![0];
  const isAlone = /^ *(?:- +)*$/.test(before) && /^(?:[ \t]*$|[ \t]+#)/.test(after);
  return text.slice(0, end) + (start === end ? 'x' : '') + (isAlone ? ':' : '') + text.slice(end);
}

/** The colon that a key at this place still needs. None within quotes, which are closed first. */
function colonAt(text: string, { start, end }: Span): '' | ':' {
  const isQuoted = text[start - 1] === '"' || text[start - 1] === "'";
  return isQuoted || /^[ \t]*:/.test(text.slice(end, end + 100)) ? '' : ':';
}
