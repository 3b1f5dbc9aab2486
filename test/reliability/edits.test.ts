import { expect, test } from 'vitest';
import { Desk } from '../support/desk.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith } from '../support/disk.ts';
import { editorOver, pair } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { haven, languages } from '../support/haven.ts';
import { differences, portrait } from '../support/portrait.ts';
import { bundledServer } from '../support/program.ts';
import { type Stroke, stroke, typed, undone } from '../support/typing.ts';

const server = bundledServer();

/** What draws something is shown, so that it is compared, too. */
const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };

/** Documents that one person edits, who now and then takes a change back or begins anew. */
class Typist {
  readonly #desk: Desk;
  readonly #dice: Dice;
  readonly #originals: ReadonlyMap<string, string>;
  readonly #done = new Map<string, Stroke[]>();

  constructor(desk: Desk, dice: Dice, originals: ReadonlyMap<string, string>) {
    this.#desk = desk;
    this.#dice = dice;
    this.#originals = originals;
  }

  async edit(): Promise<void> {
    const path = this.#dice.one([...this.#originals.keys()]);
    const original = this.#originals.get(path)!;
    const { text } = this.#desk.sheet(path);
    const done = this.#done.get(path) ?? [];
    if (text.length > 2 * original.length + 500 || this.#dice.chance(0.03)) {
      this.#done.delete(path);
      return this.#desk.rewrite(path, original);
    }
    const last = this.#dice.chance(0.25) ? done.pop() : undefined;
    if (last) return this.#desk.type(path, last);
    const strokes: Stroke[] = [];
    let after = text;
    for (let more = this.#dice.chance(0.1) ? 3 : 1; more > 0; more--) {
      const next = stroke(after, this.#dice);
      done.push(undone(after, next));
      strokes.push(next);
      after = typed(after, next);
    }
    this.#done.set(path, done);
    return this.#desk.type(path, ...strokes);
  }
}

/** A server that has seen nothing but the texts as they are now. */
async function fresh(desk: Desk, root: string): Promise<Map<string, unknown>> {
  const { editor, dispose } = pair(settings);
  const anew = new Desk(await editor.start({ folders: [root], settings }));
  for (const path of desk.paths()) await anew.open(path, desk.sheet(path).text, desk.sheet(path).version);
  const said = await portrait(anew, root);
  dispose();
  return said;
}

/** Edits files of a workspace in turn, and compares the server with a fresh one after each tenth edit. */
async function follow(files: Readonly<Record<string, string>>, names: readonly string[], edits: number): Promise<void> {
  const root = folderWith(files);
  const desk = new Desk(await editorOver(server('--stdio'), settings).start({ folders: [root], settings }));
  const originals = new Map(names.map((name) => [`${root}/${name}`, files[name]!]));
  for (const [path, text] of originals) await desk.open(path, text);
  const typist = new Typist(desk, new Dice(seed), originals);
  for (let n = 1; n <= edits; n++) {
    await typist.edit();
    if (n % 10 > 0) continue;
    const found = differences(await portrait(desk, root), await fresh(desk, root));
    const texts = desk.paths().map((path) => `--- ${path}\n${desk.sheet(path).text}`);
    if (found.length > 0) expect.fail([`after edit ${n}:`, ...found, ...texts].join('\n'));
  }
  expect(desk.editor.log).toEqual([]);
}

test('after random edits of each language the server says what a fresh one says', async () => {
  await Promise.all(Object.values(languages).map((names) => follow(haven, names, times(40, 10_000))));
});

test('after random edits of many files in turn the server says what a fresh one says', async () => {
  await follow(haven, Object.values(languages).flat(), times(60, 10_000));
});
