import type {
  ClientCapabilities,
  CompletionItem,
  CompletionParams,
  InsertReplaceEdit,
  TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { isConfig } from '../../configuration/configuration.ts';
import type { Completion } from '../../core/features/completion/completion.ts';
import { complete } from '../../core/features/completion/index.ts';
import { completeSettings } from '../../core/settings/settingsCompletion.ts';
import { feature } from '../feature.ts';
import { pathOf } from '../toLsp.ts';

/**
 * The port that belongs at a place, the next free ones, and the services that are not registered; in a `portolan.yaml`
 * its keys and values.
 */
export const completionFeature = feature({
  method: 'textDocument/completion',
  answer({ textDocument, position }: CompletionParams, { workspace, client }): CompletionItem[] | null {
    const path = pathOf(textDocument.uri);
    const document = workspace.document(path);
    if (!document) return null;
    const offset = document.offsetAt(position);
    const text = document.getText();
    const found: readonly Completion[] = isConfig(path)
      ? completeSettings(text, offset)
      : complete(workspace.indexFor(path), path, text, offset);
    return found.length > 0 ? found.map((one, rank) => toItem(one, rank, offset, document, client)) : null;
  },
});

function toItem(
  completion: Completion,
  rank: number,
  offset: number,
  document: TextDocument,
  client: ClientCapabilities,
): CompletionItem {
  const { label, detail, documentation, preselect } = completion;
  // Without it VS Code shows the detail of the selected item alone.
  const beside = client.textDocument?.completion?.completionItem?.labelDetailsSupport;
  return {
    label,
    detail,
    ...(beside && { labelDetails: { description: detail } }),
    documentation,
    kind: CompletionItemKind.Value,
    // Editors compare these as texts.
    sortText: String(rank).padStart(4, '0'),
    textEdit: toEdit(completion, offset, document, client),
    ...(preselect && { preselect }),
  };
}

/** Where the user may choose, what stands behind the cursor is kept or replaced; elsewhere it is replaced. */
function toEdit(
  { span, newText }: Completion,
  offset: number,
  document: TextDocument,
  { textDocument }: ClientCapabilities,
): TextEdit | InsertReplaceEdit {
  const start = document.positionAt(span.start);
  const replace = { start, end: document.positionAt(span.end) };
  if (!textDocument?.completion?.completionItem?.insertReplaceSupport) return { range: replace, newText };
  return { newText, insert: { start, end: document.positionAt(offset) }, replace };
}
