import type { Location, ReferenceParams } from 'vscode-languageserver';
import { referencesOf } from '../../core/features/references.ts';
import { feature } from '../feature.ts';
import { spotIn } from '../spotIn.ts';
import { toLocations } from '../toLsp.ts';
import { inSlices } from '../workspace/slices.ts';

/** All places of the same port of the same service. */
export const referencesFeature = feature({
  method: 'textDocument/references',
  async answer(params: ReferenceParams, { workspace }, cancel): Promise<Location[]> {
    const seen = spotIn(params, workspace);
    const found = seen ? await inSlices(referencesOf(seen.spot, seen.index), cancel) : [];
    const wanted = found.filter(({ kind }) => params.context?.includeDeclaration !== false || kind === 'use');
    return toLocations(wanted, workspace);
  },
});
