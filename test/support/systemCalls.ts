import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** Whether system calls can be watched here: https://strace.io */
export const canWatch = spawnSync('strace', ['-f', '--seccomp-bpf', '-c', 'true']).status === 0;

/** A program whose system calls are written down. */
export interface Watched {
  readonly child: ChildProcess;
  /** What it has asked of the system, once it has ended. */
  calls(): Promise<Calls>;
}

export interface Calls {
  /** Every path that was opened, looked at or resolved, absolute, and what it led to where it was opened. */
  readonly paths: ReadonlySet<string>;
  /** The files and folders that were really opened, links followed. */
  readonly opened: ReadonlySet<string>;
  /** The files that were opened to be written. */
  readonly written: readonly string[];
  /** The programs that were started, but for the first one, and the processes that were made. */
  readonly processes: readonly string[];
  /** The sockets that were made, connected or listened on. */
  readonly network: readonly string[];
}

/** Starts a program of Node and writes down what it asks of the system, in all its threads. */
export function watch(folder: string, args: readonly string[], options: SpawnOptions = {}): Watched {
  const trace = `${folder}/trace-${Math.random().toString(36).slice(2)}`;
  // The asynchronous ring of the kernel would hide what is read.
  const env = { ...process.env, UV_USE_IO_URING: '0', ...options.env };
  const flags = [
    '-f',
    '--seccomp-bpf',
    '-y',
    '-qq',
    '-xx',
    '-s',
    '8192',
    '-e',
    'trace=file,process,network',
    '-e',
    'signal=none',
    '-o',
    trace,
  ];
  const child = spawn('strace', [...flags, process.execPath, ...args], { stdio: 'pipe', ...options, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  return { child, calls: () => ended.then(() => callsIn(readFileSync(trace, 'latin1'))) };
}

/** A call with its arguments. One that another thread interrupts comes in two halves: the paths, then the result. */
const CALL = /^\d+ +(\w+)\((.*)$/;
/** A path as it is written, where it may be relative to. */
const NAMED = /(?:<((?:\\x[\da-f]{2})*)>, )?"((?:\\x[\da-f]{2})*)"/g;
/** What was really opened, links followed. */
const RESULT = /= \d+<((?:\\x[\da-f]{2})+)>$/;

const STARTS = /^(?:execve|execveat|v?fork|clone3?)$/;
const CONNECTS = /^(?:socket|socketpair|connect|bind|listen)$/;
const CHANGES = /^(?:rename\w*|unlink\w*|mkdir\w*|rmdir|link\w*|symlink\w*|truncate|\w*chmod\w*|\w*chown\w*)$/;
const OPENS = /^(?:open|openat|openat2|creat)$/;
const LOOKS = /^(?:\w*stat\w*|access|faccessat2?|readlink\w*|chdir|\w*xattr|inotify_add_watch)$/;

function callsIn(trace: string): Calls {
  const [paths, opened] = [new Set<string>(), new Set<string>()];
  const [written, processes, network]: [string[], string[], string[]] = [[], [], []];
  for (const [n, line] of trace.split('\n').entries()) {
    const [, name = '', rest = ''] = CALL.exec(line) ?? [];
    if (STARTS.test(name) && n > 0 && !rest.includes('CLONE_THREAD')) processes.push(line);
    if (CONNECTS.test(name)) network.push(line);
    if (CHANGES.test(name) || (OPENS.test(name) && /O_WRONLY|O_RDWR|O_CREAT/.test(rest))) {
      written.push(...[...rest.matchAll(NAMED)].map((one) => fromHex(one[2]!)));
    }
    const [named] = OPENS.test(name) || LOOKS.test(name) ? rest.matchAll(NAMED) : [];
    if (named?.[2]) paths.add(resolve('/', fromHex(named[1] ?? ''), fromHex(named[2])));
    const result = RESULT.exec(line);
    if (result) opened.add(fromHex(result[1]!));
  }
  const told = (of: Iterable<string>) =>
    [...of].filter((path) => !OF_MEMORY.test(path) && !NOTES.test(path) && path !== process.execPath);
  return {
    paths: new Set(told([...paths, ...opened])),
    opened: new Set(told(opened)),
    written: told(written),
    processes,
    network,
  };
}

/** What the allocator asks for now and then; Node looks at its own program as seldom. */
const OF_MEMORY = /^\/(?:proc\/sys\/vm\/overcommit_memory|sys\/devices\/system\/cpu\/.*)$/;

/** The notes that the server keeps of what it is reading; `docs/reliability.md` tells of them. */
const NOTES = /\/\.cache(?:\/portolan(?:\/(?:reading-\d+|quarantine\.json(?:\.\d+\.tmp)?))?)?$/;

function fromHex(text: string): string {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex')
    .toString()
    .replace(/^\/proc\/\d+\//, '/proc/self/');
}
