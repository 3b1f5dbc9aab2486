import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { hintsIn } from '../../core/features/hints.ts';
import { feature } from '../feature.ts';
import { pathOf, toOffset, toPosition } from '../toLsp.ts';

/** Owners and resolved variables behind ports. */
export const inlayHintsFeature = feature({
  method: 'textDocument/inlayHint',
  answer({ textDocument, range }: InlayHintParams, { workspace, preferences }): InlayHint[] {
    const path = pathOf(textDocument.uri);
    const seen = preferences.inlayHints ? workspace.look(path) : undefined;
    const text = workspace.document(path)?.getText();
    if (!seen || text === undefined) return [];
    const { lines } = seen.file;
    const stretch = { start: toOffset(lines, range.start), end: toOffset(lines, range.end) };
    return hintsIn(seen.file, stretch, text, seen.index).map(({ offset, label, tooltip }) => ({
      position: toPosition(lines, offset),
      label,
      tooltip,
      paddingLeft: true,
    }));
  },
});
