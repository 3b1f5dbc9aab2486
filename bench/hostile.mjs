// Measures what hostile YAML does to Portolan, and to other language servers beside it.
//
//   npm run bench:hostile -- [--peers FOLDER] [--only portolan] [--write docs/reliability.md]
//
// FOLDER holds `yaml-ls` and `compose-ls`, into which `yaml-language-server` and `@microsoft/compose-language-service`
// were installed. Takes dist/, so build with `node esbuild.mjs --minify` first. Each file has a process of its own: it is
// opened and edited once, then something is asked of it. What counts is the work of the processor until nothing is left
// to do, which is the same on a busy machine; and how much of it comes before the answer to somebody who asks of another
// file meanwhile, the longer one of two.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bombs } from './bombs.mjs';
import { Client } from './client.mjs';
import { writeInto } from './page.mjs';

/** A server that has not answered by then does not, in seconds. */
const PATIENCE = 60;
/** A server that has not worked for so long has nothing left to do: others wait for a second before they begin. */
const CALM = 2000;

const { values: options } = parseArgs({
  options: { peers: { type: 'string' }, only: { type: 'string' }, write: { type: 'string' } },
});

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const inPeers = (path) => options.peers && join(options.peers, path);
const servers = Object.entries({
  Portolan: here('../dist/server.cjs'),
  'yaml-language-server': inPeers('yaml-ls/node_modules/yaml-language-server/bin/yaml-language-server'),
  'compose-language-service': inPeers(
    'compose-ls/node_modules/@microsoft/compose-language-service/bin/docker-compose-langserver',
  ),
}).filter(([name, program]) => program && existsSync(program) && (options.only ?? name) === name);

const rows = [];
for (const [what, text] of Object.entries(bombs)) {
  const results = [];
  for (const [name, program] of servers) results.push(await measure(name, program, text));
  rows.push([`${what} (${size(text)})`, ...results]);
  console.error(rows.at(-1).join(' | '));
}
const head = ['input', ...servers.map(([name, program]) => `${name} ${versionOf(name, program)}`)];
const table = [
  `Node ${process.version}, ${cpus()[0].model}.`,
  '',
  ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
].join('\n');
console.log(table);
if (options.write) writeInto(options.write, 'hostile', table);

/** What becomes of a server that is given a text, in words. */
async function measure(name, program, text) {
  const root = mkdtempSync(join(tmpdir(), 'portolan-hostile-'));
  const cache = mkdtempSync(join(tmpdir(), 'portolan-cache-'));
  process.env.XDG_CACHE_HOME = cache;
  for (const folder of ['calm', 'hostile']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'calm/compose.yaml'), 'services:\n  quay:\n    ports: ["8080:80"]\n');
  writeFileSync(join(root, 'hostile/compose.yaml'), '');
  const client = new Client([program, '--stdio'], root);
  const ended = new Promise((resolve) =>
    client.child.once('exit', (code, signal) => resolve({ dead: signal ?? code })),
  );
  try {
    await client.initialize();
    const calm = client.open('calm/compose.yaml', 'dockercompose');
    await idle(client);
    const before = client.work();
    const hostile = { uri: client.uri('hostile/compose.yaml'), version: 1 };
    const ask = ({ uri }) =>
      client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 1 } });
    let longest = 0;
    const askOther = async () => {
      const asked = client.work();
      await ask(calm);
      longest = Math.max(longest, client.work() - asked);
    };
    const visit = async () => {
      client.notify('textDocument/didOpen', { textDocument: { ...hostile, languageId: 'dockercompose', text } });
      await Promise.allSettled([askOther(), ask(hostile)]);
      client.type(hostile, 0, 0, text[0]);
      await Promise.allSettled([askOther(), ask(hostile)]);
    };
    const end = await Promise.race([visit(), ended, sleep(PATIENCE * 1000, 'late', { ref: false })]);
    if (end?.dead !== undefined) return `**ends** (${end.dead})`;
    if (end === 'late') return `no answer in ${PATIENCE} s`;
    const after = await Promise.race([idle(client), ended]);
    if (after?.dead !== undefined) return `**ends** (${after.dead})`;
    const said = name === 'Portolan' ? `, ${verdict(client.published.get(hostile.uri))}` : '';
    return `${inMilliseconds(client.work() - before)} (${inMilliseconds(longest)})${said}`;
  } finally {
    client.child.kill('SIGKILL');
    await ended;
    rmSync(root, { recursive: true });
    rmSync(cache, { recursive: true });
  }
}

function inMilliseconds(seconds) {
  return `${Math.round(seconds * 1000)} ms`;
}

/** Kept when a server has not worked for a while. */
async function idle(client) {
  let work = client.work();
  let since = performance.now();
  const end = since + PATIENCE * 1000;
  while (performance.now() - since < CALM && performance.now() < end) {
    await sleep(50);
    const now = client.work();
    if (now > work + 0.02) since = performance.now();
    work = now;
  }
}

function verdict(published) {
  return published?.diagnostics.some(({ code }) => code === 'not-read') ? 'refused' : 'read';
}

function size(text) {
  return text.length < 1e6 ? `${Math.ceil(text.length / 1000)} kB` : `${Math.round(text.length / 1e6)} MB`;
}

function versionOf(name, program) {
  if (name === 'Portolan') return '';
  const [folder] = program.split(/(?<=yaml-language-server|compose-language-service)\//);
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}
