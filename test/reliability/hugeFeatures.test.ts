import { describe, expect, test } from 'vitest';
import { crowds } from '../support/crowds.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { isNightly, times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';
import { positionAt, rangeOf } from '../support/positions.ts';

/** An editor with a crowd of things in open files. */
interface Desk {
  readonly editor: Editor;
  readonly paths: readonly string[];
}

async function deskWith(files: Record<string, string>): Promise<Desk> {
  const root = folderWith(files);
  const editor = await startEditor({ folders: [root] });
  const paths = Object.keys(files).map((name) => `${root}/${name}`);
  for (const [n, text] of Object.values(files).entries()) await editor.open(paths[n]!, text);
  await editor.settled();
  return { editor, paths };
}

/** What editors ask of a place in a file, or of all of it. */
const requests: Record<string, (text: string) => object> = {
  hover: inTheMidst,
  definition: inTheMidst,
  references: (text) => ({ ...inTheMidst(text), context: { includeDeclaration: true } }),
  documentHighlight: inTheMidst,
  prepareRename: inTheMidst,
  rename: (text) => ({ ...inTheMidst(text), newName: '9' }),
  completion: inTheMidst,
  selectionRange: (text) => ({ positions: [inTheMidst(text).position] }),
  documentSymbol: () => ({}),
  documentLink: () => ({}),
  codeLens: () => ({}),
  inlayHint: (text) => ({ range: rangeOf(text, 0, text.length) }),
  codeAction: (text) => ({ range: rangeOf(text, 0, text.length), context: { diagnostics: [] } }),
};

/** On a number that has as many others before it as behind it. */
function inTheMidst(text: string) {
  const half = text.length >> 1;
  return { position: positionAt(text, half + Math.max(0, text.slice(half).search(/\b\d{4,5}\b/)) + 2) };
}

/** What may not be renamed is refused, which is an answer. */
function asked({ editor, paths }: Desk, method: string, params: readonly object[]): Promise<unknown> {
  return Promise.allSettled(paths.map((path, n) => editor.ask(method, path, params[n])));
}

describe.each(Object.entries(crowds))('%s', (_, filesOf) => {
  test('no request takes longer than the files are', { timeout: isNightly ? 0 : 120_000 }, async () => {
    const desks = new Map<number, Desk>();
    const slow: string[] = [];
    for (const [method, paramsOf] of Object.entries(requests)) {
      const ratio = await growth(
        async (count) => {
          const desk = desks.get(count) ?? (await deskWith(filesOf(count)));
          desks.set(count, desk);
          const params = desk.paths.map((path) => paramsOf(desk.editor.text(path)));
          return () => asked(desk, method, params);
        },
        times(200, 2000),
      );
      if (!isLinear(ratio)) slow.push(`${method}: ${ratio.toFixed(1)}`);
    }
    expect(slow).toEqual([]);
  });
});
