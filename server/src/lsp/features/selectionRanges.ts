import type { Position, SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { stretchesAround } from '../../core/features/selection.ts';
import { feature } from '../feature.ts';
import { spotIn } from '../spotIn.ts';
import { toRange } from '../toLsp.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** How a selection grows from a port. */
export const selectionRangesFeature = feature({
  method: 'textDocument/selectionRange',
  answer: ({ textDocument, positions }: SelectionRangeParams, { workspace }): SelectionRange[] =>
    positions.map((position) => selectionRange({ textDocument, position }, workspace)),
});

/** Every position has to have a range. Where nothing is known it is an empty one, to which other providers add theirs. */
function selectionRange(
  at: { readonly textDocument: { readonly uri: string }; readonly position: Position },
  workspace: Workspace,
): SelectionRange {
  const seen = spotIn(at, workspace);
  const stretches = seen?.text === undefined ? [] : stretchesAround(seen.spot, seen.text);
  const ranges = stretches.map((span) => toRange(seen!.spot.file.lines, span));
  const grown = ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => ({ range, ...(parent && { parent }) }),
    undefined,
  );
  return grown ?? { range: { start: at.position, end: at.position } };
}
