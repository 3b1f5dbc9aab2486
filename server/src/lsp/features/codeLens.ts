import type { ClientCapabilities, CodeLens, CodeLensParams, Command } from 'vscode-languageserver';
import { type Lens, lensesOf } from '../../core/features/lenses.ts';
import { basename } from '../../core/path.ts';
import { Failure } from '../failure.ts';
import { feature } from '../feature.ts';
import { pathOf, toLocations, toRange } from '../toLsp.ts';
import { inSlices } from '../workspace/slices.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** How often the ports of a registry are used. */
export const codeLensFeature = feature({
  method: 'textDocument/codeLens',
  async answer({ textDocument }: CodeLensParams, { workspace, client, preferences }, cancel): Promise<CodeLens[]> {
    const path = pathOf(textDocument.uri);
    const seen = preferences.codeLens ? workspace.look(path) : undefined;
    if (!seen) return [];
    const lenses = await inSlices(lensesOf(seen.file, seen.index), cancel);
    if (workspace.look(path)?.file !== seen.file)
      throw new Failure('contentModified', `${basename(path)} has changed since it was asked about.`);
    return lenses.map((lens) => {
      const range = toRange(seen.file.lines, lens.span);
      return { range, command: commandOf(lens, range.start, workspace, client) };
    });
  },
});

/**
 * A client that can show references says so by `experimental.portolan.showReferences`, for the protocol has no command
 * of its own for it. For the others the words alone are shown.
 */
function commandOf(
  { title, path, references }: Lens,
  position: CodeLens['range']['start'],
  workspace: Workspace,
  { experimental }: ClientCapabilities,
): Command {
  if (!experimental?.portolan?.showReferences || references.length === 0) return { title, command: '' };
  const locations = toLocations(references, workspace);
  return { title, command: 'portolan.showReferences', arguments: [workspace.uri(path), position, locations] };
}
