import {
  commands,
  type Disposable,
  l10n,
  Range,
  Uri,
  WorkspaceEdit,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Draft } from '../../server/src/lsp/features/draft.ts';

/** The command that drafts a registry from the ports that a folder's files take. */
export function draftRegistry(server: BaseLanguageClient): Disposable {
  return commands.registerCommand('portolan.draftRegistry', () => draft(server));
}

/** Opens the draft as a document that is not saved, under the name that makes it a registry once it is. */
async function draft(server: BaseLanguageClient): Promise<void> {
  const folder = await chosenFolder();
  if (!folder) return;
  const uri = server.code2ProtocolConverter.asUri(folder.uri);
  const drafted = await server.sendRequest<Draft | null>('portolan/draft', { folder: uri });
  if (!drafted) {
    const message = l10n.t(
      'No compose or nginx file in {0} takes a port of its host, so there is nothing to register.',
      folder.name,
    );
    void window.showInformationMessage(message);
    return;
  }
  const place = Uri.parse(drafted.uri).with({ scheme: 'untitled' });
  const document = await workspace.openTextDocument(place);
  const all = new Range(document.positionAt(0), document.positionAt(document.getText().length));
  const edit = new WorkspaceEdit();
  edit.replace(place, all, drafted.text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document);
}

/** The only folder, or the one that the user chooses. */
async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return window.showWorkspaceFolderPick({ placeHolder: l10n.t('The folder whose ports the registry is to list') });
  }
  if (folders.length === 0) {
    void window.showInformationMessage(l10n.t('Open a folder first: the registry is drafted from its files.'));
  }
  return folders[0];
}
