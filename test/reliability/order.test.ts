import { expect, test } from 'vitest';
import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Desk } from '../support/desk.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { pair } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { compose, registry } from '../support/harbour.ts';

const names = ['PORTS.md', 'compose.yaml'] as const;
const originals = { 'PORTS.md': registry, 'compose.yaml': compose };

/** A machine whose disk answers after a while: a later reading may well come first. */
function slowDisk(dice: Dice): Host {
  const slow = async (read: Promise<string | undefined>) => {
    const text = await read;
    await new Promise((resolve) => setTimeout(resolve, dice.below(10)));
    return text;
  };
  return {
    ...nodeHost,
    readFile: (path) => slow(nodeHost.readFile(path)),
    folder(path, selection) {
      const folder = nodeHost.folder(path, selection);
      return {
        path: folder.path,
        files: () => folder.files(),
        accepts: (file) => folder.accepts(file),
        skips: (file) => folder.skips(file),
        readFile: (file) => slow(folder.readFile(file)),
      };
    },
  };
}

/** Another port somewhere in a text. */
function altered(text: string, dice: Dice): string {
  const port = dice.one(['9006', '9007', '9010', '9011']);
  const all = [...text.matchAll(/\b90\d\d\b/g)];
  const { index } = dice.one(all);
  return text.slice(0, index) + port + text.slice(index + 4);
}

/** Something happens to a file, in the editor or on disk, and the server may be told before or after. */
async function happen(root: string, desk: Desk, versions: Map<string, number>, dice: Dice): Promise<void> {
  const name = dice.one(names);
  const path = `${root}/${name}`;
  const isOpen = desk.paths().includes(path);
  const way = dice.below(5);
  if (way === 0 && isOpen) {
    versions.set(path, desk.sheet(path).version);
    await desk.close(path);
  } else if (way <= 1 && !isOpen) {
    await desk.open(path, altered(originals[name], dice), (versions.get(path) ?? 0) + 1);
  } else if (way <= 3 && isOpen) {
    await desk.rewrite(path, altered(desk.sheet(path).text, dice));
  } else {
    writeAt(root, { [name]: altered(originals[name], dice) });
    const [line, character] = [4, 12];
    const range = { start: { line, character: 0 }, end: { line, character } };
    const textDocument = { uri: uriOf(`${root}/compose.yaml`) };
    // A code action reads what it would change once more, besides the reading that the event brings about.
    if (dice.chance(0.7))
      void desk.ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
    await desk.editor.watched({ [path]: 2 });
    if (dice.chance(0.7))
      void desk.ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
  }
  for (let turns = dice.below(4); turns > 0; turns--) await new Promise(setImmediate);
}

async function said(root: string, desk: Desk): Promise<string> {
  await desk.editor.settled();
  return JSON.stringify(names.map((name) => desk.diagnostics(`${root}/${name}`)));
}

/** Shuffles events in one run, and tells what is wrong at its end. */
async function shuffled(run: number): Promise<string[]> {
  const dice = new Dice(seed + run);
  const root = folderWith(originals);
  const { editor, dispose } = pair(undefined, slowDisk(dice));
  const desk = new Desk(await editor.start({ folders: [root] }));
  const versions = new Map<string, number>();
  for (let n = 0; n < 15; n++) await happen(root, desk, versions, dice);
  const last = await said(root, desk);

  const other = pair();
  const fresh = new Desk(await other.editor.start({ folders: [root] }));
  for (const path of desk.paths()) await fresh.open(path, desk.sheet(path).text);
  const expected = await said(root, fresh);
  const wrong = last === expected ? [] : [`run ${run}: ${last} instead of ${expected}`];
  for (const name of names) {
    const told = editor.history.filter(({ uri }) => uri === uriOf(`${root}/${name}`));
    const order = told.flatMap(({ version }) => version ?? []);
    if (order.some((version, n) => version < (order[n - 1] ?? 0))) wrong.push(`run ${run}: ${name} ${order}`);
  }
  dispose();
  other.dispose();
  return wrong;
}

test('older diagnostics never come after newer ones', async () => {
  const wrong: string[] = [];
  for (let run = 0; run < times(30, 1000); run += 10) {
    const ten = Array.from({ length: 10 }, (_, n) => shuffled(run + n));
    wrong.push(...(await Promise.all(ten)).flat());
  }
  expect(wrong).toEqual([]);
});
