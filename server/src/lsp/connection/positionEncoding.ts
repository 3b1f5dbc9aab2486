import type {
  ClientCapabilities,
  Position,
  PositionEncodingKind,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineMap } from '../../core/text.ts';

/** In what the server counts the characters of a line, as every client must be able to. */
export const NATIVE: PositionEncodingKind = 'utf-16';

/** How many units a character takes, by its code point. */
const unitsOf: Readonly<Record<PositionEncodingKind, (codePoint: number) => number>> = {
  'utf-8': (code) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4),
  'utf-16': (code) => (code < 0x10000 ? 1 : 2),
  'utf-32': () => 1,
};

/**
 * In what client and server count: UTF-16 code units, unless the client says that it cannot.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#positionEncodingKind
 */
export function chosenEncoding({ general }: ClientCapabilities): PositionEncodingKind {
  const told: unknown = general?.positionEncodings;
  const offered: readonly string[] = Array.isArray(told) ? told : [];
  if (offered.includes(NATIVE)) return NATIVE;
  return offered.find((encoding) => Object.hasOwn(unitsOf, encoding)) ?? NATIVE;
}

/** Changes a document as a client says that counts in an encoding. */
export function update(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: PositionEncodingKind,
): TextDocument {
  if (encoding === NATIVE) return TextDocument.update(document, [...changes], version);
  for (const change of changes) {
    const lines = new Lines(document.getText());
    const at = (position: Position) => lines.recount(position, encoding, NATIVE);
    const translated =
      'range' in change
        ? { text: change.text, range: { start: at(change.range.start), end: at(change.range.end) } }
        : change;
    TextDocument.update(document, [translated], version);
  }
  return document;
}

/** Where the texts come from in which positions lie, by URI. */
interface Sources {
  /** An open document, as of now. */
  open(uri: string): string | undefined;
  /** Another file. */
  read(uri: string): Promise<string | undefined>;
}

/**
 * Translates all positions of a message between the client's encoding and UTF-16, in which the server counts. A position
 * lies in the document that the nearest `uri` or `textDocument` around it names. For a client that counts UTF-16, as
 * nearly all do, it does nothing. The places that `portolan/overview` answers are always in UTF-16.
 */
export class PositionEncoding {
  readonly #kind: PositionEncodingKind;
  readonly #sources: Sources;

  constructor(kind: PositionEncodingKind, sources: Sources) {
    this.#kind = kind;
    this.#sources = sources;
  }

  /** Whether nothing has to be translated. */
  get isNative(): boolean {
    return this.#kind === NATIVE;
  }

  /** What the client has sent, in UTF-16. */
  async received<T>(params: T): Promise<T> {
    return this.isNative ? params : this.#translate(params, '', this.#kind, NATIVE);
  }

  /**
   * What the client is sent, in its own encoding.
   * @param uri the document in which positions lie that name none
   */
  async sent<T>(message: T, uri = ''): Promise<T> {
    return this.isNative ? message : this.#translate(message, uri, NATIVE, this.#kind);
  }

  /** The texts are those of the moment of the call. */
  async #translate<T>(message: T, uri: string, from: string, to: string): Promise<T> {
    const uris = new Set<string>();
    mapPositions(message, uri, (position, of) => {
      uris.add(of);
      return position;
    });
    const texts = [...uris].map((of) => [of, this.#sources.open(of) ?? this.#sources.read(of)] as const);
    const lines = new Map<string, Lines>();
    for (const [of, source] of texts) {
      const text = await source;
      if (text !== undefined) lines.set(of, new Lines(text));
    }
    const recount: Change = (position, of) => lines.get(of)?.recount(position, from, to) ?? position;
    return mapPositions(message, uri, recount) as T;
  }
}

/** The lines of a text, in which characters can be counted in several ways. */
class Lines {
  readonly #text: string;
  readonly #map: LineMap;

  constructor(text: string) {
    this.#text = text;
    this.#map = new LineMap(text);
  }

  /** The same position in another encoding; one behind the end of its line is at the end. */
  recount({ line, character }: Position, from: string, to: string): Position {
    let [counted, recounted] = [0, 0];
    for (const letter of this.#text.slice(this.#map.lineStart(line), this.#map.lineStart(line + 1))) {
      if (counted >= character) break;
      const code = letter.codePointAt(0)!;
      counted += unitsOf[from]!(code);
      recounted += unitsOf[to]!(code);
    }
    return { line, character: recounted };
  }
}

type Change = (position: Position, uri: string) => Position;

/** A message with each of its positions replaced. */
function mapPositions(value: unknown, uri: string, change: Change): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (Array.isArray(value)) return value.map((item) => mapPositions(item, uri, change));
  if (isPosition(value)) return change(value, uri);
  const own = uriIn(value) ?? uri;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapPositions(item, isUri(key) ? key : own, change)]),
  );
}

function isPosition(value: object): value is Position {
  return 'line' in value && 'character' in value && typeof value.character === 'number';
}

/** The document or folder that something is about. */
export function uriIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('uri' in value && typeof value.uri === 'string') return value.uri;
  return 'textDocument' in value ? uriIn(value.textDocument) : undefined;
}

/** Edits without versions stand under the URI of their document. */
function isUri(key: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(key);
}
