// A client of the language server protocol over standard input and output, with a clock.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const HEADER = /content-length: (\d+)/i;

export class Client {
  #buffer = Buffer.alloc(0);
  #answers = new Map();
  #waiting = new Set();
  #id = 0;
  /** The last diagnostics by URI, with their version and the time of their arrival. */
  published = new Map();
  /** How often diagnostics came for each URI. */
  counts = new Map();
  /** When the last progress ended. */
  progressEnd;

  /** Starts a server; time is counted from here. */
  constructor(command, root) {
    this.root = root;
    this.start = performance.now();
    this.child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdout.on('data', (bytes) => this.#take(bytes));
  }

  async initialize() {
    const uri = pathToFileURL(this.root).href;
    const capabilities = {
      workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      textDocument: { hover: { contentFormat: ['markdown'] }, publishDiagnostics: { versionSupport: true } },
      window: { workDoneProgress: true },
    };
    const workspaceFolders = [{ uri, name: 'bench' }];
    await this.request('initialize', { processId: process.pid, rootUri: uri, capabilities, workspaceFolders });
    this.initialized = performance.now();
    this.notify('initialized', {});
  }

  uri(path) {
    return pathToFileURL(`${this.root}/${path}`).href;
  }

  /** Opens a file, as it is on disk. */
  open(path, languageId) {
    const text = readFileSync(`${this.root}/${path}`, 'utf8');
    const document = { uri: this.uri(path), version: 1 };
    this.notify('textDocument/didOpen', { textDocument: { ...document, languageId, text } });
    return document;
  }

  /** Replaces one character. */
  type(document, line, character, text) {
    const { uri } = document;
    const range = { start: { line, character }, end: { line, character: character + 1 } };
    const textDocument = { uri, version: ++document.version };
    this.notify('textDocument/didChange', { textDocument, contentChanges: [{ range, text }] });
  }

  /** Waits until something holds, which is looked at after each message. */
  async until(holds, seconds = 60) {
    const end = performance.now() + seconds * 1000;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`never held: ${holds}`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  request(method, params) {
    const id = ++this.#id;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
  }

  notify(method, params) {
    this.#send({ method, params });
  }

  /** How much memory the server has, in MiB. */
  memory() {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  }

  /** How long the processor has worked for the server, in seconds; as far as it has come when that is gone. */
  work() {
    try {
      // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in brackets may hold anything.
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      this.worked = (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      // Its last figure stays.
    }
    return this.worked ?? 0;
  }

  async stop() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.request('shutdown');
    this.notify('exit');
    await gone;
  }

  #send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #take(bytes) {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(HEADER.exec(this.#buffer.toString('latin1', 0, end))[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString('utf8', end + 4, end + 4 + length));
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#heed(message);
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    }
  }

  #heed({ id, method, params, result, error }) {
    if (method === undefined) {
      const { resolve, reject } = this.#answers.get(id);
      this.#answers.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    } else if (method === 'textDocument/publishDiagnostics') {
      this.published.set(params.uri, { ...params, at: performance.now() });
      this.counts.set(params.uri, (this.counts.get(params.uri) ?? 0) + 1);
    } else if (method === '$/progress' && params.value.kind === 'end') this.progressEnd = performance.now();
    else if (method === 'workspace/configuration') this.#send({ id, result: params.items.map(() => ({})) });
    else if (id !== undefined) this.#send({ id, result: null });
  }
}
