import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definitionsOf } from '../../core/features/navigation.ts';
import { feature } from '../feature.ts';
import { spotIn } from '../spotIn.ts';
import { toLocations } from '../toLsp.ts';

/** The row that gives a port, the place where a service listens, or the service itself. */
export const definitionFeature = feature({
  method: 'textDocument/definition',
  answer(params: DefinitionParams, { workspace }): Location[] {
    const seen = spotIn(params, workspace);
    return seen ? toLocations(definitionsOf(seen.spot, seen.index), workspace) : [];
  },
});
