// What is measured of a language server, and of whole programs, in one workspace. Times are milliseconds.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Client } from './client.mjs';

const KEYS = 200;
const BURST = 60;
const REQUESTS = 50;
const REGISTRY_KEYS = 20;

/**
 * Runs a server once.
 * @param workspace what `makeWorkspace` gives; its first wrong port is typed over
 * @param checks whether the server finds wrong ports; one that does not is asked for less
 * @returns numbers by what they are
 */
export async function measureServer(command, workspace, checks) {
  const [place] = workspace.wrong;
  const client = new Client(command, workspace.root);
  try {
    await client.initialize();
    const document = client.open(place.file, 'yaml');
    const seen = { client, document, place, checks };
    await client.until(() => client.published.has(document.uri) && isRight(seen, true));
    const init = client.initialized - client.start;
    const first = client.published.get(document.uri).at - client.initialized;
    const found = { init, first, ...(checks && { indexed: await indexed(client, workspace.wrong) }) };
    Object.assign(found, await keys(seen), await burst(seen));
    if (checks) Object.assign(found, await requests(seen), await registryKeys(seen, workspace.registry));
    await sleep(3000);
    return { ...found, memory: client.memory() };
  } finally {
    await client.stop();
  }
}

/** Whether the editor was told of the wrong port if there is one. */
function isRight({ client, document, place, checks }, isWrong) {
  const { diagnostics } = client.published.get(document.uri);
  return !checks || isWrong === diagnostics.some(({ range }) => range.start.line === place.line);
}

/** Until every wrong port is told, and the server says that it has read all. */
async function indexed(client, wrong) {
  const files = [...new Set(wrong.map(({ file }) => client.uri(file)))];
  const isTold = (uri) => client.published.get(uri)?.diagnostics.length > 0;
  await client.until(() => client.progressEnd !== undefined && files.every(isTold), 300);
  return Math.max(client.progressEnd, ...files.map((uri) => client.published.get(uri).at)) - client.initialized;
}

/** Types the last digit of the wrong port: the right one and the wrong one in turn. */
function type({ client, document, place }, n) {
  const port = n % 2 === 0 ? place.port : place.published;
  client.type(document, place.line, place.column + String(port).length - 1, String(port % 10));
}

async function arrived({ client, document }) {
  const { version } = document;
  await client.until(() => client.published.get(document.uri).version === version, 10);
  return client.published.get(document.uri).at;
}

/** Single keys, each waiting for its diagnostics. */
async function keys(seen) {
  const times = [];
  for (let n = 0; n < KEYS; n++) {
    const start = performance.now();
    type(seen, n);
    times.push((await arrived(seen)) - start);
    if (!isRight(seen, n % 2 === 1)) throw new Error('The diagnostics are not those of the text.');
    await sleep(15);
  }
  return { key: share(times, 0.5), keyP95: share(times, 0.95) };
}

/** Keys at the pace of a fast typist, without waiting: how soon the last one is answered, and how many before it. */
async function burst(seen) {
  const count = () => seen.client.counts.get(seen.document.uri);
  const before = count();
  for (let n = 0; n < BURST - 1; n++) {
    type(seen, n);
    await sleep(30);
  }
  const answered = count() - before;
  const start = performance.now();
  type(seen, BURST - 1);
  return { burst: (await arrived(seen)) - start, answered };
}

/** Requests at the wrong port. */
async function requests({ client, document, place }) {
  const position = { line: place.line, character: place.column + 2 };
  const range = { start: position, end: position };
  const params = { textDocument: { uri: document.uri }, position, range, context: { diagnostics: [] } };
  const found = {};
  for (const method of ['hover', 'completion', 'codeAction']) {
    const times = [];
    for (let n = 0; n < REQUESTS; n++) {
      const start = performance.now();
      await client.request(`textDocument/${method}`, params);
      times.push(performance.now() - start);
    }
    found[method] = share(times, 0.95);
  }
  return found;
}

/** A digit in the registry that makes the wrong port right, and back, until the compose file's diagnostics follow. */
async function registryKeys(seen, path) {
  const { client, document, place } = seen;
  const registry = client.open(path, 'markdown');
  await sleep(1500);
  const row = `| ${place.port} |`;
  const line = readFileSync(`${client.root}/${path}`, 'utf8')
    .split('\n')
    .findIndex((one) => one.startsWith(row));
  const times = [];
  for (let n = 0; n < REGISTRY_KEYS; n++) {
    const start = performance.now();
    client.type(registry, line, row.length - 3, String((n % 2 === 0 ? place.published : place.port) % 10));
    await client.until(() => isRight(seen, n % 2 === 1), 10);
    times.push(client.published.get(document.uri).at - start);
    await sleep(50);
  }
  return { registry: share(times, 0.5) };
}

/** Runs a program to its end. */
export function measureProgram(command) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, command, { maxBuffer: 1 << 30 });
  if (status === null || status > 1) throw new Error(`${command.join(' ')}: ${stderr}`);
  return performance.now() - start;
}

/** The number below which a part of all numbers lies: 0.5 gives the median. */
export function share(numbers, part) {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * part)];
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
