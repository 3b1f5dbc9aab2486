import MarkdownIt from 'markdown-it';
import type { LineMap } from '../../text.ts';
import {
  type Block,
  fence,
  heading,
  type Line,
  lineAt,
  lineSpan,
  listItem,
  paragraph,
  table,
  underlined,
} from './blocks.ts';

/** Made when it is first used: plain documents are read without it. */
let parser: ReturnType<typeof newParser> | undefined;

function newParser() {
  const made = new MarkdownIt('commonmark').enable('table');
  made.core.ruler.enableOnly(['normalize', 'block']);
  return made;
}

/**
 * The blocks of some lines of a document as the library for markdown reads them, and whether the last one is still open
 * at their end, so that lines behind may belong to it, whatever they are.
 */
export function libraryBlocks(
  text: string,
  map: LineMap,
  first: number,
  end: number,
): { readonly blocks: Block[]; readonly isOpen: boolean } {
  const part = text.slice(map.lineStart(first), map.lineStart(end));
  const source = first === 0 ? part.replace(/^\uFEFF/, ' ') : part;
  parser ??= newParser();
  const blocks: Block[] = [];
  let depth = 0;
  let opened = -1;
  let isOpen = false;
  for (const { type, tag, info, markup, level, map: extent } of parser.parse(source, {})) {
    const [from, to] = extent ?? [0, 0];
    const each = <T>(of: (text: string, map: LineMap, line: number) => T): T[] =>
      Array.from({ length: to - from }, (_, i) => of(text, map, first + from + i));
    const lines = (): Line[] => each(lineAt);
    if (level === 0 && extent) isOpen = (type === 'fence' || type === 'html_block') && first + to >= end;
    if (type === 'list_item_open') {
      depth++;
      opened = from;
    } else if (type === 'list_item_close') depth--;
    else if (type === 'heading_open') {
      const size = Number(tag.slice(1));
      blocks.push(markup.startsWith('#') ? heading(lines()[0]!, size) : underlined(lines(), size));
    } else if (type === 'table_open') blocks.push(table(text, each(lineSpan)));
    else if (type === 'fence') blocks.push(fence(info, lines()));
    else if (type === 'code_block' && level === 0) blocks.push({ kind: 'fence', language: '', lines: lines() });
    else if (type === 'paragraph_open') blocks.push(from === opened ? listItem(lines(), depth) : paragraph(lines()));
  }
  return { blocks, isOpen };
}
