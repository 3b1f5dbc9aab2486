import type { Disposable, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { draftRegistry } from './draft.ts';
import { serveFiles } from './files.ts';
import { fixWorkspace } from './fixWorkspace.ts';
import type { Machine } from './machine.ts';
import { moveService } from './move.ts';
import { nextFreePort } from './nextFreePort.ts';
import { seePorts } from './ports/index.ts';
import { showReferences } from './showReferences.ts';
import { showStatus } from './status.ts';

/** Something that the extension adds to the editor beyond the language server's own features. */
export type Part = (server: BaseLanguageClient, context: ExtensionContext, machine?: Machine) => Disposable;

/** All of them. */
export const parts: readonly Part[] = [
  showStatus,
  fixWorkspace,
  showReferences,
  serveFiles,
  seePorts,
  moveService,
  nextFreePort,
  draftRegistry,
];
