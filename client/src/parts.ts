import type { Disposable, ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { draftRegistry } from './draft.ts';
import { fixWorkspace } from './fixWorkspace.ts';
import { showStatus } from './status.ts';

/** Something that the extension adds to the editor beyond the language server's own features. */
export type Part = (server: BaseLanguageClient, context: ExtensionContext) => Disposable;

/** All of them. */
export const parts: readonly Part[] = [showStatus, fixWorkspace, draftRegistry];
