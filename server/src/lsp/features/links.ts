import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { linksIn } from '../../core/features/links.ts';
import { basename } from '../../core/path.ts';
import { feature } from '../feature.ts';
import { pathOf, toFragment, toRange } from '../toLsp.ts';

/** From URLs to the services that they name. */
export const linksFeature = feature({
  method: 'textDocument/documentLink',
  answer({ textDocument }: DocumentLinkParams, { workspace, preferences }): DocumentLink[] {
    const path = pathOf(textDocument.uri);
    const seen = preferences.links ? workspace.look(path) : undefined;
    const text = workspace.document(path)?.getText();
    if (!seen || text === undefined) return [];
    return linksIn(seen.file, text, seen.index).flatMap(({ span, target, service }) => {
      const lines = workspace.lines(target.path);
      if (!lines) return [];
      const range = toRange(seen.file.lines, span);
      const uri = `${workspace.uri(target.path)}${toFragment(lines, target.span)}`;
      return [{ range, target: uri, tooltip: `Go to ${service} in ${basename(target.path)}` }];
    });
  },
});
