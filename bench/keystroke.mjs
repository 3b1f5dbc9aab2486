// How long a keystroke takes to become diagnostics, over the real protocol.
//
//   node bench/keystroke.mjs [--assert] [--registry FILE] [--keys N]
//
// Starts dist/server.cjs, opens a compose file of 200 lines beside a registry, types in it one character at a time, and
// waits each time for the diagnostics of that version. `--assert` fails when the median is 50 ms or more.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const LIMIT = 50;
const SERVICES = 28;

const { values } = parseArgs({
  options: {
    assert: { type: 'boolean', default: false },
    registry: { type: 'string' },
    keys: { type: 'string', default: '200' },
  },
});
const server = fileURLToPath(new URL('../dist/server.cjs', import.meta.url));
if (!existsSync(server)) throw new Error('There is no dist/server.cjs: run `npm run build` first.');

const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
try {
  if (values.registry) copyFileSync(values.registry, join(folder, 'PORTS.md'));
  else writeFileSync(join(folder, 'PORTS.md'), registry());
  const text = compose();
  writeFileSync(join(folder, 'compose.yaml'), text);
  const times = (await measure(folder, text, Number(values.keys))).sort((a, b) => a - b);
  const [median, p95] = [0.5, 0.95].map((share) => times[Math.floor(times.length * share)]);
  console.log(`${times.length} keystrokes: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  if (values.assert && median >= LIMIT) {
    console.error(`The median must be below ${LIMIT} ms.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Types in the compose file and gives the milliseconds that each keystroke took. */
async function measure(root, text, keys) {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = pathToFileURL(join(root, 'compose.yaml')).href;
  let published = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    if (params.uri === uri) published(params.version);
  });
  connection.listen();
  const version = (wanted) =>
    new Promise((resolve) => {
      published = (given) => given === wanted && resolve();
    });

  const workspaceFolders = [{ uri: pathToFileURL(root).href, name: 'bench' }];
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders,
  });
  await connection.sendNotification('initialized', {});
  const opened = version(1);
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  await opened;

  const times = [];
  for (let n = 0; n < keys; n++) {
    const done = version(n + 2);
    const start = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: n + 2 },
      contentChanges: [keystroke(text, n)],
    });
    await done;
    times.push(performance.now() - start);
  }
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return times;
}

/** Each changes the last digit of another published port, so that every one of them changes what is found. */
function keystroke(text, n) {
  const lines = text.split('\n');
  const ports = lines.flatMap((line, number) => (/"\d+:\d+"/.test(line) ? [number] : []));
  const line = ports[n % ports.length];
  const character = lines[line].indexOf(':') - 1;
  return {
    range: { start: { line, character }, end: { line, character: character + 1 } },
    text: String((n * 7) % 10),
  };
}

/** 200 lines. */
function compose() {
  const services = Array.from(
    { length: SERVICES },
    (_, n) => `  service-${n}:
    image: example/service-${n}:1.0
    restart: unless-stopped
    environment:
      PORT: ${8000 + n}
    ports:
      - "${9000 + n}:${8000 + n}"
`,
  );
  return `# Generated\nname: bench\nservices:\n${services.join('')}volumes: {}\n`;
}

/** As long as registries of grown teams are: some 20 kB. */
function registry() {
  const table = (title, first) =>
    `## ${title}\n\n| Service | Host port | Container port | Notes |\n| --- | --- | --- | --- |\n` +
    Array.from(
      { length: 60 },
      (_, n) =>
        `| service-${first + n} | ${9000 + first + n} | ${8000 + first + n} | Team ${n % 7}, see its runbook |\n`,
    ).join('');
  const titles = ['Gateways', 'Data', 'Tools', 'Workers', 'Dashboards'];
  return `# Port registry\n\n${titles.map((title, n) => table(title, n * 60)).join('\n')}`;
}
