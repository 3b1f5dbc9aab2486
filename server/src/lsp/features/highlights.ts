import type { DocumentHighlight, DocumentHighlightParams } from 'vscode-languageserver';
import { DocumentHighlightKind } from 'vscode-languageserver-types';
import { highlightsOf } from '../../core/features/references.ts';
import { feature } from '../feature.ts';
import { spotIn } from '../spotIn.ts';
import { toRange } from '../toLsp.ts';

/** The places of a document with the same meaning, and not all with the same digits. `null` leaves that to the editor. */
export const highlightsFeature = feature({
  method: 'textDocument/documentHighlight',
  answer(params: DocumentHighlightParams, { workspace }): DocumentHighlight[] | null {
    const seen = spotIn(params, workspace);
    if (!seen) return null;
    return highlightsOf(seen.spot, seen.index, seen.text).map(({ span, kind }) => ({
      range: toRange(seen.spot.file.lines, span),
      kind: kind === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  },
});
