import type { SymbolInformation, WorkspaceSymbolParams } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver-types';
import { symbolsFor } from '../../core/features/symbols.ts';
import { feature } from '../feature.ts';
import { toLocations } from '../toLsp.ts';
import { inSlices } from '../workspace/slices.ts';

/** Claims, and services that publish ports, by name and by number. */
export const workspaceSymbolsFeature = feature({
  method: 'workspace/symbol',
  async answer({ query }: WorkspaceSymbolParams, { workspace }, cancel): Promise<SymbolInformation[]> {
    const found = await inSlices(symbolsFor(query, workspace.index), cancel);
    return found.flatMap(({ name, kind, container, ...place }) =>
      toLocations([place], workspace).map((location) => ({
        name,
        kind: kind === 'claim' ? SymbolKind.Constant : SymbolKind.Module,
        containerName: container,
        location,
      })),
    );
  },
});
