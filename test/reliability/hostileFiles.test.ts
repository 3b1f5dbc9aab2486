import { describe, expect, test } from 'vitest';
import { bombs } from '../../bench/bombs.mjs';
import { folderWith } from '../support/disk.ts';
import { isNightly, times } from '../support/effort.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { hostileTexts } from '../support/hostile.ts';
import { bundled } from '../support/program.ts';
import { answeringWorkOf, type ServerProcess, startServer, stopServer } from '../support/serverProcess.ts';

const program = bundled('server/src/node.ts');

interface Hostile {
  readonly what: string;
  /** Within a folder of its own. */
  readonly path: string;
  readonly text: string;
}

const files: readonly Hostile[] = [
  ...Object.entries(bombs).map(([what, text]) => ({ what, path: 'compose.yaml', text })),
  ...hostileTexts.map(({ what, path, text }) => ({ what, path, text: text(times(40_000, 200_000)) })),
];
const kinds = [...new Set(files.map(({ path }) => path))];

/** The longest that a version of a file may take, in milliseconds of work; by day with room for other programs. */
const LONGEST = times(1000, 500);
/** The longest that it may keep others waiting, where it is one of those that end or block other programs. */
const LONGEST_FOR_OTHERS = times(400, 200);
const ATTEMPTS = 3;

/** A server for a sound workspace and whatever else lies in it. */
async function start(others: Record<string, string> = {}): Promise<{ server: ServerProcess; root: string }> {
  const root = folderWith({ 'PORTS.md': registry, 'calm/compose.yaml': compose, ...others });
  const server = startServer(program);
  await server.editor.start({ folders: [root] });
  await server.editor.open(`${root}/calm/compose.yaml`, compose);
  await server.editor.until(
    () => String(server.editor.squiggles(`${root}/calm/compose.yaml`)) === wrongPort,
    true,
    60_000,
  );
  return { server, root };
}

/** How much work the versions of a file were: until others were answered again, and until all was. */
interface Costs {
  readonly others: number[];
  readonly all: number[];
}

function isSlow({ others, all }: Costs, { what }: Hostile): boolean {
  return Math.max(...all) > LONGEST || (what in bombs && Math.max(...others) > LONGEST_FOR_OTHERS);
}

/** Opens a file, and edits it five times. */
async function visit({ editor, child }: ServerProcess, root: string, { path, text }: Hostile): Promise<Costs> {
  const hostile = `${root}/hostile/${path}`;
  const costs: Costs = { others: [], all: [] };
  const timed = async (change: () => Promise<void>) => {
    const before = answeringWorkOf(child);
    const since = () => 1000 * (answeringWorkOf(child) - before);
    void change();
    const other = editor.hover(`${root}/calm/compose.yaml`, 4, 11).then((answer) => {
      costs.others.push(since());
      expect(answer).toContain('9006');
    });
    await Promise.all([other, editor.hover(hostile, 0, 1)]);
    costs.all.push(since());
  };
  await timed(() => editor.open(hostile, text));
  for (const share of [0, 1, 0.5, 0.25, 0.75]) {
    const at = Math.floor(share * text.length);
    await timed(() => editor.edit(hostile, at, at, '7'));
  }
  await editor.close(hostile);
  return costs;
}

describe.each(kinds)('hostile files as %s', (kind) => {
  test('each is answered or refused, and others are answered meanwhile', {
    timeout: isNightly ? 0 : 120_000,
  }, async () => {
    const { server, root } = await start();
    const slow: string[] = [];
    let worst = { cost: 0, what: '' };
    for (const file of files.filter(({ path }) => path === kind)) {
      let costs = await visit(server, root, file);
      // Programs beside it on the same core only ever make it longer.
      for (let attempt = 1; isSlow(costs, file) && attempt < ATTEMPTS; attempt++)
        costs = await visit(server, root, file);
      const cost = Math.max(...costs.all);
      if (cost > worst.cost) worst = { cost, what: file.what };
      if (isSlow(costs, file)) slow.push(`${file.what}: ${costs.all.map(Math.round).join(', ')} ms`);
    }
    if (isNightly) console.log(`${kind}: ${worst.cost.toFixed(0)} ms at most (${worst.what})`);
    expect(slow).toEqual([]);
    expect(server.editor.log).toEqual([]);
    await stopServer(server);
  });
});

test('what is refused is told as an information', async () => {
  const { server, root } = await start();
  const told: Record<string, string> = {};
  for (const [what, text] of Object.entries(bombs)) {
    const path = `${root}/${Object.keys(told).length}/compose.yaml`;
    await server.editor.open(path, text);
    await server.editor.hover(path, 0, 0);
    const refusals = server.editor.diagnostics(path).filter(({ code }) => code === 'not-read');
    expect(refusals.every(({ severity }) => severity === 3)).toBe(true);
    told[what] = String(refusals[0]?.message ?? '');
    await server.editor.close(path);
  }
  const because = (why: string) => `Portolan does not read this file, because it is ${why}.`;
  expect(told).toMatchObject({
    'the same as the value of a service': because('nested too deeply'),
    '1,200 nested block maps': because('nested too deeply'),
    '20,000 sibling keys': because('too long'),
    'tags on tags, 400 kB': because('too long'),
    '10 MB of services': because('too long'),
    'aliases of aliases, 9^12 nodes': '',
    'one scalar of 900 kB': '',
  });
  await stopServer(server);
});

test('files that nobody opens keep no other from being checked', { timeout: isNightly ? 0 : 120_000 }, async () => {
  const others = Object.fromEntries(files.map(({ path, text }, n) => [`hostile/${n}/${path}`, text]));
  const { server, root } = await start(others);
  await server.editor.settled();
  expect(server.editor.squiggles(`${root}/calm/compose.yaml`)).toEqual([wrongPort]);
  expect(server.editor.log).toEqual([]);
  await stopServer(server);
});
