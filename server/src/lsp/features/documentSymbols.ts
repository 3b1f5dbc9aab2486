import type { DocumentSymbol, DocumentSymbolParams, SymbolInformation } from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver-types';
import { type Entry, outlineOf } from '../../core/features/outline.ts';
import type { LineMap } from '../../core/text.ts';
import { feature } from '../feature.ts';
import { pathOf, toRange } from '../toLsp.ts';

const KINDS: Readonly<Record<Entry['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  claim: SymbolKind.Constant,
  range: SymbolKind.Array,
  server: SymbolKind.Module,
  upstream: SymbolKind.Interface,
  member: SymbolKind.Field,
};

/** The outline of registries and of nginx files. */
export const documentSymbolsFeature = feature({
  method: 'textDocument/documentSymbol',
  answer(
    { textDocument }: DocumentSymbolParams,
    { workspace, client, preferences },
  ): DocumentSymbol[] | SymbolInformation[] {
    const path = pathOf(textDocument.uri);
    const seen = preferences.outline ? workspace.look(path) : undefined;
    if (!seen) return [];
    const entries = outlineOf(seen.file);
    const isNested = client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport;
    return isNested
      ? entries.map((entry) => toSymbol(entry, seen.file.lines))
      : entries.flatMap((entry) => flattened(entry, seen.file.lines, workspace.uri(path)));
  },
});

function toSymbol(entry: Entry, lines: LineMap): DocumentSymbol {
  const { name, detail, span, selection, children } = entry;
  return {
    name,
    ...(detail !== undefined && { detail }),
    kind: KINDS[entry.kind],
    range: toRange(lines, span),
    selectionRange: toRange(lines, selection),
    children: children.map((child) => toSymbol(child, lines)),
  };
}

function flattened(
  { name, kind, span, children }: Entry,
  lines: LineMap,
  uri: string,
  above?: string,
): SymbolInformation[] {
  const own = { name, kind: KINDS[kind], location: { uri, range: toRange(lines, span) } };
  const symbol = above === undefined ? own : { ...own, containerName: above };
  return [symbol, ...children.flatMap((child) => flattened(child, lines, uri, name))];
}
