import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { type Spot, spotAt } from '../core/features/spot.ts';
import type { Index } from '../core/model/index.ts';
import { pathOf, toOffset } from './toLsp.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What stands at the place that a request asks about, with the text of the document if it is open. */
export function spotIn(
  { textDocument, position }: TextDocumentPositionParams,
  workspace: Workspace,
): { spot: Spot; index: Index; text: string | undefined } | undefined {
  const path = pathOf(textDocument.uri);
  const seen = workspace.look(path);
  if (!seen) return undefined;
  const text = workspace.document(path)?.getText();
  const spot = spotAt(seen.index, path, toOffset(seen.file.lines, position), text);
  return spot && { spot, index: seen.index, text };
}
