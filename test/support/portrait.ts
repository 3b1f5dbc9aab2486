import { uriOf } from '../../server/src/lsp/toLsp.ts';
import type { Desk } from './desk.ts';
import { positionAt, rangeOf } from './positions.ts';

/** How many places of a document are asked about. */
const PLACES = 12;

/**
 * All that a server says of a workspace once nothing is left to be done: its diagnostics, and its answers about every
 * open document and many places in each. Two servers that know the same say the same.
 */
export async function portrait(desk: Desk, root: string): Promise<Map<string, unknown>> {
  const said = new Map<string, unknown>();
  const note = async (name: string, method: string, params: object = {}) =>
    said.set(name, await desk.ask(method, params));
  await note('all fixes', 'portolan/fixAll'); // waits for all other work
  for (const { uri, diagnostics } of desk.editor.published.values()) {
    if (diagnostics.length > 0) said.set(`diagnostics of ${uri}`, diagnostics);
  }
  await Promise.all([
    ...['overview', 'services', 'free', 'status'].map((name) => note(name, `portolan/${name}`)),
    note('draft', 'portolan/draft', { folder: uriOf(root) }),
    ...['', 'a', '9'].map((query) => note(`symbols ${query}`, 'workspace/symbol', { query })),
    ...desk.paths().map((path) => noteDocument(path, desk, note)),
  ]);
  return said;
}

type Note = (name: string, method: string, params: object) => Promise<unknown>;

async function noteDocument(path: string, desk: Desk, note: Note): Promise<void> {
  const { text } = desk.sheet(path);
  const textDocument = { uri: uriOf(path) };
  const range = rangeOf(text, 0, text.length);
  const ofDocument = ['documentSymbol', 'codeLens', 'documentLink', 'inlayHint'];
  const only = { diagnostics: [], only: ['quickfix', 'source.fixAll'] };
  await Promise.all([
    ...ofDocument.map((method) => note(`${method} ${path}`, `textDocument/${method}`, { textDocument, range })),
    note(`codeAction ${path}`, 'textDocument/codeAction', { textDocument, range, context: only }),
    ...placesIn(text).flatMap((offset) => {
      const position = positionAt(text, offset);
      const ofPlace = ['hover', 'definition', 'references', 'documentHighlight', 'prepareRename', 'completion'];
      return ofPlace.map((method) => {
        const params = { textDocument, position, context: { includeDeclaration: true } };
        return note(`${method} ${path} ${offset}`, `textDocument/${method}`, params);
      });
    }),
  ]);
}

/** Places of numbers and names, from everywhere in a text. */
function placesIn(text: string): number[] {
  const all = [...text.matchAll(/\d{2,5}|[a-z][a-z-]{3,}/g)].map(({ index }) => index + 1);
  const step = Math.max(1, all.length / PLACES);
  return Array.from({ length: Math.min(PLACES, all.length) }, (_, n) => all[Math.floor(n * step)]!);
}

/** Where two portraits first differ in each of their parts, as `part/place: one ≠ other`. */
export function differences(one: Map<string, unknown>, other: Map<string, unknown>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((part) => {
    const difference = firstDifference(one.get(part), other.get(part));
    return difference === undefined ? [] : [part + difference];
  });
}

function firstDifference(one: unknown, other: unknown): string | undefined {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  if (a === b) return undefined;
  if (isRecord(one) && isRecord(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const difference = firstDifference(one[key], other[key]);
      if (difference !== undefined) return `/${key}${difference}`;
    }
  }
  return `: ${a} ≠ ${b}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
