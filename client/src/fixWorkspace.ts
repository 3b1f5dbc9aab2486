import { commands, type Disposable, l10n, window, workspace } from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';

/** The command that makes every safe fix of the workspace. */
export function fixWorkspace(server: BaseLanguageClient): Disposable {
  return commands.registerCommand('portolan.fixWorkspace', () => fix(server));
}

/** The server marks the edits as in need of confirmation, so the preview opens first. */
async function fix(server: BaseLanguageClient): Promise<void> {
  const answer = await server.sendRequest<WorkspaceEdit | null>('portolan/fixAll');
  const edit = await server.protocol2CodeConverter.asWorkspaceEdit(answer);
  if (!edit || edit.size === 0) {
    void window.showInformationMessage(l10n.t('No port in this workspace has a fix that is safe to apply.'));
    return;
  }
  await workspace.applyEdit(edit, { isRefactoring: true });
}
