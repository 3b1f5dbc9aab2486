import type { Disposable, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { serveFiles } from './files.ts';
import { fixWorkspace } from './fixWorkspace.ts';
import { showReferences } from './showReferences.ts';
import { showStatus } from './status.ts';

/** Something that the extension adds to the editor beyond the language server's own features. */
export type Part = (server: BaseLanguageClient, context: ExtensionContext) => Disposable;

/** All of them. */
export const parts: readonly Part[] = [showStatus, fixWorkspace, showReferences, serveFiles];
