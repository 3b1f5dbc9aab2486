// Measures Portolan in made workspaces, beside a server that does nothing and a program that only reads.
//
//   npm run bench -- [--sizes s,l] [--runs 3] [--json] [--write docs/performance.md]
//
// Takes dist/, so build with `node esbuild.mjs --minify` first. The runs of all programs take turns, so that what else
// the machine does hits all alike; figures of different runs should be compared by their ratios only.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureProgram, measureServer, share } from './measures.mjs';
import { writeInto } from './page.mjs';
import { makeWorkspace, sizes } from './workspace.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: 's,l' },
    runs: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    write: { type: 'string' },
  },
});

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const server = [here('../dist/server.cjs'), '--stdio'];
const nullServer = [here('nullServer.mjs')];
const check = [here('../dist/cli.cjs'), 'check', '--format', 'json'];
if (!existsSync(server[0])) throw new Error('There is no dist/server.cjs: run `node esbuild.mjs --minify` first.');

/** What is measured, in words, and how many digits of it are worth telling. */
const ROWS = [
  ['init', 'spawn to `initialize` answered, ms', 0],
  ['first', '`initialized` to the diagnostics of the opened compose file, ms', 0],
  ['indexed', '`initialized` to all wrong ports of the workspace told, ms', 0],
  ['key', 'key to diagnostics, median, ms', 1],
  ['keyP95', 'key to diagnostics, p95, ms', 1],
  ['burst', 'last of 60 keys, 30 ms apart, to its diagnostics, ms', 1],
  ['answered', 'of the 59 keys before it, answered meanwhile', 0],
  ['registry', 'digit in the registry to the open compose file’s diagnostics, median, ms', 1],
  ['hover', 'hover, p95, ms', 1],
  ['completion', 'completion, p95, ms', 1],
  ['codeAction', 'code actions, p95, ms', 1],
  ['memory', 'memory, idle, MiB', 0],
  ['check', 'whole program: `portolan check`, beside listing, reading and scanning the files, ms', 0],
];

const results = {};
for (const size of options.sizes.split(',')) results[size] = await measure(sizes[size]);
const table = [...machine(), '', ...tableOf(results)].join('\n');
console.log(options.json ? JSON.stringify(results, undefined, 2) : table);
if (options.write) writeInto(options.write, 'bench', table);

/** The medians of all runs in a workspace of a size. */
async function measure(size) {
  const root = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const workspace = makeWorkspace(root, size);
    const runs = { portolan: [], floor: [] };
    for (let n = 0; n < Number(options.runs); n++) {
      const portolan = await measureServer(server, workspace, true);
      const floor = await measureServer(nullServer, workspace, false);
      runs.portolan.push({ ...portolan, check: measureProgram([...check, root]) });
      runs.floor.push({ ...floor, check: measureProgram([here('scan.mjs'), root]) });
    }
    return { portolan: medians(runs.portolan), floor: medians(runs.floor) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

function medians(runs) {
  return Object.fromEntries(
    Object.keys(runs[0]).map((key) => [
      key,
      share(
        runs.map((run) => run[key]),
        0.5,
      ),
    ]),
  );
}

function machine() {
  const { model } = cpus()[0];
  const load = loadavg()[0].toFixed(1);
  const many = Object.entries(sizes).filter(([size]) => results[size]);
  return [
    `${availableParallelism()} × ${model}, Node ${process.versions.node}, ${options.runs} runs, load ${load} at the end.`,
    ...many.map(([size, { projects, services, noise }]) => {
      return `**${size}**: ${projects} projects, ${projects * services} services, ${noise} other files.`;
    }),
  ];
}

function tableOf(results) {
  const names = Object.keys(results);
  const head = ['', ...names.flatMap((size) => [size, 'floor', '×'])];
  const rows = ROWS.map(([key, words, digits]) => [
    words,
    ...names.flatMap((size) => {
      const { portolan, floor } = results[size];
      const tell = (number) => number?.toFixed(digits) ?? '';
      return [tell(portolan[key]), tell(floor[key]), floor[key] ? (portolan[key] / floor[key]).toFixed(1) : ''];
    }),
  ]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, n) => (n === 0 ? '---' : '--:'))), ...rows.map(line)];
}
