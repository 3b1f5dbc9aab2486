import type { Hover, HoverParams } from 'vscode-languageserver';
import { hover } from '../../core/features/hover.ts';
import { feature } from '../feature.ts';
import { pathOf, toHover, toOffset } from '../toLsp.ts';

/** Who owns the port, or which ports the service has. */
export const hoverFeature = feature({
  method: 'textDocument/hover',
  answer({ textDocument, position }: HoverParams, { workspace, client, linkTo }): Hover | null {
    const path = pathOf(textDocument.uri);
    const seen = workspace.look(path);
    const { lines } = seen?.file ?? {};
    const found = lines && hover(seen!.index, path, toOffset(lines, position), linkTo);
    return found ? toHover(found, lines, client) : null;
  },
});
