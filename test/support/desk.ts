import { type Diagnostic, ResponseError, type WorkspaceEdit } from 'vscode-languageserver/node';
import { pathOf, uriOf } from '../../server/src/lsp/toLsp.ts';
import type { Editor } from './editor.ts';
import { type Encoding, offsetAt, rangeOf } from './positions.ts';
import { type Stroke, typed } from './typing.ts';

interface Sheet {
  readonly text: string;
  readonly version: number;
}

/** The open documents of an editor, in which the server's own notions of text, line and version play no part. */
export class Desk {
  readonly editor: Editor;
  readonly #encoding: Encoding;
  readonly #sheets = new Map<string, Sheet>();

  constructor(editor: Editor, encoding: Encoding = 'utf-16') {
    this.editor = editor;
    this.#encoding = encoding;
  }

  /** The paths of the open documents. */
  paths(): string[] {
    return [...this.#sheets.keys()];
  }

  /** An open document as it is now. */
  sheet(path: string): Sheet {
    return this.#sheets.get(path)!;
  }

  open(path: string, text: string, version = 1): Promise<void> {
    this.#sheets.set(path, { text, version });
    const textDocument = { uri: uriOf(path), languageId: 'plaintext', version, text };
    return this.editor.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  close(path: string): Promise<void> {
    this.#sheets.delete(path);
    return this.editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } });
  }

  /** Makes changes one after the other, and tells them together. */
  type(path: string, ...strokes: readonly Stroke[]): Promise<void> {
    let { text } = this.sheet(path);
    const contentChanges = strokes.map((stroke) => {
      const range = rangeOf(text, stroke.start, stroke.end, this.#encoding);
      text = typed(text, stroke);
      return { range, text: stroke.newText };
    });
    return this.#change(path, text, contentChanges);
  }

  /** Replaces the whole text without saying where. */
  rewrite(path: string, text: string): Promise<void> {
    return this.#change(path, text, [{ text }]);
  }

  /**
   * What an edit makes of documents, and of closed files by their texts; `undefined` if it is for a version that is
   * gone. Changes nothing here.
   */
  edited(edit: WorkspaceEdit, closed: Readonly<Record<string, string>> = {}): Record<string, string> | undefined {
    const result: Record<string, string> = {};
    for (const change of edit.documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error('Only edits of texts are expected.');
      const path = pathOf(change.textDocument.uri);
      const sheet = this.#sheets.get(path);
      if (change.textDocument.version !== (sheet?.version ?? null)) return undefined;
      const text = sheet?.text ?? closed[path]!;
      const strokes = change.edits.map((one) => ({
        start: offsetAt(text, one.range.start, this.#encoding),
        end: offsetAt(text, one.range.end, this.#encoding),
        newText: 'newText' in one ? one.newText : one.snippet.value,
      }));
      result[path] = strokes.sort((a, b) => b.start - a.start).reduce(typed, text);
    }
    return result;
  }

  diagnostics(path: string): Diagnostic[] {
    return this.editor.diagnostics(path);
  }

  /** The answer to a request; a refusal is an answer, too. */
  async ask<T>(method: string, params: object = {}): Promise<T | { refused: number; message: string }> {
    try {
      return await this.editor.connection.sendRequest<T>(method, params);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      return { refused: error.code, message: error.message };
    }
  }

  #change(path: string, text: string, contentChanges: readonly object[]): Promise<void> {
    const version = this.sheet(path).version + 1;
    this.#sheets.set(path, { text, version });
    const textDocument = { uri: uriOf(path), version };
    return this.editor.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }
}
