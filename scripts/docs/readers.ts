import type { FileKind } from '../../server/src/core/facts.ts';
import { readers } from '../../server/src/core/readers/index.ts';
import { code, listed, summaryOf, table, titleOf, withParagraph } from './markdown.ts';

/** Every kind of file that is read, in the order of the readers. */
export const kinds: readonly FileKind[] = [...new Set(readers.map(({ kind }) => kind))];

/**
 * The pages of the kinds of files. They are written by hand, and their examples run as tests; made from the readers and
 * from what the examples show is the paragraph that tells which files are looked into, and what is found there.
 */
export function readerPages(written: (path: string) => string | undefined): [path: string, page: string][] {
  return kinds.map((kind) => {
    const path = `docs/readers/${kind}.md`;
    const page = written(path) ?? `# ${kind}\n`;
    const found = rolesIn(page);
    const roles = found.length > 0 ? ` Found in them: ${listed(found)}.` : '';
    return [path, withParagraph(page, 'Files: ', `${listed(globsOf(kind).map(code))}.${roles}`)];
  });
}

function globsOf(kind: FileKind): string[] {
  return readers.filter((reader) => reader.kind === kind).flatMap(({ globs }) => globs);
}

/** `published (host)`, as the examples of a page have it below their carets. */
function rolesIn(page: string): string[] {
  const sides = new Map<string, Set<string>>();
  for (const [, role = '', side = ''] of page.matchAll(/^ *\^+ ([a-z]+) [\d?][^ ]* (host|container|any)\b/gm)) {
    sides.set(role, (sides.get(role) ?? new Set()).add(side));
  }
  return [...sides].map(([role, found]) => `${role} (${[...found].sort().reverse().join(', ')})`);
}

/** @param vocabulary the text of facts.ts, in which each role has a comment */
export function readerIndex(pages: ReadonlyMap<string, string>, vocabulary: string): string {
  const rows = kinds.map((kind) => {
    const page = pages.get(`docs/readers/${kind}.md`) ?? '';
    return [`[${titleOf(page)}](${kind}.md)`, summaryOf(page)];
  });
  const roles = (type: string) => table(['role', ''], rolesOf(type, vocabulary));
  return `# Files that are read

Portolan looks for ports in these kinds of files. It tells them by their names and their content, reads them, and runs none.

${table(['files', ''], rows)}
Which of them lie in a folder, and what is found in each, \`portolan facts\` prints. What \`.gitignore\` names is left out, as are archives, backups and the work of others; [\`include\`](../settings/include.md) and [\`exclude\`](../settings/exclude.md) change that.

## How to read the examples

Below a port stands what Portolan takes it for: its role, the port, the side on which it counts, and the service whose port it is, or \`-\` where the file does not tell.

\`\`\`text
    ports:
      - "9006:8000"
         ^^^^ published 9006 host berth-planner
              ^^^^ target 8000 container berth-planner
\`\`\`

What has nothing below it is not taken for a port. Further words tell more: \`via\` the variable that decides, \`host\` the host of an address, \`within\` the service in which the address stands, \`variable\` a value that compose files take. All examples run as tests.

There are three sides. \`host\` is what others reach from outside, \`container\` is what the process listens on inside of its container, and \`any\` means that the file does not tell. A port on one side is never compared with one on the other.

## What a configuration file does

${roles('UseRole')}
## What a registry says

${roles('ClaimRole')}`;
}

/** The members of a union of texts, each with the comment above it. */
export function rolesOf(type: string, vocabulary: string): [role: string, text: string][] {
  const [, union = ''] = new RegExp(`type ${type} =\\n(.*?);`, 's').exec(vocabulary) ?? [];
  return [...union.matchAll(/^ {2}\/\*\* (.*) \*\/\n {2}\| '([a-z]+)'/gm)].map(([, text = '', role = '']) => [
    role,
    text,
  ]);
}
