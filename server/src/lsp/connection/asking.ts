import type { CancellationToken, TextDocumentPositionParams } from 'vscode-languageserver';
import { cancelled, Failure } from '../failure.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isPosition: Check = (value) => has(value, 'line', isNumber) && has(value, 'character', isNumber);
const isNumber: Check = (value) => typeof value === 'number';

/** What the members of parameters are, by their names in the protocol. */
const members: Readonly<Record<string, Check>> = {
  textDocument: (value) => has(value, 'uri', isText),
  position: isPosition,
  positions: (value) => Array.isArray(value) && value.every(isPosition),
  range: (value) => has(value, 'start', isPosition) && has(value, 'end', isPosition),
  context: (value) => has(value, 'only', (only) => !only || (Array.isArray(only) && only.every(isText))),
  newName: isText,
  query: isText,
  uri: isText,
  folder: isText,
  port: isNumber,
};

const place = ['textDocument', 'position'];

/** The members without which a request cannot be answered. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'textDocument/hover': place,
  'textDocument/completion': place,
  'textDocument/definition': place,
  'textDocument/references': place,
  'textDocument/documentHighlight': place,
  'textDocument/prepareRename': place,
  'textDocument/rename': [...place, 'newName'],
  'textDocument/codeAction': ['textDocument', 'range', 'context'],
  'textDocument/inlayHint': ['textDocument', 'range'],
  'textDocument/selectionRange': ['textDocument', 'positions'],
  'textDocument/codeLens': ['textDocument'],
  'textDocument/documentLink': ['textDocument'],
  'textDocument/documentSymbol': ['textDocument'],
  'workspace/symbol': ['query'],
  'portolan/draft': ['folder'],
  'portolan/move': ['uri', 'position', 'port'],
};

/**
 * Looks whether a request has the parameters that it needs.
 * @throws when it has not
 */
export function validate(method: string, params: unknown): void {
  const missing = (needed[method] ?? []).find((name) => !has(params, name, members[name]!));
  if (missing !== undefined) throw new Failure('invalidParams', `${method} needs a \`${missing}\`.`);
}

function has(value: unknown, name: string, check: Check): boolean {
  return typeof value === 'object' && value !== null && check((value as Record<string, unknown>)[name]);
}

/** The document that a request is about. */
export function documentOf(params: unknown): string | undefined {
  return has(params, 'textDocument', members.textDocument!)
    ? (params as TextDocumentPositionParams).textDocument.uri
    : undefined;
}

/** An answer, unless the client stops waiting for it first. */
export function unlessCancelled<T>(answer: Promise<T>, cancel: CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(cancelled());
    const listening = cancel.onCancellationRequested(refuse);
    void answer.then(resolve, reject).finally(() => listening.dispose());
  });
}
