import { complete } from '../../server/src/core/features/completion/index.ts';
import { filesOf, indexOf } from './workspace.ts';

/** Stands in a picture where the cursor is; a `|` would be a cell's end. */
const CURSOR = '‸';

/**
 * What is offered at the `‸` of a workspace drawn in one string, `--- path` above each file: `9006: detail`, with a `*`
 * in front of what is preselected.
 */
export function offered(picture: string): string[] {
  return at(picture).items.map(({ label, detail, preselect }) => `${preselect ? '* ' : ''}${label}: ${detail}`);
}

/** The text of the file with the cursor after one of the items is taken. */
export function taken(picture: string, label: string): string {
  const { text, items } = at(picture);
  const item = items.find((one) => one.label === label);
  if (!item) throw new Error(`${label} is not offered among ${items.map((one) => one.label)}`);
  return text.slice(0, item.span.start) + item.newText + text.slice(item.span.end);
}

function at(picture: string) {
  const drawn = filesOf(picture);
  const files = new Map([...drawn].map(([path, text]) => [path, text.replace(CURSOR, '')]));
  const [path, text] = [...drawn].find(([, file]) => file.includes(CURSOR))!;
  const plain = files.get(path)!;
  return { text: plain, items: complete(indexOf(files), path, plain, text.indexOf(CURSOR)) };
}
