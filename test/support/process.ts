import type { ChildProcess } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { Editor } from './editor.ts';

/** An editor whose server is a process of its own. */
export class Guest {
  readonly editor: Editor;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout!),
      new StreamMessageWriter(child.stdin!),
    );
    onTestFinished(() => connection.dispose());
    this.editor = new Editor(connection, {});
  }

  get pid(): number {
    return this.#child.pid!;
  }
}
