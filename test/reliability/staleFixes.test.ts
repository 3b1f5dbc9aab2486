import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Desk } from '../support/desk.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { rangeOf } from '../support/positions.ts';

/** Services with wrong ports between any lines: no port is written twice, so that it tells its place. */
function drawn(services: readonly number[], dice: Dice): string {
  const noise = () => dice.one(['', '# 🚢 by the pier\n', '# 9\r\n', '\n', '# x\u2028y\n']);
  const one = (n: number) =>
    `${noise()}  pier-${n}:\n    image: x\n    ports: ["${9500 + n}:80"] # ${'·'.repeat(dice.below(4))}\n`;
  return `services:\n${services.map(one).join('')}${noise()}`;
}

/** A registry that gives the services other ports, from time to time again others. */
function registry(shift: number): string {
  const rows = Array.from({ length: 6 }, (_, n) => `| pier-${n} | ${9100 + 100 * shift + n} |`);
  return `# Ports\n\n| Service | Port |\n| --- | --- |\n${rows.join('\n')}\n`;
}

/** Text that is put between the lines of a compose file, wherever it begins with them. */
function inserted(text: string, dice: Dice): { start: number; end: number; newText: string } {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  const at = dice.one(ends);
  return { start: at, end: at, newText: dice.one(['# more\n', '\n', '# ⚓️\r\n']) };
}

/** Whether an edited text differs from the other in ports alone: that of a service in place of its wrong one. */
function isRight(before: string, after: string): boolean {
  const plain = (text: string) => text.replace(/\b9[1235]0(\d):80/g, 'port of $1');
  return after !== before && plain(after) === plain(before);
}

test('an edit that comes late is refused by its version, and one that is made is right to the byte', async () => {
  const dice = new Dice(seed);
  const root = folderWith({
    'PORTS.md': registry(0),
    'a/compose.yaml': 'services: {}\n',
    'b/compose.yaml': drawn([3, 4, 5], dice),
  });
  const [a, b] = [`${root}/a/compose.yaml`, `${root}/b/compose.yaml`] as const;
  const desk = new Desk(await startEditor({ folders: [root] }));
  await desk.open(a, drawn([0, 1, 2], dice));
  await desk.editor.settled();
  const wrong: string[] = [];
  const counts = { made: 0, refused: 0, none: 0 };
  for (let n = 0; n < times(200, 5000); n++) {
    const { text } = desk.sheet(a);
    if (dice.chance(0.2) || text.length > 2000) await desk.rewrite(a, drawn([0, 1, 2], dice));
    if (dice.chance(0.2)) writeAt(root, { 'b/compose.yaml': drawn([3, 4, 5], dice) }); // and nobody tells
    const asked = ask(desk, a, dice);
    const happens = dice.below(4);
    if (happens === 0) await desk.type(a, inserted(desk.sheet(a).text, dice));
    if (happens === 1) {
      writeAt(root, { 'PORTS.md': registry(dice.below(3)) });
      await desk.editor.watched({ [`${root}/PORTS.md`]: 2 });
    }
    const edit = await asked;
    if (dice.chance(0.2)) await desk.type(a, inserted(desk.sheet(a).text, dice));
    const disk = readFileSync(b, 'utf8');
    const texts = edit && desk.edited(edit, { [b]: disk });
    if (!texts) {
      counts[edit ? 'refused' : 'none']++;
      continue;
    }
    counts.made++;
    for (const [path, after] of Object.entries(texts)) {
      const before = path === a ? desk.sheet(a).text : disk;
      if (!isRight(before, after)) wrong.push(JSON.stringify({ n, path, before, after }));
    }
    if (texts[a] !== undefined && dice.chance(0.5)) await desk.rewrite(a, texts[a]);
  }
  expect(wrong).toEqual([]);
  expect(counts.made, JSON.stringify(counts)).toBeGreaterThan(counts.none / 4);
  expect(counts.refused, JSON.stringify(counts)).toBeGreaterThan(0);
  expect(desk.editor.log).toEqual([]);
});

/** The edit of the light bulb at one of the ports, or of everything in the workspace. */
async function ask(desk: Desk, path: string, dice: Dice): Promise<WorkspaceEdit | undefined> {
  const { connection } = desk.editor;
  if (dice.chance(0.05)) return connection.sendRequest('portolan/fixAll');
  const { text } = desk.sheet(path);
  const at = dice.chance(0.3) ? 0 : text.indexOf(dice.one(['9500', '9501', '9502']));
  const range = at < 0 ? rangeOf(text, 0, 0) : rangeOf(text, at, at);
  const only = at === 0 ? ['source.fixAll'] : ['quickfix'];
  const params = { textDocument: { uri: uriOf(path) }, range, context: { diagnostics: [], only } };
  const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
  return actions.find(({ isPreferred, kind }) => isPreferred || kind !== 'quickfix')?.edit;
}
