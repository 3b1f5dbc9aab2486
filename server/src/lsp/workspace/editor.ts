import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Indexing } from './indexing.ts';

/** What the workspace tells the editor, unasked. */
export interface Editor {
  /** Whether it tells when files change on disk. */
  readonly watches: boolean;
  publish(params: PublishDiagnosticsParams): void;
  log(message: string): void;
  /** The files of the workspace are being read. */
  indexing(reading: Indexing): void;
  /** For the moment everything has been read and checked. */
  settled(): void;
}
